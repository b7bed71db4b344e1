"""ФИС ОКО, Ф1 «Индивидуальные результаты»: frame in rows 1–6, levels above the header, separators by school."""

import re
from typing import Any

from apps.core.findings import Refused, notice
from apps.procedures.readers.assemble import Layout, assemble, blank_form, fis_login, participants
from apps.procedures.readers.heads import items_between, journal_column
from apps.procedures.readers.identity import of_frame
from apps.procedures.readers.neutral import Reading, Results, School, SheetRows
from apps.procedures.readers.text import LOGIN, Row, folded, text

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
_HEADER_WITHIN = 40


def header_row(rows: list[Row]) -> int | None:
    """Index of the header, if the sheet is of this family."""
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        heads = {folded(cell) for cell in row}
        if {"код участника", "вариант", "первичный балл"} <= heads:
            own = "оо" in heads or "название оо" in heads
            return index if own or any(map(_separator, rows[index + 1 : index + 4])) else None
    return None


def _separator(row: Row) -> str:
    """The title of a school over its participants, «МБОУ «…»(edu990101) | Кол-во участников: 25», or nothing."""
    first = next((text(cell) for cell in row if text(cell)), "")
    return first if _DECLARED.search(first) and fis_login(first) else ""


def _school(login: Any, municipality: Any, name: Any) -> School | None:
    found = fis_login(login) or fis_login(name)
    if found is None:
        return None
    own_name, _, above = text(name).partition(" | ")
    own_name = re.sub(r"\s*\(" + LOGIN.pattern + r"\)\s*$", "", own_name, flags=re.IGNORECASE)
    return School("fis_oko", found[1], found[0], own_name, "", "" if above else text(municipality))


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
    head_items = items_between(rows, header, after=at["variant"], before=at["total"], sheet=sheet.name)
    identity, maximum = of_frame(rows[:header])
    found, numbers = participants(rows, first=header + 1, column=at["code"] or 0)
    if not found:
        raise Refused([blank_form("f1", sheet.name)])
    last = max(len(row) for row in found)
    over = _names_above(rows, numbers.tolist()) if at["login"] is None and at["name"] is None else [""] * len(found)
    school = tuple(last if at[role] is None else int(at[role] or 0) for role in ("login", "municipality", "name"))
    if last in school:
        found = [[*row, *[""] * (last - len(row)), above] for row, above in zip(found, over, strict=True)]
    layout = Layout(
        "f1", sheet.name, at["code"] or 0, at["variant"], at["klass"], at["total"], journal_column(heads, at["mark"]),
        head_items.items, mark=at["mark"], school=school, school_of=_school, identity=identity, maximum=maximum,
    )  # fmt: skip
    results = assemble(layout, found, numbers)
    results.findings += head_items.findings
    _check_declared(results, rows)
    return Reading("f1", results=[results])


def _names_above(rows: list[Row], numbers: list[int]) -> list[str]:
    """For each participant's row the separator of its school: some copies have no column of the school."""
    over, place, wanted = "", 0, []
    for number in numbers:
        while place < number:
            over = _separator(rows[place]) or over
            place += 1
        wanted.append(over)
    return wanted
