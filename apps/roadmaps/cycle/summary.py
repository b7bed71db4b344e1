"""The summary for the head of the municipality: one or two sheets of the same reading as the open page."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from apps.core.documents import word as papers
from apps.core.documents.frozen import without_control_characters as clean
from apps.core.figures import plural
from apps.roadmaps.cycle.breaks import TITLES
from apps.roadmaps.cycle.facts import Item
from apps.roadmaps.cycle.shape import Cell, Cycle, Line

MOST = 8  # lines of a list: the summary stays on two sheets


@dataclass(frozen=True)
class Sum:
    """A direction in one line."""

    line: Line

    @property
    def filled(self) -> str:
        return f"{self.line.filled} из {len(self.line.asked)}"

    def _items(self, position: int) -> list[Item]:
        return [item for item in self.line.cells[position - 1].ready if not item.is_frame]

    @property
    def measures(self) -> str:
        items = self._items(7)
        return f"{sum(bool(item.finished_on) for item in items)} из {len(items)}" if items else "нет"

    @property
    def decisions(self) -> int:
        return len(self._items(8))

    @property
    def effects(self) -> str:
        """Verdicts of measured effects in words."""
        counts: dict[str, int] = {}
        for item in self._items(9):
            counts[item.state] = counts.get(item.state, 0) + 1
        return "; ".join(f"{word}: {n}" for word, n in sorted(counts.items())) or "не измерен"

    @property
    def breaks(self) -> int:
        return len(self.line.breaks)


@dataclass(frozen=True)
class Summary:
    cycle: Cycle

    @property
    def title(self) -> str:
        return f"Сводка об управлении качеством образования за {self.cycle.title}"

    @property
    def sums(self) -> list[Sum]:
        return [Sum(line) for line in self.cycle.lines]

    @property
    def lead(self) -> list[str]:
        """What is the state, in sentences."""
        counts = self.cycle.counts
        late, breaks = counts["late"], counts["breaks"]
        told = [f"Заполнено {counts['filled']} из {counts['positions']} позиций управленческого цикла."]
        if late:
            word = plural(late, "позиции", "позиций", "позиций")
            told.append(f"Срок прошёл или документы только прежних лет — у {late} {word}.")
        if breaks:
            told.append(f"Найдено разрывов цепочек: {breaks}.")
        return told

    @property
    def late(self) -> list[tuple[str, Cell]]:
        cells = [(line.direction.code, cell) for line in self.cycle.lines for cell in line.cells]
        return [(code, cell) for code, cell in cells if cell.state == "late"][:MOST]

    @property
    def faults(self) -> list[tuple[str, int]]:
        """Breaks by rule, the most frequent first."""
        counts: dict[str, set[Any]] = {}
        for line in self.cycle.lines:
            for one in line.breaks:
                counts.setdefault(one.code, set()).add((one.key, one.words))
        told = [(TITLES.get(code, code), len(found)) for code, found in counts.items()]
        return sorted(told, key=lambda pair: (-pair[1], pair[0]))[:MOST]


HEADS = ("Направление", "Позиций", "Мер выполнено", "Решений", "Эффект мер", "Разрывов")
WIDTHS = (46, 22, 28, 23, 25, 26)  # mm


def written(found: Summary, *, author: str) -> bytes:
    """As DOCX, two sheets at most."""
    book = papers.new_book(title=found.title, author=author)
    book.add_heading(found.title, level=1)
    book.add_paragraph(clean(f"{author}. {found.cycle.today:%d.%m.%Y}. {' '.join(found.lead)}"))
    rows = [
        (f"{one.line.direction.code} {one.line.direction}", one.filled, one.measures, str(one.decisions), one.effects,
         str(one.breaks))
        for one in found.sums
    ]  # fmt: skip
    papers.add_table(book, HEADS, [[clean(text) for text in row] for row in rows], widths=WIDTHS, size=9)
    if found.late:
        book.add_heading("Что не заполнено в срок", level=2)
        for code, cell in found.late:
            text = f"{code}, {cell.position.number}. {cell.position.title}. {cell.asks}"
            book.add_paragraph(clean(text), style="List Bullet")
    if found.faults:
        book.add_heading("Где нарушены цепочки", level=2)
        for name, n in found.faults:
            book.add_paragraph(f"{name}: {n}", style="List Bullet")
    out = BytesIO()
    book.save(out)
    return out.getvalue()
