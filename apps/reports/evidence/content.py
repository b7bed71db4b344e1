"""What stands in an evidence file: objects by direction and position, documents, gaps and breaks."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings

from apps.core import files
from apps.core.models import PrivateFile
from apps.organizations.models import Kind, Organization
from apps.roadmaps.cycle.facts import Item, Key
from apps.roadmaps.cycle.shape import Cell, Cycle, Line

WORDS = 600  # letters of an object's own words in the file; the object itself keeps all


@dataclass(frozen=True)
class Paper:
    """A document of the archive: its place there and the stored bytes."""

    path: str
    kept: PrivateFile


@dataclass
class Entry:
    """An object with its documents and what it rests on, in words."""

    item: Item
    heading: str
    words: str
    bases: list[str]
    papers: list[Paper]
    breaks: list[str]
    address: str


@dataclass
class Place:
    """A position: its state, its objects, what is lacking."""

    cell: Cell
    entries: list[Entry]

    @property
    def heading(self) -> str:
        return f"{self.cell.position.number}. {self.cell.position.title}"

    @property
    def gap(self) -> str:
        """Nothing where the position is filled."""
        if not self.cell.is_empty:
            return ""
        lacking = "; ".join(self.cell.position.documents)
        return f"Пробел. {self.cell.asks}. Подтверждают позицию: {lacking}."


@dataclass
class Chapter:
    """A direction, or a track of one."""

    line: Line
    places: list[Place]
    breaks: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        if self.line.track:
            kind = "полный цикл" if self.line.track.is_full else "неполный цикл"
            return f"{self.line.direction.code}. Трек «{self.line.track}» ({kind})"
        return f"{self.line.direction.code}. {self.line.direction}"


@dataclass
class Evidence:
    """The whole file. `papers` are all documents once, in the order of the chapters."""

    cycle: Cycle
    whose: str
    chapters: list[Chapter]
    papers: list[Paper]

    @property
    def title(self) -> str:
        return f"Доказательный файл управленческого цикла за {self.cycle.title}"

    @property
    def counts(self) -> dict[str, int]:
        return {**self.cycle.counts, "papers": len(self.papers)}

    @property
    def summary(self) -> str:
        found = self.counts
        return (
            f"Заполнено позиций: {found['filled']} из {found['positions']}. Объектов: {found['objects']}, документов "
            f"вложено: {found['papers']}. Разрывов цепочек: {found['breaks']}."
        )


def evidence_of(cycle: Cycle) -> Evidence:
    """Reads the documents of every object of the year."""
    library = _Library(cycle)
    chapters = []
    for line in cycle.lines:
        chapters.append(_chapter(cycle, line, library))
        chapters += [_chapter(cycle, track, library) for track in cycle.tracks.get(line.direction.code, ())]
    authority = Organization.objects.filter(kind=Kind.AUTHORITY).first()
    whose = cycle.organization or authority or settings.MUNICIPALITY_NAME
    return Evidence(cycle, str(whose), chapters, library.papers)


@dataclass
class _Library:
    """Gives each stored file one place in the archive, however many objects it stands at."""

    cycle: Cycle
    papers: list[Paper] = field(default_factory=list)
    by_file: dict[object, Paper] = field(default_factory=dict)
    of_item: dict[Key, list[PrivateFile]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def at(self, item: Item, line: Line, cell: Cell) -> list[Paper]:
        if item.key not in self.of_item:
            self.of_item[item.key] = self.cycle.gathered.files(item)
        return [self._paper(kept, line, cell) for kept in self.of_item[item.key]]

    def _paper(self, kept: PrivateFile, line: Line, cell: Cell) -> Paper:
        if kept.pk not in self.by_file:
            position = f"{cell.position.number} {cell.position.short}".replace("\u00ad", "")
            folder = f"{files.clean_name(line.direction.code)}/{position}"
            paper = Paper(self._free(f"{folder}/{files.clean_name(kept.name)}"), kept)
            self.by_file[kept.pk] = paper
            self.papers.append(paper)
        return self.by_file[kept.pk]

    def _free(self, path: str) -> str:
        """The path, numbered when another document has it."""
        stem, dot, ending = path.rpartition(".")
        free, number = path, 1
        while free.lower() in self.taken:
            number += 1
            free = f"{stem} ({number}){dot}{ending}" if dot else f"{path} ({number})"
        self.taken.add(free.lower())
        return free


def _chapter(cycle: Cycle, line: Line, library: _Library) -> Chapter:
    places = [Place(cell, list(_entries(cycle, line, cell, library))) for cell in line.asked]
    whole = [one for one in line.breaks if one.key is None]
    return Chapter(line, places, [f"{one.name.capitalize()}. {one.words}" for one in whole])


def _entries(cycle: Cycle, line: Line, cell: Cell, library: _Library) -> Iterator[Entry]:
    for item in cell.items:
        day = f" от {item.day:%d.%m.%Y}" if item.day else ""
        state = f" ({item.state})" if item.state else ""
        words = item.words if len(item.words) <= WORDS else f"{item.words[:WORDS].rstrip()}…"
        bases = [f"{one.kind} «{one.title}»{f' от {one.day:%d.%m.%Y}' if one.day else ''}"
                 for one in sorted(cycle.chain.bases(item), key=lambda one: one.position)]  # fmt: skip
        if not bases and item.excuse:
            bases = [item.excuse]
        yield Entry(
            item,
            f"{item.kind.capitalize()}{day}: {item.title}{state}",
            words,
            bases,
            library.at(item, line, cell),
            [f"{one.name.capitalize()}. {one.words}" for one in cell.breaks if one.key == item.key],
            f"{settings.SITE_URL.rstrip('/')}{item.url}" if getattr(settings, "SITE_URL", "") else item.url,
        )
