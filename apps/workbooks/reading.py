"""Safe reading of what people upload: one call, one kind of exception.

    book = read_workbook(upload, limits=FORM)
    sheet = book.sheet("Показатели")          # by its name, never «the active one»
    value = sheet.cell(7, 3)                  # row 7, column C; None = nothing there
    number = parse_number(value)              # Decimal, or a NumberProblem with a sentence

Promises
- The format is told by content. Everything is checked on raw bytes first (archive, document types, macros, links,
  sheet parts), then parsed in a child process with its own limits of memory and time. Any file ends in a Workbook or
  in `findings.Refused` with Russian findings; no other exception comes out, nothing is fetched, run or written.
- A formula cell gives the result stored beside it, and stands in `sheet.formulas` with its text, so that the preview
  can say so; without a stored result it is a CellProblem and never a blank. Errors (#ДЕЛ/0!) are CellProblems too.
- Texts are in NFC without control, invisible or direction marks, stripped; a text of nothing but those is None.
- Whole numbers are int, others float as stored: pass every number through `cells.parse_number`.
- Dates are date, or datetime if they have a time of day; a bare time is a text HH:MM:SS.
- `rows[0]` is row 1 of the file; all rows of a sheet are of equal length; empty rows below and empty columns on
  the right are cut off. A sheet without cells has no rows. Sheets with charts are left out, with a notice.
- Of merged cells only the upper left one has a value; `sheet.merged_at(row, column)` names the range.
- csv is one sheet with an empty name, all cells texts.
- What only the precise way sees (see `precise`): in .xls, formulas, percents and merged cells are not told, and errors
  are nothing; in sheets above a megabyte of plain values percents are not told.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from apps.core.findings import Finding
from apps.workbooks import limited, wire
from apps.workbooks.cells import Cell, address, parse_address
from apps.workbooks.limits import FORM, REGISTER, RESULTS, Limits

__all__ = ["FORM", "REGISTER", "RESULTS", "Cell", "Limits", "Sheet", "Workbook", "read_workbook"]


@dataclass
class Sheet:
    """One worksheet. `state` is visible, hidden or very_hidden; rows and columns of methods count from 1."""

    name: str
    rows: list[list[Cell]]
    state: str = "visible"
    merged: list[str] = field(default_factory=list)
    formulas: dict[str, str] = field(default_factory=dict)  # address → text of the formula
    percents: frozenset[str] = frozenset()  # addresses shown as percents: 0.85 stands there as «85 %»

    @property
    def is_visible(self) -> bool:
        return self.state == "visible"

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> Cell:
        """The cell's value; None outside the filled rectangle."""
        if 1 <= row <= len(self.rows) and 1 <= column <= self.width:
            return self.rows[row - 1][column - 1]
        return None

    def at(self, place: str) -> Cell:
        """The value at an address such as B7."""
        return self.cell(*parse_address(place))

    def formula(self, row: int, column: int) -> str:
        """Text of the formula whose stored result the cell holds, or an empty string."""
        return self.formulas.get(address(row, column), "")

    def merged_at(self, row: int, column: int) -> str:
        """The merged range over the cell, such as A1:C2, or an empty string."""
        for (top, left, bottom, right), text in self._merged_boxes:
            if top <= row <= bottom and left <= column <= right:
                return text
        return ""

    @cached_property
    def _merged_boxes(self) -> list[tuple[tuple[int, int, int, int], str]]:
        boxes = []
        for text in self.merged:
            first, _, last = text.partition(":")
            boxes.append(((*parse_address(first), *parse_address(last or first)), text))
        return boxes


@dataclass
class Workbook:
    """All worksheets in the order of the book. `notices` tell what was left aside (links, charts)."""

    sheets: list[Sheet]
    format: str = "xlsx"
    notices: list[Finding] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, whatever its letter case or state; None if there is none."""
        wanted = name.strip().casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == wanted), None)

    @property
    def visible(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.is_visible]


def read_workbook(source: BinaryIO | Path | str, *, limits: Limits = FORM) -> Workbook:
    """Read a workbook from a stream (an upload, an open file) or a path.

    Raises Refused, see the module's docstring, and OSError for a path that cannot be opened.

    FORM takes xlsx, REGISTER xlsx and csv, RESULTS xlsx, xls and csv, each with limits of its own.
    """
    book = Workbook([])
    values: list[Cell] = [None]
    for kind, body in limited.run(source, limits=limits):
        if kind == wire.VALUES:
            values.extend(wire.load_json(body))
        elif kind == wire.SHEET:
            head = wire.load_json(body)
            width = head.pop("width")
            book.sheets.append(Sheet(rows=[], **{**head, "percents": frozenset(head["percents"])}))
        elif kind == wire.CELLS:
            book.sheets[-1].rows.extend(_rows(wire.load_cells(body), width, values))
        elif kind == wire.PAYLOAD:
            about = wire.load_json(body)
            book.format = about["format"]
            book.notices = [Finding.from_dict(finding) for finding in about["notices"]]
    return book


def _rows(cells: "array[int]", width: int, values: list[Cell]) -> Iterator[list[Cell]]:
    value = values.__getitem__
    for start in range(0, len(cells), width or 1):
        yield [*map(value, cells[start : start + width])]
