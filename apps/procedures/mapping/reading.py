"""From a named table to results of a work, or to counts of an olympiad. No Django here."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from apps.core.findings import Finding, Refused, error, notice
from apps.procedures.mapping.table import Mapping
from apps.procedures.readers import columns
from apps.procedures.readers.assemble import Layout, assemble, fis_login
from apps.procedures.readers.neutral import HeadItem, Identity, OlympiadRow, Reading, School, SheetRows
from apps.procedures.readers.subjects import canonical, subject_in
from apps.procedures.readers.text import Row, folded, text

_TOTALS = ("итого", "средн", "всего", "макс", "минимал")
WINNER, PRIZE_WINNER, PARTICIPANT = "winner", "prize", "participant"


def school_of(code: Any, name: Any) -> School | None:
    """A school by its login, its code or, where there is neither, its name."""
    found = fis_login(code) or fis_login(name)
    label = text(name)
    if found:
        return School("fis_oko", found[1], found[0], label)
    written = text(code)
    if written.isdigit() and len(written) == 6:
        return School("fis_oko", written, "edu", label)
    if written:
        return School("matrix", written[:20], "", label or written)
    if not label:
        return None
    return School("matrix", hashlib.sha256(folded(label).encode()).hexdigest()[:16], "", label)


def sheet_of(sheets: Sequence[SheetRows], mapping: Mapping) -> SheetRows:
    """The sheet that was mapped. Raises Refused when the file has no such sheet."""
    found = next((sheet for sheet in sheets if sheet.name == mapping.sheet), None)
    if found is None:
        action = "Укажите столбцы заново."
        raise Refused([error("sheet_missing", f"В файле нет листа «{mapping.sheet}».", action=action)])
    return found


def only_mapped(sheets: Sequence[SheetRows], mapping: Mapping) -> list[SheetRows]:
    """A copy that holds the mapped sheet without the columns nobody asked for, its title rows included."""
    sheet = sheet_of(sheets, mapping)
    kept = {index for index, role in mapping.columns.items() if role}
    rows = [
        row if number == mapping.header else [cell if i in kept else None for i, cell in enumerate(row)]
        for number, row in enumerate(sheet.rows)
    ]
    return [SheetRows(sheet.name, rows)]


def has_more(sheets: Sequence[SheetRows], mapping: Mapping) -> bool:
    """Whether something stands in columns or sheets that were not chosen."""
    sheet = sheet_of(sheets, mapping)
    kept = {index for index, role in mapping.columns.items() if role}
    return len(sheets) > 1 or any(
        cell not in (None, "")
        for row in sheet.rows[mapping.header + 1 :]
        for i, cell in enumerate(row)
        if i not in kept
    )


def _cell(row: Row, index: int | None) -> Any:
    return row[index] if index is not None and index < len(row) else ""


def _is_total(row: Row) -> bool:
    first = next((folded(cell) for cell in row if text(cell)), "")
    return first.startswith(_TOTALS)


def _rows(sheet: SheetRows, mapping: Mapping, roles: set[str]) -> tuple[list[Row], list[int]]:
    """Rows below the header that have something in the columns of `roles`, with their numbers."""
    wanted = [index for index, role in mapping.columns.items() if role in roles]
    found, numbers = [], []
    for number, row in enumerate(sheet.rows[mapping.header + 1 :], start=mapping.header + 2):
        if any(text(_cell(row, index)) for index in wanted) and not _is_total(row):
            found.append(row)
            numbers.append(number)
    if not found:
        action = "Проверьте, верно ли указаны строка заголовка и столбцы."
        raise Refused(
            [error("no_participants", "Под заголовком нет строк участников.", sheet=sheet.name, action=action)]
        )
    return found, numbers


def read_results(sheets: Sequence[SheetRows], mapping: Mapping, *, identity: Identity, own: School | None) -> Reading:
    """Results of one work; `own` is the school of a file that names none. Raises Refused."""
    sheet = sheet_of(sheets, mapping)
    rows, numbers = _rows(sheet, mapping, {"item", "total", "mark", "variant", "code"})
    code_at, name_at = mapping.at("school_code"), mapping.at("school_name")
    blank = width = max(*map(len, rows), 1)  # a column of nothing, for roles that the file lacks
    rows = [[*row, *[""] * (width + 1 - len(row))] for row in rows]
    if code_at is None and name_at is None and own is None:
        action = "Укажите столбец школы или выберите школу, о которой файл."
        raise Refused([error("school_unread", "Не указано, к какой школе относятся строки.", action=action)])
    items = [(index, HeadItem(number[:12], most)) for index, (number, most) in sorted(mapping.items.items())]
    layout = Layout(
        "matrix", sheet.name, blank if mapping.at("code") is None else int(mapping.at("code") or 0),
        mapping.at("variant"), mapping.at("klass"), mapping.at("total"), mapping.at("journal"), items,
        mark=mapping.at("mark"),
        school=(blank if code_at is None else code_at, blank if name_at is None else name_at),
        school_of=(lambda *_: own) if code_at is None and name_at is None else school_of, identity=identity,
    )  # fmt: skip
    results = assemble(layout, rows, np.asarray(numbers, np.int32))
    if mapping.at("total") is None:
        results.totals = columns.mapped([""] * len(rows), columns.total, np.int16)
    return Reading("matrix", results=[results])


def status_of(value: Any) -> str:
    word = folded(value)
    if word.startswith("победит"):
        return WINNER
    return PRIZE_WINNER if word.startswith(("приз", "призер")) else PARTICIPANT


def _grade(value: Any) -> int:
    digits = "".join(letter for letter in text(value)[:2] if letter.isdigit())
    return int(digits) if digits and 1 <= int(digits) <= 12 else 0


def read_olympiad(sheets: Sequence[SheetRows], mapping: Mapping, *, identity: Identity, own: School | None) -> Reading:
    """Rows of participants as (school, subject, grade, status, pupil); names were never read. Raises Refused."""
    sheet = sheet_of(sheets, mapping)
    rows, numbers = _rows(sheet, mapping, {"status", "total", "grade", "klass", "school_code", "school_name"})
    found: list[OlympiadRow] = []
    findings: list[Finding] = []
    unread = []
    at = mapping.at
    grade_at = at("grade") if at("grade") is not None else at("klass")
    for number, row in zip(numbers, rows, strict=True):
        school = own
        if at("school_code") is not None or at("school_name") is not None:
            school = school_of(_cell(row, at("school_code")), _cell(row, at("school_name")))
        written = text(_cell(row, at("subject")))
        subject = (subject_in(written) or canonical(written)) if written else identity.subject
        if school is None or not subject:
            unread.append(number)
            continue
        if folded(_cell(row, at("status"))).startswith(("не явил", "неявка", "отсутств")):
            continue
        person = text(_cell(row, at("person")))
        found.append(
            OlympiadRow(
                number, school, subject, _grade(_cell(row, grade_at)), status_of(_cell(row, at("status"))), person
            )
        )
    if not found:
        action = "Проверьте столбцы школы и предмета."
        raise Refused([error("no_participants", "Ни одной строки участника не прочитано.", action=action)])
    if unread:
        listed = ", ".join(map(str, unread[:20]))
        message = f"Строки без школы или предмета не учтены: {len(unread)}."
        findings.append(notice("rows_unread", message, sheet=sheet.name, found=f"строки {listed}"))
    return Reading("olympiad", olympiad=found, findings=findings)


def session_of(identity: Identity) -> Identity:
    """Works that are held several times a year keep each day apart."""
    if identity.held_on and identity.kind not in {"vpr"}:
        return replace(identity, session=identity.held_on.isoformat())
    return identity
