"""Self-assessment of the municipality: a level of each position of each direction, proposed and marked by people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.indicators.models import Direction
from apps.roadmaps.cycle.models import Criterion, PositionMark
from apps.roadmaps.cycle.positions import ALL, Position
from apps.roadmaps.cycle.reading import cycle_of
from apps.roadmaps.cycle.shape import Cell, Cycle

Level = PositionMark.Level


@dataclass(frozen=True)
class Proposed:
    level: int
    words: str


def proposed(cell: Cell) -> Proposed:
    """From the matrix alone: documents of the year whole 2, with breaks or not approved 1, none 0."""
    if cell.state == "filled":
        return Proposed(Level.WHOLE, f"документы года есть, разрывов нет: {cell.count_text}")
    if cell.state == "broken":
        return Proposed(Level.PART, f"документы есть, разрывов: {len(cell.breaks)}")
    if cell.state == "in_work":
        return Proposed(Level.PART, "документы есть, но не утверждены или не завершены")
    if cell.state == "outside":
        return Proposed(Level.NONE, "документы только других лет")
    return Proposed(Level.NONE, "документов года нет")


@dataclass(frozen=True)
class Row:
    """A position of a direction with the proposal and the mark of a person."""

    direction: Direction
    cell: Cell
    proposal: Proposed
    mark: PositionMark | None

    @property
    def level(self) -> int:
        """The person's level, else the proposed one."""
        return self.mark.level if self.mark else self.proposal.level

    @property
    def name(self) -> str:
        return f"{self.direction.pk}-{self.cell.position.number}"

    @property
    def level_text(self) -> str:
        return str(Level(self.level).label)

    @property
    def proposed_text(self) -> str:
        return str(Level(self.proposal.level).label)

    @property
    def tone(self) -> str:
        return ("bad", "warn", "good")[self.level]


@dataclass(frozen=True)
class Part:
    """A direction with its sum."""

    direction: Direction
    rows: list[Row]

    @property
    def total(self) -> int:
        return sum(row.level for row in self.rows)

    @property
    def most(self) -> int:
        return Level.WHOLE * len(self.rows)

    @property
    def marked(self) -> int:
        return sum(row.mark is not None for row in self.rows)


@dataclass(frozen=True)
class Assessment:
    """Of a year. `criteria` are those applied, with their state."""

    cycle: Cycle
    parts: list[Part]
    criteria: list[tuple[Position, list[Criterion]]]

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)

    @property
    def most(self) -> int:
        return sum(part.most for part in self.parts)

    @property
    def marked(self) -> int:
        return sum(part.marked for part in self.parts)

    @property
    def positions(self) -> int:
        return sum(len(part.rows) for part in self.parts)

    @property
    def unconfirmed(self) -> int:
        return sum(one.source_state == "unconfirmed" for _, found in self.criteria for one in found)

    @property
    def total_text(self) -> str:
        return f"{self.total} из {self.most}"


def assessment_of(*, user: Any, span: PeriodSpan, today: date | None = None) -> Assessment:
    """The reading of the municipality's cycle with levels."""
    cycle = cycle_of(user=user, span=span, today=today)
    marks = {
        (mark.direction_id, mark.position): mark
        for mark in PositionMark.objects.filter(period__code=span.code).select_related("author")
    }
    parts = [
        Part(
            line.direction,
            [
                Row(line.direction, cell, proposed(cell), marks.get((line.direction.pk, cell.position.number)))
                for cell in line.cells
            ],
        )
        for line in cycle.lines
    ]
    return Assessment(cycle, parts, criteria_in_use())


def criteria_in_use() -> list[tuple[Position, list[Criterion]]]:
    found: dict[int, list[Criterion]] = {}
    for one in Criterion.objects.filter(is_active=True):
        found.setdefault(one.position, []).append(one)
    return [(position, found.get(position.number, [])) for position in ALL]


def period_of(span: PeriodSpan) -> Period:
    return Period.objects.named(span)
