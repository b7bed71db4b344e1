"""Reads the rows of a register file into values; every bad cell at once, each with its address."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from apps.core.findings import Finding, error, has_errors
from apps.organizations.models import Kind, Locality, Organization, Programme
from apps.organizations.register.columns import COLUMNS, SYSTEMS, TEXTS
from apps.workbooks.cells import Cell, CellProblem, NumberProblem, clean_text, parse_number, show
from apps.workbooks.reading import Workbook
from apps.workbooks.tables import Row, read_table

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = {"import", "export"}  # parts of addresses
_ASKED = {"email": "адрес почты вида name@example.ru", "website": "адрес вида https://school.example.ru"}


@dataclass(frozen=True)
class ParsedRow:
    """One organisation of the file: its code and the values that the file gives. What is blank is not there."""

    number: int
    code: str
    values: dict[str, Any]


@dataclass(frozen=True)
class ParsedFile:
    rows: list[ParsedRow]
    findings: list[Finding]


class _Bad(Exception):
    """The cell cannot be taken; the arguments of the finding."""

    def __init__(self, expected: str) -> None:
        self.expected = expected
        super().__init__(expected)


def parse(book: Workbook) -> ParsedFile:
    """All organisations of a book. Findings tell what cannot be taken; after an error nothing may be written."""
    table = read_table(book, COLUMNS)
    findings = [*book.notices, *table.findings]
    if has_errors(table.findings) and not table.rows:
        return ParsedFile([], findings)
    rows: list[ParsedRow] = []
    seen: dict[str, Row] = {}
    for row in table.rows:
        values, bad = _values(row, table.sheet)
        findings.extend(bad)
        code = values.pop("code", "")
        if code in seen:
            findings.append(
                error(
                    "code_repeated",
                    f"код «{code}» стоит в двух строках.",
                    sheet=table.sheet,
                    cell=row.address("code"),
                    found=f"{seen[code].address('code')} и {row.address('code')}",
                    action="Оставьте одну строку на организацию.",
                )
            )
        elif code:
            seen[code] = row
            rows.append(ParsedRow(row.number, code, values))
    return ParsedFile(rows, findings)


def _values(row: Row, sheet: str) -> tuple[dict[str, Any], list[Finding]]:
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    present = [column for column in COLUMNS if column.key in row.columns]
    for column in sorted(present, key=lambda column: row.columns[column.key]):
        cell = row[column.key]
        if isinstance(cell, CellProblem):
            continue  # the table has told already
        place = {"sheet": sheet, "cell": row.address(column.key)}
        if cell is None or (isinstance(cell, str) and not clean_text(cell)):
            if column.required:
                findings.append(error("cell_blank", f"не заполнено: «{column.title}».", **place))
            continue
        try:
            values[column.key] = _value(column.key, cell)
        except _Bad as bad:
            message = f"значение столбца «{column.title}» не подходит."
            findings.append(error("cell_invalid", message, found=show(cell), expected=bad.expected, **place))
    return values, findings


def _value(key: str, cell: Cell) -> Any:
    if key in SYSTEMS:
        return _external(key, cell)
    if key in TEXTS:
        return _text(key, cell)
    readers = {
        "code": _code,
        "kind": lambda c: _choice(c, Kind),
        "locality": lambda c: _choice(c, Locality),
        "programmes": _programmes,
        "number": _number,
        "opened_on": _day,
    }
    return readers[key](cell)


def _written(cell: Cell) -> str:
    """The text of a cell; a whole number (a code that a spreadsheet took for one) without its decimals."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(clean_text(str(cell)).split())


def _code(cell: Cell) -> str:
    text = _written(cell).lower()
    if not _CODE.fullmatch(text) or len(text) > 40 or text in _RESERVED:
        raise _Bad("до 40 латинских букв, цифр и дефисов, например school-01")
    return text


def _choice(cell: Cell, choices: Any) -> str:
    text = _written(cell).casefold().replace("ё", "е")
    for choice in choices:
        if text in {choice.value, choice.label.casefold().replace("ё", "е")}:
            return str(choice.value)
    raise _Bad(" или ".join(f"«{choice.label}»" for choice in choices))


def _programmes(cell: Cell) -> list[str]:
    found = []
    for part in re.split(r"[;,\n]", _written(cell).casefold()):
        if word := part.strip():
            found.append(_programme(word))
    order = [programme.value for programme in Programme]
    return sorted(set(found), key=order.index)


def _programme(word: str) -> str:
    """By the label, its first word («дошкольное») or our own name."""
    for programme in Programme:
        label = programme.label.casefold()
        if word in {programme.value, label, label.split()[0]}:
            return str(programme.value)
    raise _Bad("через точку с запятой: " + "; ".join(programme.label for programme in Programme))


def _number(cell: Cell) -> int:
    number = parse_number(cell)
    if isinstance(number, NumberProblem) or number != int(number) or not 0 < number < 100_000:
        raise _Bad("целое число больше нуля")
    return int(number)


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return datetime.strptime(_written(cell), "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise _Bad("дата вида 01.09.1985") from None


def _text(key: str, cell: Cell) -> str:
    text = _written(cell)
    longest = Organization._meta.get_field(key).max_length  # type: ignore[union-attr]
    if longest and len(text) > longest:
        raise _Bad(f"не длиннее {longest} знаков")
    try:
        if key == "email":
            validate_email(text)
        elif key == "website":
            URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise _Bad(_ASKED[key]) from None
    return text


def _external(key: str, cell: Cell) -> str:
    """The code in another system; of a ФИС ОКО login the prefix may stay (`sch224085`)."""
    text = _written(cell).lower().replace(" ", "")
    pattern, expected = _EXTERNAL.get(key, (r"[0-9a-z-]{1,40}", "код из цифр и латинских букв"))
    if not re.fullmatch(pattern, text):
        raise _Bad(expected)
    return text


_EXTERNAL = {
    "fis_oko": (r"(?:sch|edu|ksh)?[0-9]{1,12}", "логин вида sch224085 или его цифры"),
    "inn": (r"[0-9]{10}|[0-9]{12}", "10 или 12 цифр"),
    "ogrn": (r"[0-9]{13}|[0-9]{15}", "13 или 15 цифр"),
}
