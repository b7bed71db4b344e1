"""Cells in bulk, by calamine, where a sheet hides nothing to be precise about. No Django here."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from apps.workbooks.cells import Cell, address, clean_text
from apps.workbooks.grid import Grid, check_size, float_cell, plain_date
from apps.workbooks.limits import Limits
from apps.workbooks.wire import Values

_BULK_FROM = 1_000_000  # bytes of XML; below that the precise way is as quick
# Anything that calamine hides (formulas, errors, yes/no) or that may be spelled to slip past this very search.
_NEEDS_PRECISION = tuple(
    re.compile(pattern)
    for pattern in (rb"<f[\s/>]", rb' t="[^sni]', rb"='", rb"=[ \t\r\n]", rb" =", rb'"[A-Z]{3}[0-9]')
)


def suits_bulk(xml: bytes) -> bool:
    """True for a big sheet of plain numbers and texts, written in the usual way."""
    return (
        len(xml) >= _BULK_FROM and b"<sheetData" in xml and not any(pattern.search(xml) for pattern in _NEEDS_PRECISION)
    )


class _Lookup(dict[Any, int]):
    """Number of a value as calamine gives it; each distinct value is looked at once."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def __missing__(self, raw: Any) -> int:
        number = self[raw] = self._values.number(plain_cell(raw))
        return number


def plain_cell(raw: Any) -> Cell:
    """A value given by calamine as a cell of ours."""
    if isinstance(raw, str):
        return clean_text(raw) or None
    if isinstance(raw, float):
        return float_cell(raw)
    if isinstance(raw, date | datetime | time | timedelta):
        return plain_date(raw)
    return raw


def read_rows(name: str, state: str, rows: Iterable[list[Any]], *, shift: int, values: Values, limits: Limits) -> Grid:
    """A grid of rows of equal length; `shift` empty columns stand before each."""
    grid = Grid(name, state)
    numbers = _Lookup(values)
    before = [0] * shift
    for count, row in enumerate(rows, start=1):
        grid.width = shift + len(row)
        check_size(name, count, grid.width, limits)
        if bool in map(type, row):  # True would be found as 1.0
            found = [values.number(cell) if isinstance(cell, bool) else numbers[cell] for cell in row]
        else:
            found = [numbers[cell] for cell in row]
        grid.cells.extend(before + found if shift else found)
    grid.trim()
    return grid


def read_bulk(name: str, state: str, table: Any, values: Values, limits: Limits) -> Grid:
    """One sheet of a calamine workbook. Its `iter_rows` starts at row 1, but at the first filled column."""
    shift = table.start[1] if table.start else 0
    grid = read_rows(name, state, table.iter_rows(), shift=shift, values=values, limits=limits)
    for first, last in table.merged_cell_ranges or []:
        grid.merged.append(":".join(address(row + 1, column + 1) for row, column in (first, last)))
    return grid
