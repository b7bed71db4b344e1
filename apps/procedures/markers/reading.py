"""A published list of markers: year, login, one column a marker, their count. No Django here."""

import re
from dataclasses import dataclass

from apps.core.findings import Finding, Refused, error, notice
from apps.procedures.readers.assemble import fis_login
from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.text import Row, folded, text, whole

_MARKER = re.compile(r"^(?:\d{1,2}\s*[а-яё]{2,}|[а-яё]{2,}\s*\d{1,2})$", re.IGNORECASE)  # «4 РУ»


@dataclass(frozen=True)
class MarkerRow:
    row: int
    year: int
    prefix: str
    digits: str
    name: str
    municipality: str
    columns: tuple[str, ...]


def _header(rows: list[Row]) -> int | None:
    for index, row in enumerate(rows[:20]):
        heads = [folded(cell) for cell in row]
        if "логин" in heads and any(_MARKER.match(head) for head in heads):
            return index
    return None


def read_markers(sheet: SheetRows) -> tuple[list[MarkerRow], list[Finding]]:
    """Rows with a login and a year; a count that differs from the marked columns is told. Raises Refused."""
    header = _header(sheet.rows)
    if header is None:
        action = "Нужны столбцы «Год», «Логин» и столбцы маркеров вида «4 РУ»."
        raise Refused([error("no_markers", "Список маркеров не узнан.", sheet=sheet.name, action=action)])
    heads = [text(cell) for cell in sheet.rows[header]]
    at = {folded(head): index for index, head in enumerate(heads)}
    marked = [(index, head.upper()) for index, head in enumerate(heads) if _MARKER.match(folded(head))]
    declared = next((i for i, head in enumerate(heads) if folded(head).startswith("количество")), None)
    found, findings, unread = [], [], []

    def cell(row: Row, index: int | None) -> str:
        return text(row[index]) if index is not None and index < len(row) else ""

    for number, row in enumerate(sheet.rows[header + 1 :], start=header + 2):
        login, year = fis_login(cell(row, at["логин"])), whole(cell(row, at.get("год")))
        columns = tuple(name for index, name in marked if cell(row, index) not in {"", "0"})
        if login is None or year is None or not 2015 <= year <= 2100:
            if any(text(value) for value in row):
                unread.append(number)
            continue
        count = whole(cell(row, declared))
        if count is not None and count != len(columns):
            message = "Количество маркеров не равно числу отмеченных столбцов."
            findings.append(notice("count_differs", message, sheet=sheet.name, row=number, found=str(count)))
        place = cell(row, at.get("муниципалитет"))
        found.append(MarkerRow(number, year, *login, cell(row, at.get("оо"))[:400], place[:200], columns))
    if unread:
        listed = ", ".join(map(str, unread[:20]))
        findings.append(notice("rows_unread", f"Строки без логина или года пропущены: {len(unread)}.", found=listed))
    if not found:
        raise Refused([error("no_markers", "В списке нет ни одной строки с логином и годом.", sheet=sheet.name)])
    return found, findings
