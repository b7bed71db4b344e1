"""What stands where in a form of federal statistics: data of `fixtures/statistics`, checked when read.

A cell is named by section, row code and column number as they are printed on the form, never by its place in a file.
What could not be compared with the official blank is marked. A cell is read only under the expected name of its row.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = "statistics"


@dataclass(frozen=True)
class CellOf:
    """A number of an indicator: the sum of the columns of one row."""

    section: str
    row: str
    columns: tuple[str, ...]
    name: str  # what the name of the row must hold, in lower case
    indicator: str
    unit: str
    is_confirmed: bool
    note: str = ""

    @property
    def place(self) -> str:
        """«раздел 7, строка 701, графы 4–6»"""
        first, last = self.columns[0], self.columns[-1]
        columns = f"графа {first}" if first == last else f"графы {first}–{last}"
        return f"раздел {self.section}, строка {self.row}, {columns}"


@dataclass(frozen=True)
class Layout:
    """A form of statistics."""

    code: str
    title: str
    full_title: str
    as_of: str  # start_of_school_year, end_of_year
    marks: tuple[str, ...]  # any of them on the first sheet tells the form
    source: str
    note: str
    cells: tuple[CellOf, ...]

    def day_of(self, year: int) -> date:
        """The day that the numbers of a year's form are of."""
        return date(year, 9, 20) if self.as_of == "start_of_school_year" else date(year, 12, 31)

    @property
    def is_confirmed(self) -> bool:
        return all(cell.is_confirmed for cell in self.cells)


def _cell(data: dict[str, Any]) -> CellOf:
    return CellOf(
        section=data["section"],
        row=data["row"],
        columns=tuple(data["columns"]),
        name=data["name"].casefold().replace("ё", "е"),
        indicator=data["indicator"],
        unit=data["unit"],
        is_confirmed=bool(data["confirmed"]),
        note=data.get("note", ""),
    )


@cache
def layouts() -> dict[str, Layout]:
    """All forms by code. Raises KeyError or ValueError when a file is not what it should be."""
    found = {}
    for path in sorted(Path(settings.BASE_DIR, "fixtures", FOLDER).glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        if data["as_of"] not in {"start_of_school_year", "end_of_year"}:
            raise ValueError(f"{path.name}: as_of {data['as_of']}")
        found[data["code"]] = Layout(
            code=data["code"],
            title=data["title"],
            full_title=data["full_title"],
            as_of=data["as_of"],
            marks=tuple(mark.casefold() for mark in data["marks"]),
            source=data["source"],
            note=data["note"],
            cells=tuple(_cell(cell) for cell in data["cells"]),
        )
    return found
