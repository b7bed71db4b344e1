"""«Сбор контекстных данных об ОО»: it carries names and telephones, so only codes and counts of it are ever read."""

import re
from typing import Any

from apps.core.findings import Refused, error
from apps.procedures.readers.assemble import fis_login
from apps.procedures.readers.neutral import Bridge, Reading, School, SheetRows
from apps.procedures.readers.text import Row, folded, text, whole

# Heads that may be kept: logins, codes, the name and the place of the school, counts of classes and pupils.
_ALLOWED = (
    re.compile(r"^(логин|пользователь|код региона|регион|муниципалитет|школа|название оо|дата загрузки)$"),
    re.compile(r"^(\d+\.\s*)?код\s+(огэ|егэ|оо в рис)"),
    re.compile(r"^\d{1,2}\s*класс\b.*(класс|обучающ)"),
    re.compile(r"(общ\w+|всего).*(численност|количеств|число)?.*обучающ"),
)
_QUESTIONNAIRE = ("фио директора", "опф", "код огэ", "код егэ", "организационно-правовая", "общая информация об оо")


def header_row(rows: list[Row]) -> int | None:
    for index, row in enumerate(rows[:10]):
        heads = [folded(cell) for cell in row]
        if not any(head in {"логин", "пользователь", "школа"} for head in heads):
            continue
        if any(word in head for head in heads for word in _QUESTIONNAIRE) or _has_frame(heads):
            return index
    return None


def _has_frame(heads: list[str]) -> bool:
    """The leading columns of 2022, but neither the protocol nor the list of classes of results."""
    results = any(head == "вариант" or head.startswith("буква") for head in heads)
    return {"пользователь", "код региона", "школа"} <= set(heads) and not results


def is_context(rows: list[Row]) -> bool:
    return header_row(rows) is not None


def is_allowed(head: Any) -> bool:
    """Whether a column under this header may be kept."""
    return any(pattern.search(folded(head)) for pattern in _ALLOWED)


def forbidden_columns(row: Row) -> set[int]:
    """Columns of a header of this questionnaire that are cleared before anything is stored."""
    return {index for index, cell in enumerate(row) if not is_allowed(cell)}


def _find(heads: list[str], *patterns: str) -> int | None:
    return next((i for i, head in enumerate(heads) if any(re.search(p, head) for p in patterns)), None)


def _cell(row: Row, index: int | None) -> Any:
    return row[index] if index is not None and index < len(row) else ""


def _school(row: Row, login: int | None, name: int | None, place: int | None) -> School | None:
    found = fis_login(_cell(row, login)) or fis_login(_cell(row, name))
    if found is None:
        return None
    code, _, title = text(_cell(row, place)).partition("|")
    own = text(_cell(row, name))
    own = own.split("|", 1)[1].strip() if "|" in own else "" if fis_login(own) else own
    return School("fis_oko", found[1], found[0], own[:300], code.strip() if title else "", (title or code).strip())


def read(sheet: SheetRows) -> Reading:
    """Codes of schools in ФИС ОКО and РИС. Raises Refused when no row has a login."""
    header = header_row(sheet.rows) or 0
    heads = [folded(cell) for cell in sheet.rows[header]]
    login, name = _find(heads, r"^логин$", r"^пользователь$"), _find(heads, r"^школа$", r"^название оо$")
    place = _find(heads, r"^муниципалитет$")
    nine, eleven = _find(heads, r"код огэ"), _find(heads, r"код егэ")
    pupils = _find(heads, r"(общ\w+|всего).*обучающ")
    bridges = []
    for number, row in enumerate(sheet.rows[header + 1 :], start=header + 2):
        school = _school(row, login, name, place)
        if school is not None:
            codes = (text(_cell(row, nine)), text(_cell(row, eleven)))
            bridges.append(Bridge(number, school, *codes, pupils=whole(_cell(row, pupils))))
    if not bridges:
        action = "Портал берёт из этого файла только логины и коды. Загрузите выгрузку, в которой есть логин школы."
        raise Refused([error("no_logins", "В анкете нет ни одного логина школы.", sheet=sheet.name, action=action)])
    return Reading("context", bridges=bridges)
