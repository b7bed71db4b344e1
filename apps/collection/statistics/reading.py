"""Reading a filled form of statistics: sections by their headings, rows by code, columns by the printed row of numbers.

Sheets, empty rows and columns between do not matter. Plain data in, numbers and findings out; nothing is written here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from apps.collection.statistics.layouts import CellOf, Layout, layouts
from apps.core.findings import Finding, Refused, error, notice
from apps.workbooks.cells import Cell, CellProblem, NumberProblem, address, normalise_header, parse_number, show
from apps.workbooks.reading import Sheet, Workbook

_HEADING = re.compile(r"(?:раздел|подраздел)?\s*(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[а-я].{5,}", re.IGNORECASE | re.DOTALL)
_YEARS = re.compile(r"(20\d\d)\s*[/–—-]\s*(?:20)?\d\d")
_YEAR = re.compile(r"(?:за|на|20 сентября)\D{0,40}(20\d\d)")
_HEAD_ROWS = 60  # of the first sheets: title, organisation, codes
_CODE_LENGTHS = {8: "okpo", 10: "inn", 13: "ogrn"}
_ORGANISATION = re.compile(r"наименование отчитывающейся организации\W*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Found:
    """A number that was read for an indicator, with its place on the form and in the file."""

    indicator: str
    number: Decimal
    place: str
    sheet: str
    cell: str
    is_confirmed: bool


@dataclass
class Reading:
    """What a file says: which form, of which day, whose, and the numbers."""

    layout: Layout
    as_of: date | None
    codes: dict[str, set[str]] = field(default_factory=dict)  # inn, ogrn, okpo
    names: list[str] = field(default_factory=list)
    numbers: list[Found] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    """A row of a section as it stands in the file."""

    sheet: Sheet
    number: int  # of the sheet, from 1
    name: str
    cells: dict[str, int]  # column of the form → column of the sheet, from 1


def read_statistics(book: Workbook, *, as_of: date | None = None) -> Reading:
    """The numbers of the form. Raises Refused when it is no known form or nothing can be read.

    `as_of` is the day where the file does not name its year. A cell that cannot be read is a finding with its address,
    and the others are read.
    """
    layout = _layout(book)
    reading = Reading(layout, as_of or _day(book, layout), findings=list(book.notices))
    _identify(book, reading)
    rows = _rows(book, {cell.section for cell in layout.cells})
    for cell in layout.cells:
        _read(cell, rows, reading)
    if reading.as_of is None:
        action = "Укажите дату формы и загрузите файл снова."
        reading.findings.append(error("no_date", f"В файле не найден год формы {layout.title}.", action=action))
    if not reading.numbers and not any(item.severity == "error" for item in reading.findings):
        message = f"Это форма {layout.title}, но ни одной нужной строки в ней не найдено."
        first = error("nothing_read", message, action="Загрузите заполненную форму целиком.")
        raise Refused([first, *reading.findings])
    return reading


# --- which form, whose, of which day


def _head(book: Workbook) -> Iterator[str]:
    for sheet in book.visible[:3]:
        for row in sheet.rows[:_HEAD_ROWS]:
            yield from (normalise_header(cell) for cell in row if isinstance(cell, str))


def _layout(book: Workbook) -> Layout:
    texts = list(_head(book))
    found = [layout for layout in layouts().values() if any(mark in text for mark in layout.marks for text in texts)]
    if len(found) == 1:
        return found[0]
    # Of forms that name each other the one whose number stands in a cell of its own counts.
    numbers = {text.removeprefix("форма ").lstrip("№ n") for text in texts}
    own = [layout for layout in found if numbers & set(layout.marks)]
    if len(own) == 1:
        return own[0]
    known = ", ".join(layout.title for layout in layouts().values())
    message = "Не удалось узнать форму федеральной статистики." if not found else "Файл похож сразу на несколько форм."
    raise Refused([error("unknown_form", message, expected=f"одна из форм: {known}", action="Проверьте файл.")])


def _day(book: Workbook, layout: Layout) -> date | None:
    pattern = _YEARS if layout.as_of == "start_of_school_year" else _YEAR
    for text in _head(book):
        if match := pattern.search(text):
            return layout.day_of(int(match[1]))
    years = [match for text in _head(book) if (match := _YEAR.search(text))]
    return layout.day_of(int(years[0][1])) if years else None


def _identify(book: Workbook, reading: Reading) -> None:
    """Codes and names of the organisation, as far as the head of the form has them."""
    for sheet in book.visible[:3]:
        for row in sheet.rows[:_HEAD_ROWS]:
            for place, cell in enumerate(row):
                digits = _digits(cell)
                if len(digits) in _CODE_LENGTHS:
                    reading.codes.setdefault(_CODE_LENGTHS[len(digits)], set()).add(digits)
                if isinstance(cell, str) and (match := _ORGANISATION.search(normalise_header(cell))):
                    after = [show(other, 500) for other in row[place + 1 :] if isinstance(other, str)]
                    reading.names += [name for name in (match[1], *after) if len(name) > 5]


def _digits(cell: Cell) -> str:
    """The cell as a code, when it is nothing but digits."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "")
    text = text.replace(" ", "").replace("\u00a0", "")
    return text if text.isascii() and text.isdigit() and not isinstance(cell, bool) else ""


# --- the rows of the sections


