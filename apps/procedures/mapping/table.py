"""A table whose columns a person names: the preview, a first guess, the header's digest. Plain Python, no Django."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.text import ITEM, Row, folded, item_number, text, whole

SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_LETTERS = 40, 120, 40
_WITHIN = 30

ROLES = {
    "": "не брать",
    "school_code": "код или логин школы",
    "school_name": "название школы",
    "klass": "класс с буквой",
    "code": "код участника",
    "variant": "вариант",
    "item": "балл за задание",
    "total": "сумма баллов",
    "mark": "отметка",
    "journal": "отметка по журналу",
    "grade": "класс обучения (ВсОШ)",
    "subject": "предмет (ВсОШ)",
    "status": "статус: победитель, призёр, участник (ВсОШ)",
    "person": "код ученика, один во всех предметах (ВсОШ)",
}
# Roles that several columns may have.
MANY = {"", "item"}
_GUESSES = (
    ("school_code", r"^(логин|код)( оо| школы| организации|$)|^логин"),
    ("school_name", r"^оо$|^школа|организаци|^ооу?$|учреждени"),
    ("grade", r"класс обучения|в котором учит"),
    ("", r"класс,? за который"),
    ("klass", r"^класс|^параллель"),
    ("person", r"код ученика"),
    ("code", r"код участника|код обучающ|^шифр|^код$|^код работы"),
    ("variant", r"^вариант"),
    ("journal", r"журнал|четверт|триместр|полугоди"),
    ("status", r"^статус|^результат$|^диплом"),
    ("mark", r"^отметка|^оценка"),
    ("total", r"^сумма|^итог|первичный балл|^всего баллов|^балл$"),
    ("subject", r"^предмет"),
)
_ITEM = re.compile(r"^(?:задание|№|зад\.?|балл за)?\s*(\d{1,2}(?:[.,]\d+)?(?:\s*[КK]\d+)?)$", re.IGNORECASE)


@dataclass
class Mapping:
    """What each column is. Rows and columns count from 0; `items` maps a column to its number and maximum."""

    sheet: str
    header: int
    columns: dict[int, str]
    items: dict[int, tuple[str, int | None]] = field(default_factory=dict)

    def at(self, role: str) -> int | None:
        return next((index for index, found in sorted(self.columns.items()) if found == role), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "header": self.header,
            "columns": {str(index): role for index, role in self.columns.items() if role},
            "items": {str(index): list(pair) for index, pair in self.items.items()},
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Mapping":
        columns = {int(index): role for index, role in data["columns"].items() if role in ROLES}
        items = {int(index): (str(pair[0]), pair[1]) for index, pair in data.get("items", {}).items()}
        return cls(data["sheet"], int(data["header"]), columns, items)


def _head(row: Row) -> list[str]:
    return [folded(cell) for cell in row[:SHOWN_COLUMNS]]


def header_digest(row: Row) -> str:
    """The same words in the same order give the same digest, whatever their case and spaces."""
    heads = _head(row)
    while heads and not heads[-1]:
        heads.pop()
    return hashlib.sha256("\x1f".join(heads).encode()).hexdigest()


def guess_header(rows: Sequence[Row]) -> int:
    """The row that names most columns we know, else the first with the most texts."""

    def words(row: Row) -> tuple[int, int]:
        known = sum(bool(guess_role(cell)) for cell in row)
        return known, sum(isinstance(cell, str) and bool(text(cell)) for cell in row)

    shown = list(rows[:_WITHIN])
    return max(range(len(shown)), key=lambda index: (*words(shown[index]), -index), default=0)


def guess_role(cell: Any) -> str:
    written = text(cell)
    if ITEM.match(written) or _ITEM.match(written):
        return "item"
    head = folded(cell)
    return next((role for role, pattern in _GUESSES if head and re.search(pattern, head)), "")


def item_of(cell: Any, place: int) -> tuple[str, int | None]:
    """Number and maximum of an item as its header writes them; without a number, its place among the items."""
    written = text(cell)
    if match := ITEM.match(written):
        return item_number(match["number"]), int(match["maximum"])
    if match := _ITEM.match(written):
        return item_number(match[1]), None
    return str(place), None


def guess(sheet: SheetRows, header: int | None = None) -> Mapping:
    """A first guess of what the columns are; maxima from the header or from the row of numbers beside it."""
    rows = sheet.rows
    at = guess_header(rows) if header is None else header
    heads = rows[at] if at < len(rows) else []
    columns: dict[int, str] = {}
    for index, cell in enumerate(heads[:SHOWN_COLUMNS]):
        role = guess_role(cell)
        if role and (role in MANY or role not in columns.values()):
            columns[index] = role
    items = {}
    maxima = _maxima(rows, at, [index for index, role in columns.items() if role == "item"])
    for place, index in enumerate((i for i, role in columns.items() if role == "item"), start=1):
        number, maximum = item_of(heads[index], place)
        items[index] = (number, maximum if maximum is not None else maxima.get(index))
    return Mapping(sheet.name, at, columns, items)


def _maxima(rows: Sequence[Row], header: int, items: list[int]) -> dict[int, int]:
    """Numbers over every item in the row above the header, or below it in a row that says «макс»."""
    above = rows[header - 1] if header else []
    below = rows[header + 1] if header + 1 < len(rows) else []
    for row, said in ((above, True), (below, any("макс" in folded(cell) for cell in below))):
        found = {index: whole(row[index]) if index < len(row) else None for index in items}
        if said and items and all(value is not None and 0 < value <= 100 for value in found.values()):
            return {index: value for index, value in found.items() if value is not None}
    return {}


def preview(sheets: Sequence[SheetRows]) -> list[dict[str, Any]]:
    """The first rows of each sheet as texts, small enough to be kept beside the file."""
    return [
        {
            "name": sheet.name,
            "size": len(sheet.rows),
            "rows": [
                [text(cell)[:SHOWN_LETTERS] for cell in row[:SHOWN_COLUMNS]] for row in sheet.rows[:SHOWN_ROWS]
            ],
        }
        for sheet in sheets[:10]
        if _is_table(sheet)
    ]  # fmt: skip


def _is_table(sheet: SheetRows) -> bool:
    """At least two rows of at least two filled cells."""
    return sum(sum(bool(text(cell)) for cell in row) >= 2 for row in sheet.rows[:200]) >= 2
