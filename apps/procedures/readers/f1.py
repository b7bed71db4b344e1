"""ФИС ОКО, Ф1 «Индивидуальные результаты»: frame in rows 1–6, levels above the header, separators by school."""

import re
from typing import Any

from apps.core.findings import Refused, notice
from apps.procedures.readers.assemble import Layout, assemble, blank_form, fis_login, participants
from apps.procedures.readers.identity import of_frame
from apps.procedures.readers.neutral import HeadItem, Reading, Results, School, SheetRows
from apps.procedures.readers.text import ITEM, LOGIN, Row, folded, item_number, text

_DECLARED = re.compile(r"кол-во участников:\s*(\d+)", re.IGNORECASE)
_HEADS = {
    "login": "оо",
    "municipality": "муниципалитет",
    "name": "название оо",
    "code": "код участника",
    "klass": "класс",
    "variant": "вариант",
    "total": "первичный балл",
    "mark": "отметка",
}


def header_row(rows: list[Row]) -> int | None:
    """Index of the header, if the sheet is of this family."""
    for index, row in enumerate(rows[:20]):
        heads = {folded(cell) for cell in row}
        if {"код участника", "вариант", "первичный балл"} <= heads and ("оо" in heads or "название оо" in heads):
            return index
    return None


def _school(login: Any, municipality: Any, name: Any) -> School | None:
    found = fis_login(login) or fis_login(name)
    if found is None:
        return None
    own_name = re.sub(r"\s*\(" + LOGIN.pattern + r"\)\s*$", "", text(name), flags=re.IGNORECASE)
    return School("fis_oko", found[1], found[0], own_name, "", text(municipality))


def _check_declared(results: Results, rows: list[Row]) -> None:
    """Warn when a school declares another number of participants than it has rows."""
    counted: dict[str, int] = {}
    for index in results.school.tolist():
        digits = results.schools[index].digits
        counted[digits] = counted.get(digits, 0) + 1
    for number, row in enumerate(rows, start=1):
        first = text(row[0]) if row else ""
        declared, login = _DECLARED.search(first), fis_login(first)
        if declared and login and counted.get(login[1], 0) != int(declared[1]):
            results.findings.append(
                notice(
                    "declared_count_differs",
                    "Число участников школы не совпадает с числом строк.",
                    sheet=results.sheet,
                    row=number,
                    found=f"строк: {counted.get(login[1], 0)}",
                    expected=f"участников: {declared[1]}",
                    action="Проверьте, что файл выгружен полностью.",
                )
            )


def read(sheet: SheetRows) -> Reading:
    """Raises Refused when there is no participant."""
    header = header_row(sheet.rows) or 0
    rows = sheet.rows
    heads = [folded(cell) for cell in rows[header]]
    at = {role: heads.index(head) if head in heads else None for role, head in _HEADS.items()}
    journal = next((i for i, head in enumerate(heads) if head.startswith("отметк") and "журнал" in head), None)
    levels = rows[header - 1] if header else []
    items = []
    for index, cell in enumerate(rows[header]):
        if match := ITEM.match(text(cell)):
            level = text(levels[index]).upper() if index < len(levels) else ""
            level = level if level in {"Б", "П", "В"} else ""
            items.append((index, HeadItem(item_number(match["number"]), int(match["maximum"]), level)))
    identity, maximum = of_frame(rows)
    found, numbers = participants(rows, first=header + 1, column=at["code"] or 0)
    if not found:
        raise Refused([blank_form("f1", sheet.name)])
    last = max(len(row) for row in found)
    school = tuple(last if at[role] is None else int(at[role] or 0) for role in ("login", "municipality", "name"))
    found = [[*row, *[""] * (last + 1 - len(row))] for row in found] if last in school else found
    layout = Layout(
        "f1", sheet.name, at["code"] or 0, at["variant"], at["klass"], at["total"], journal, items,
        mark=at["mark"], school=school, school_of=_school, identity=identity, maximum=maximum,
    )  # fmt: skip
    results = assemble(layout, found, numbers)
    _check_declared(results, rows)
    return Reading("f1", results=[results])
