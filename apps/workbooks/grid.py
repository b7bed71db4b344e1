"""A sheet's cells on their way out of the child, and plain numbers turned into cells. No Django here."""

import math
import re
from array import array
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from apps.workbooks.cells import Cell, CellProblem, address
from apps.workbooks.limits import Limits
from apps.workbooks.refusals import refusal

_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_EXACT = 10**15


@dataclass
class Grid:
    """A sheet as a rectangle of value numbers (see `wire`), with what its cells hide.

    `formulas` and `percents` are keyed by address; `merged` are ranges such as A1:C2.
    """

    name: str
    state: str
    width: int = 0
    cells: "array[int]" = field(default_factory=lambda: array("I"))
    merged: list[str] = field(default_factory=list)
    formulas: dict[str, str] = field(default_factory=dict)
    percents: list[str] = field(default_factory=list)

    def head(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "state": self.state,
            "width": self.width,
            "merged": self.merged,
            "formulas": self.formulas,
            "percents": self.percents,
        }

    def trim(self) -> None:
        """Drop empty columns on the right and empty rows below."""
        width = self.width
        if not width:
            return
        used = len(self.cells.tobytes().rstrip(b"\0"))
        rows = -(-used // (4 * width))
        del self.cells[rows * width :]
        while self.width and not any(self.cells[self.width - 1 :: width]):
            self.width -= 1
        if self.width < width:
            narrow = array("I")
            for start in range(0, rows * width, width):
                narrow.extend(self.cells[start : start + self.width])
            self.cells = narrow


def check_size(sheet: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a table beyond the limits, naming the farthest filled cell."""
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        raise refusal(
            "sheet_too_large",
            "На листе слишком много строк или столбцов.",
            sheet=sheet,
            cell=address(rows, columns),
            found=f"заполнено до ячейки {address(rows, columns)}: строк {rows}, столбцов {columns}",
            expected=f"не больше {limits.rows} строк и {limits.columns} столбцов",
            action="Удалите лишние строки и столбцы целиком (правой кнопкой → «Удалить») и сохраните книгу.",
        )


def number_cell(raw: str) -> Cell:
    """A stored number: whole ones as int. What is not a finite decimal number becomes a CellProblem."""
    raw = raw.strip()
    if not _PLAIN_NUMBER.fullmatch(raw):
        return CellProblem("number", raw[:60])
    return float_cell(float(raw), raw)


def float_cell(value: float, raw: str = "") -> Cell:
    if not math.isfinite(value):
        return CellProblem("number", (raw or str(value))[:60])
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001


def date_cell(serial: float, *, epoch_1904: bool) -> Cell:
    """The date that a stored number shows; a time of day or a duration becomes a text HH:MM:SS."""
    if not 0 <= serial < 2_958_466:
        return CellProblem("date", f"{serial:.6g}")
    if serial < 1 and not epoch_1904:
        return plain_date(time_of(serial))
    days = serial + 1 if serial < 60 and not epoch_1904 else serial  # 29 February 1900 exists in spreadsheets only
    try:
        moment = (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + timedelta(seconds=round(days * 86_400))
    except OverflowError:
        return CellProblem("date", f"{serial:.6g}")
    return plain_date(moment)


def time_of(serial: float) -> time:
    return (datetime.min + timedelta(seconds=min(round(serial * 86_400), 86_399))).time()


def plain_date(value: date | time | timedelta) -> Cell:
    """A date, a moment if it has a time of day, a text if there is no date in it."""
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None, microsecond=0)
        return value.date() if value.time() == time.min else value
    if isinstance(value, date):
        return value
    return str(value).partition(".")[0]
