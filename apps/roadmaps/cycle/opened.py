"""What of a cycle may be told to everybody: states, counts, titles of what is open by its nature. No names of schools.

Recommendations, conclusions, help and measures name organisations in their own words: of them only counts are told.
"""

from dataclasses import asdict, dataclass
from typing import Any

from apps.core.figures import plural
from apps.roadmaps.cycle.shape import Cell, Cycle, Line

OPEN = {
    "indicators.Goal", "indicators.ApprovedSet", "collection.Form", "collection.Campaign", "library.Document",
    "roadmaps.Roadmap", "roadmaps.Decision",
}  # fmt: skip
SHOWN = 12


@dataclass(frozen=True)
class OpenPosition:
    """`titles` are lines «вид от дата: название»; `told` says the count and the state in words."""

    number: int
    title: str
    told: str
    tone: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenLine:
    code: str
    name: str
    block: str
    purpose: str
    filled: int
    positions: tuple[OpenPosition, ...]

    @property
    def filled_text(self) -> str:
        return f"{self.filled} из {len(self.positions)}"


def opened(cycle: Cycle) -> list[OpenLine]:
    """In the order of the blocks, directions of a block together."""
    return [open_line(line) for _, lines in cycle.blocks for line in lines]


def open_line(line: Line) -> OpenLine:
    direction = line.direction
    positions = tuple(_position(cell) for cell in line.asked)
    return OpenLine(direction.code, str(direction), direction.block, direction.purpose, line.filled, positions)


def _position(cell: Cell) -> OpenPosition:
    n = len(cell.ready)
    told, tone = ("в работе", "info") if cell.drafts else ("пока нет", "neutral")
    if n:
        told, tone = f"{n} {plural(n, 'документ', 'документа', 'документов')}", "good"
    titles = [
        f"{item.kind.capitalize()}{f' от {item.day:%d.%m.%Y}' if item.day else ''}: {item.title}"
        for item in cell.ready
        if item.key[0] in OPEN
    ]
    return OpenPosition(cell.position.number, cell.position.title, told, tone, tuple(titles[:SHOWN]))


def to_json(lines: list[OpenLine]) -> list[dict[str, Any]]:
    return [asdict(line) for line in lines]


def from_json(data: list[dict[str, Any]]) -> list[OpenLine]:
    """The lines that `to_json` wrote."""
    return [OpenLine(**{**line, "positions": tuple(_from_json(one) for one in line["positions"])}) for line in data]


def _from_json(data: dict[str, Any]) -> OpenPosition:
    return OpenPosition(**{**data, "titles": tuple(data["titles"])})
