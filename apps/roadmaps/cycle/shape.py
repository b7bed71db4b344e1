"""The shape of a cycle: cells of positions, lines of directions and tracks, the whole of a year."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from apps.core import periods
from apps.core.figures import plural
from apps.core.periods import PeriodSpan
from apps.indicators.models import Direction
from apps.organizations.models import Organization
from apps.roadmaps.cycle.breaks import Break
from apps.roadmaps.cycle.facts import Chain, Item
from apps.roadmaps.cycle.gathering import Gathered
from apps.roadmaps.cycle.models import Track
from apps.roadmaps.cycle.positions import Position
from apps.roadmaps.cycle.terms import Term


@dataclass
class Cell:
    """A position of a direction in the year."""

    position: Position
    term: Term
    today: date
    items: list[Item] = field(default_factory=list)  # of the year, cancelled ones too
    older: list[Item] = field(default_factory=list)  # of other years
    breaks: list[Break] = field(default_factory=list)
    is_asked: bool = True  # a partial cycle does not ask for the first six

    @property
    def ready(self) -> list[Item]:
        return [item for item in self.items if not item.is_void and not item.is_draft]

    @property
    def drafts(self) -> list[Item]:
        return [item for item in self.items if item.is_draft]

    @property
    def state(self) -> str:
        if not self.is_asked:
            return "not_asked"
        if self.ready:
            return "broken" if self.breaks else "filled"
        if self.drafts:
            return "in_work"
        if self.older:
            return "outside"
        return "late" if self.term.binds and self.is_past else "empty"

    @property
    def is_past(self) -> bool:
        return self.term.due_on < self.today

    @property
    def word(self) -> str:
        return {
            "not_asked": "не входит",
            "filled": "есть",
            "broken": "разрыв",
            "in_work": "в работе",
            "outside": "вне года",
            "late": "нет, срок прошёл",
            "empty": "нет" if self.is_past else f"до {self.term.due_on:%d.%m}",
        }[self.state]

    @property
    def tone(self) -> str:
        tones = {"filled": "good", "broken": "warn", "in_work": "info", "outside": "warn", "late": "bad"}
        return tones.get(self.state, "neutral")

    @property
    def is_empty(self) -> bool:
        return self.is_asked and not self.ready

    @property
    def count_text(self) -> str:
        n = len(self.ready)
        return f"{n} {plural(n, 'объект', 'объекта', 'объектов')}" if n else ""

    @property
    def asks(self) -> str:
        """Who must fill an empty position and by when."""
        if self.term.binds:
            return f"Заполняет: {self.term.who}, до {self.term.due_on:%d.%m.%Y}"
        return f"Предложение портала: {self.term.who}, до {self.term.due_on:%d.%m.%Y}"


@dataclass
class Line:
    """The nine positions of a direction, or of a track inside it."""

    direction: Direction
    cells: list[Cell]
    track: Track | None = None

    @property
    def asked(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_asked]

    @property
    def filled(self) -> int:
        return sum(bool(cell.ready) for cell in self.asked)

    @property
    def breaks(self) -> list[Break]:
        return [one for cell in self.cells for one in cell.breaks]

    @property
    def items(self) -> list[Item]:
        return [item for cell in self.cells for item in cell.items]

    @property
    def title(self) -> str:
        return str(self.track or self.direction)


@dataclass
class Cycle:
    """All lines of a year. `loose` are objects of the year that belong to no direction."""

    span: PeriodSpan
    organization: Organization | None
    lines: list[Line]
    tracks: dict[str, list[Line]]
    gathered: Gathered
    loose: list[Item]
    today: date

    @property
    def chain(self) -> Chain:
        return self.gathered.chain

    @property
    def title(self) -> str:
        return periods.title(self.span)

    @property
    def slug(self) -> str:
        return self.span.code.replace("/", "-")

    @property
    def blocks(self) -> list[tuple[str, list[Line]]]:
        """The two blocks of the system with their directions."""
        blocks: dict[str, list[Line]] = {}
        for line in self.lines:
            blocks.setdefault(line.direction.block, []).append(line)
        return list(blocks.items())

    @cached_property
    def counts(self) -> dict[str, int]:
        cells = [cell for line in self.lines for cell in line.asked]
        states = [cell.state for cell in cells]
        return {
            "positions": len(cells),
            "filled": sum(bool(cell.ready) for cell in cells),
            "late": states.count("late") + states.count("outside"),
            "breaks": len({(one.code, one.key, one.words) for line in self.lines for one in line.breaks}),
            "objects": len({item.key for line in self.lines for item in line.items}),
        }

    @property
    def of_positions(self) -> str:
        return f"из {self.counts['positions']}"

    def line(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.direction.code == code), None)