def _rows(book: Workbook, sections: set[str]) -> dict[tuple[str, str], list[_Row]]:
    """Rows by section and code; a code met twice in a section has several."""
    found: dict[tuple[str, str], list[_Row]] = {}
    for sheet in book.visible:
        section = _section_of_name(sheet.name, sections)
        columns: dict[str, int] = {}
        for number, row in enumerate(sheet.rows, start=1):
            heading = _heading(row, sections)
            if heading is not None:
                section, columns = heading, {}
                continue
            numbering = _numbering(row)
            if numbering:
                columns = numbering
                continue
            code = _code(row, columns)
            if section and code:
                name = " ".join(normalise_header(cell) for cell in row[: columns["2"] - 1] if isinstance(cell, str))
                found.setdefault((section, code), []).append(_Row(sheet, number, name, columns))
    return found


def _heading(row: list[Cell], sections: set[str]) -> str | None:
    """The number of the section that begins here; an unknown section is an empty text, no heading None."""
    for cell in row[:4]:
        if not isinstance(cell, str):
            continue
        match = _HEADING.fullmatch(cell.strip())
        if match and len([other for other in row if other is not None]) <= 3:
            return match[1] if match[1] in sections else ""
        if cell.strip():
            return None
    return None


def _section_of_name(name: str, sections: set[str]) -> str:
    """«Раздел 7», «2.1.1», «Р_2_1_1»: a sheet named by its section."""
    match = re.search(r"(\d{1,2}(?:[._]\d{1,2})*)", name)
    number = match[1].replace("_", ".") if match else ""
    return number if number in sections else ""


_FIRST = {"1", "а", "a"}
_SECOND = {"2", "б"}


def _numbering(row: list[Cell]) -> dict[str, int]:
    """Columns by their printed numbers: «1 2 3 4 …» or «А Б 3 4 …»; empty when the row is none."""
    filled = [(place, cell) for place, cell in enumerate(row, start=1) if cell is not None]
    marks = [(place, normalise_header(_digits(cell) or cell)) for place, cell in filled]
    if len(marks) < 3 or marks[0][1] not in _FIRST or marks[1][1] not in _SECOND:
        return {}
    columns = {"1": marks[0][0], "2": marks[1][0]}
    for expected, (place, mark) in enumerate(marks[2:], start=3):
        if mark != str(expected):
            return {}
        columns[mark] = place
    return columns


def _code(row: list[Cell], columns: dict[str, int]) -> str:
    """The code of the row without leading zeros."""
    if not columns or len(row) < columns["2"]:
        return ""
    digits = _digits(row[columns["2"] - 1])
    return digits.lstrip("0") if 0 < len(digits) <= 4 else ""


# --- one number


def _read(cell: CellOf, rows: dict[tuple[str, str], list[_Row]], reading: Reading) -> None:
    found = rows.get((cell.section, cell.row.lstrip("0")), [])
    named = [row for row in found if cell.name in row.name]
    if not named:
        if found:
            message = f"{cell.place}: строка названа иначе, поэтому она не прочитана."
            reading.findings.append(
                notice("other_name", message, found=f"«{found[0].name[:80]}»", expected=f"«{cell.name}»")
            )
        else:
            reading.findings.append(notice("no_row", f"{cell.place}: такой строки в файле нет."))
        return
    if len(named) > 1:
        places = ", ".join(f"{row.sheet.name}, строка листа {row.number}" for row in named)
        message = f"{cell.place}: строка встречается несколько раз, поэтому она не прочитана."
        reading.findings.append(notice("double_row", message, found=places))
        return
    _number(cell, named[0], reading)


def _filled(value: Cell) -> Cell:
    """A cross or a dash says that nothing is to be written here."""
    return None if isinstance(value, str) and value.strip().casefold() in {"х", "x", "-", "–", "—"} else value


def _number(cell: CellOf, row: _Row, reading: Reading) -> None:
    total, first, empty = Decimal(0), "", 0
    for column in cell.columns:
        place = row.cells.get(column)
        value = _filled(row.sheet.cell(row.number, place)) if place else None
        where = address(row.number, place or 1)
        first = first or where
        if place is None:
            message = f"{cell.place}: графы {column} в таблице нет."
            reading.findings.append(notice("no_column", message, sheet=row.sheet.name))
            return
        number = Decimal(0) if value is None else parse_number(value) if not isinstance(value, CellProblem) else value
        if isinstance(number, NumberProblem | CellProblem):
            if isinstance(number, NumberProblem) and number.kind in {"blank", "no_data"}:
                empty += 1
                continue
            reading.findings.append(
                error(
                    "bad_number", f"{cell.place}: {number.message}", sheet=row.sheet.name, cell=where,
                    found=f"«{show(value)}»", action=number.action,
                )
            )  # fmt: skip
            return
        empty += value is None
        if number < 0 or (cell.unit == "человек" and number != number.to_integral_value()):
            reading.findings.append(
                error(
                    "bad_number", f"{cell.place}: нужно целое число, 0 или больше.", sheet=row.sheet.name, cell=where,
                    found=f"«{show(value)}»", action="Исправьте форму и загрузите её снова.",
                )
            )  # fmt: skip
            return
        total += number
    if empty == len(cell.columns):
        reading.findings.append(notice("blank", f"{cell.place}: пусто.", sheet=row.sheet.name, cell=first))
        return
    reading.numbers.append(Found(cell.indicator, total, cell.place, row.sheet.name, first, cell.is_confirmed))
