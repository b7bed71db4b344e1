"""Cells of one worksheet straight from its XML: what each is, and what it hides. No Django here."""

import re
from array import array
from collections.abc import Callable
from datetime import datetime

from apps.workbooks import markup
from apps.workbooks.book import Book, SheetPart
from apps.workbooks.cells import Cell, CellProblem, address, clean_text, parse_address
from apps.workbooks.container import live_link
from apps.workbooks.grid import Grid, check_size, date_cell, number_cell, plain_date
from apps.workbooks.limits import Limits
from apps.workbooks.refusals import damaged, too_heavy
from apps.workbooks.texts import Styles, decode_escapes
from apps.workbooks.wire import Values

_M = f"{markup.MAIN}}}"
_LITERAL = re.compile(r'"[^"]*"')
_OUTWARD = re.compile(r"\b(WEBSERVICE|FILTERXML|RTD|CALL|REGISTER|REGISTER\.ID|DDE|EXEC)\s*\(|\|", re.IGNORECASE)
_FORMULA_SHOWN = 200


class PreciseSheet:
    """Reads one worksheet; `read` gives its grid or raises Refused. `texts` are value numbers of the shared texts."""

    def __init__(
        self, sheet: SheetPart, book: Book, *, texts: list[int], styles: Styles, values: Values, limits: Limits
    ) -> None:
        self._part = sheet.part
        self._book = book
        self._texts = texts
        self._styles = styles
        self._values = values
        self._limits = limits
        self._grid = Grid(sheet.name, sheet.state)
        self._places = array("I")  # row, column, value; row, column, value; …
        self._rows = self._columns = 0  # the farthest filled ones
        self._row = self._column = self._depth = 0
        self._row_text = "0"
        self._letters: dict[str, int] = {}
        self._covered = 0  # cells under merged ranges and links
        self._cell: dict[str, str] = {}
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._inline: list[str] | None = None
        self._into: list[str] | None = None
        self._phonetic = False
        self._starts = {
            f"{_M}row": self._start_row,
            f"{_M}c": self._start_cell,
            f"{_M}v": self._start_value,
            f"{_M}f": self._start_formula,
            f"{_M}t": self._start_inline,
            f"{_M}rPh": self._start_phonetic,
            f"{_M}mergeCell": self._merge,
            f"{_M}hyperlink": self._measure,
        }
        self._ends = {
            **dict.fromkeys(self._starts, self._end_piece),
            f"{_M}c": self._end_cell,
            f"{_M}rPh": self._end_phonetic,
        }
        self._kinds: dict[str, Callable[[str], Cell]] = {
            "str": _text_cell,
            "b": lambda raw: raw.strip() in ("1", "true"),
            "e": lambda raw: CellProblem("error", raw[:60]),
            "d": _iso_date,
        }

    def read(self) -> Grid:
        data = self._book.parts[self._part]
        markup.parse(self._part, data, start=self._start, end=self._end, text=self._text, depth=None)
        return self._rectangle()

    # --- handlers: called some millions of times for a large sheet

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        handler = self._starts.get(tag)
        if handler:
            handler(attributes)
            return
        self._depth += 1
        if self._depth > self._limits.depth:
            raise damaged(f"лист «{self._grid.name}» вложен слишком глубоко")

    def _end(self, tag: str) -> None:
        handler = self._ends.get(tag)
        if handler:
            handler()
        else:
            self._depth -= 1

    def _text(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
        self._row_text = str(self._row)
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.removesuffix(self._row_text)
            self._column = self._letters.get(letters) or self._new_column(reference, letters)
        self._cell = attributes
        self._value = self._formula = self._inline = None

    def _new_column(self, reference: str, letters: str) -> int:
        row, column = parse_address(reference)
        if row != self._row:
            raise damaged(f"ячейка {reference} стоит в чужой строке")
        self._letters[letters] = column
        return column

    def _start_value(self, _attributes: dict[str, str]) -> None:
        self._into = self._value = []

    def _start_formula(self, _attributes: dict[str, str]) -> None:
        self._into = self._formula = []

    def _start_inline(self, _attributes: dict[str, str]) -> None:
        if not self._phonetic:
            self._inline = self._into = self._inline or []

    def _end_piece(self) -> None:
        self._into = None

    def _start_phonetic(self, _attributes: dict[str, str]) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _merge(self, attributes: dict[str, str]) -> None:
        self._measure(attributes)
        self._grid.merged.append(attributes["ref"])

    def _measure(self, attributes: dict[str, str]) -> None:
        """Merged ranges and links are cheap to write and dear to unfold, so their area is bounded."""
        first, _, last = attributes.get("ref", "").partition(":")
        (top, left), (bottom, right) = parse_address(first), parse_address(last or first)
        self._covered += max(0, bottom - top + 1) * max(0, right - left + 1)
        if self._covered > self._limits.covered_cells:
            raise too_heavy(f"на листе «{self._grid.name}» объединение или ссылка на {attributes['ref']}")

    # --- a cell

    def _end_cell(self) -> None:
        if self._value is not None and self._cell.get("t") == "s":
            number = self._shared_text("".join(self._value))
        else:
            number = self._values.number(self._read_value())
            if number and int(self._cell.get("s", "0")) in self._styles.percents:
                self._grid.percents.append(address(self._row, self._column))
        if self._formula is not None:
            number = self._take_formula(number)
        if number:
            self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
            self._places.extend((self._row, self._column, number))

    def _take_formula(self, number: int) -> int:
        """The stored result, marked as a formula's; a formula without one is a problem and never a blank."""
        formula = f"={''.join(self._formula or [])}"
        place = address(self._row, self._column)
        if _OUTWARD.search(_LITERAL.sub("", formula)):
            raise live_link(f"лист «{self._grid.name}», ячейка {place}: {formula[:60]}")
        self._grid.formulas[place] = formula[:_FORMULA_SHOWN]
        empty_text = self._value is not None and self._cell.get("t") == "str"
        return number if number or empty_text else self._values.number(CellProblem("formula", formula[:60]))

    def _read_value(self) -> Cell:
        kind = self._cell.get("t", "n")
        if kind == "inlineStr":
            return _text_cell("".join(self._inline or []))
        if self._value is None:
            return None
        raw = "".join(self._value)
        return self._kinds.get(kind, self._number)(raw)

    def _shared_text(self, raw: str) -> int:
        index = int(raw)
        if not 0 <= index < len(self._texts):
            raise damaged(f"у ячейки {address(self._row, self._column)} нет текста")
        return self._texts[index]

    def _number(self, raw: str) -> Cell:
        if not raw.strip():
            return None
        number = number_cell(raw)
        style = self._cell.get("s", "")
        if style and not isinstance(number, CellProblem) and int(style) in self._styles.dates:
            return date_cell(float(raw), epoch_1904=self._book.epoch_1904)
        return number

    # --- the sheet

    def _rectangle(self) -> Grid:
        if self._rows:
            check_size(self._grid.name, self._rows, self._columns, self._limits)
        grid = self._grid
        grid.width = self._columns
        grid.cells = array("I", bytes(4 * self._rows * self._columns))
        places = iter(self._places)
        for row, column, value in zip(places, places, places, strict=True):
            position = (row - 1) * grid.width + column - 1
            if grid.cells[position]:
                raise damaged(f"лист «{grid.name}», ячейка {address(row, column)} записана дважды")
            grid.cells[position] = value
        return grid


def _text_cell(raw: str) -> Cell:
    return clean_text(decode_escapes(raw)) or None


def _iso_date(raw: str) -> Cell:
    try:
        return plain_date(datetime.fromisoformat(raw.strip()))
    except ValueError:
        return CellProblem("date", raw[:60])
