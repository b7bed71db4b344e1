"""Pieces of a chapter that carry figures: tables, charts, notes. Frozen as JSON, shown the same on page and paper.

Cells are texts as people read them; numbers of charts are decimal strings. What is hidden by the rules of small
numbers never gets here as a number.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from apps.core.charts import BarChart, Chart, LineChart, Series

LONG = 15  # rows; a longer table is folded on a page, on paper it stands whole


@dataclass(frozen=True)
class Column:
    """A table's column: its heading, its share of the width in fortieths, and whether it holds numbers."""

    title: str
    width: int = 8
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    text: str
    numeric: bool
    label: str = ""  # the column's heading, for a phone


@dataclass(frozen=True)
class TableBlock:
    """A table. `key` names it in the open data and in tests."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    note: str = ""
    type: str = field(default="table", init=False)

    @property
    def is_long(self) -> bool:
        """Whether a page shows it folded."""
        return len(self.rows) > LONG

    @property
    def cells(self) -> list[list["Cell"]]:
        """The rows with each cell knowing whether it is a number."""
        return [
            [Cell(text, column.numeric, column.title) for text, column in zip(row, self.columns, strict=True)]
            for row in self.rows
        ]


@dataclass(frozen=True)
class ChartBlock:
    """A bar or line chart; `series` are pairs of a name and decimal strings, None where there is no data."""

    key: str
    kind: str  # bar, stacked, line
    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[str | None]]]
    unit: str = ""
    decimals: int = 0
    label_title: str = ""  # what the labels are
    tabled: bool = False  # the same numbers stand in a table beside: on paper they are not printed twice
    type: str = field(default="chart", init=False)

    def chart(self) -> Chart:
        series = [
            Series(name, [Decimal(value) if value is not None else None for value in values])
            for name, values in self.series
        ]
        if self.kind == "line":
            return LineChart(self.title, self.description, self.labels, series, self.unit, self.decimals)
        stacked = self.kind == "stacked"
        return BarChart(
            self.title,
            self.description,
            self.labels,
            series,
            self.unit,
            self.decimals,
            stacked,
            horizontal=True,
            label_title=self.label_title,
        )


@dataclass(frozen=True)
class NoteBlock:
    """A sentence beside the figures: a method, a warning, what is missing."""

    text: str
    tone: str = "info"  # info, warn
    type: str = field(default="note", init=False)


Block = TableBlock | ChartBlock | NoteBlock


def to_json(block: Block) -> dict[str, Any]:
    return asdict(block)


def from_json(data: dict[str, Any]) -> Block:
    """The block that `to_json` wrote."""
    rest = {key: value for key, value in data.items() if key != "type"}
    if data["type"] == "table":
        return TableBlock(**{**rest, "columns": [Column(**column) for column in rest["columns"]]})
    if data["type"] == "chart":
        return ChartBlock(**{**rest, "series": [(name, values) for name, values in rest["series"]]})
    return NoteBlock(**rest)
