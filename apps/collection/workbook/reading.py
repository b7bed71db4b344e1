"""Reading a filled workbook back: found by its signed line and the keys of its rows, never by position.

Inserted rows and columns, swapped columns, a renamed sheet change nothing. What cannot be read stands in the findings
with sheet and cell; `Refused` is raised only when the workbook as a whole is not the one that was asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from apps.collection.definition import FormDefinition, Given, Row
from apps.collection.entries import BadEntry, Entry, plain, read_number
from apps.collection.typed import entry_of, given_of
from apps.collection.workbook import layout
from apps.collection.workbook.identity import MARK, SHEET, TAKE_AGAIN, Identity, differs, unsigned
from apps.core.findings import Finding, Refused, error, notice
from apps.workbooks.cells import Cell, CellProblem, address, clean_text, match_code, normalise_header, show
from apps.workbooks.reading import Sheet, Workbook


@dataclass
class Reading:
    """What the workbook says. `raw` keeps value and note as they stood, for the workbook that is given back."""

    answers: dict[str, Given] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    faulty: dict[str, list[Finding]] = field(default_factory=dict)  # by the key of the row
    raw: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    sheet: str = ""
    revision: int = 0  # of the answers when the workbook was made

    def fault(self, key: str, finding: Finding) -> None:
        self.findings.append(finding)
        self.faulty.setdefault(key, []).append(finding)


@dataclass(frozen=True)
class _Columns:
    header_row: int
    key: int
    value: int
    note: int | None
    by_number: bool = False  # the hidden code column is gone: rows are told by «№ строки»


def read_filled(book: Workbook, definition: FormDefinition, identity: Identity) -> Reading:
    """The answers of the workbook. Raises Refused: not ours, altered, of another organisation, period or version."""
    revision = _require_identity(book, identity)
    sheet, columns = _form_sheet(book, definition)
    reading = Reading(sheet=sheet.name, findings=[*book.notices], revision=revision)
    for other in book.visible:
        if other is not sheet and other.name != layout.GUIDE_SHEET and other.rows:
            reading.findings.append(notice("extra_sheet", "лишний лист: его содержимое не читалось.", sheet=other.name))
    rows = _rows_by_key(sheet, columns, definition, reading)
    for row in definition.inputs:
        if row.key in rows:
            _read_row(sheet, columns, rows[row.key], row, reading)
        else:
            message = f"{row.label}: этой строки в книге нет."
            reading.fault(row.key, error("row_missing", message, sheet=sheet.name, action=TAKE_AGAIN))
    if not any(given.is_answered for given in reading.answers.values()) and not reading.faulty:
        message = "В книге нет ни одного значения: форма пустая. Ничего не записано."
        action = "Заполните жёлтые ячейки столбца «Значение», сохраните книгу и загрузите её снова."
        raise Refused([error("blank_form", message, sheet=sheet.name, action=action)])
    return reading


def _require_identity(book: Workbook, identity: Identity) -> int:
    """The revision at which the workbook was made. Raises Refused."""
    lines = [
        cell
        for sheet in book.sheets
        for row in (sheet.rows[:50] if sheet.name == SHEET or not sheet.is_visible else sheet.rows[:5])
        for cell in row[:10]
        if isinstance(cell, str) and cell.startswith(MARK)
    ]
    if not lines:
        message = "Это не книга формы с портала, или её служебный лист удалён: понять, чьи это данные, нельзя."
        raise Refused([error("no_identity", message, action=TAKE_AGAIN)])
    found = {unsigned(line) for line in lines}
    if None in found or len(found) > 1:
        message = "Служебный лист книги изменён: подпись портала не подходит."
        raise Refused([error("altered_identity", message, action=TAKE_AGAIN)])
    one = found.pop()
    assert one is not None
    problems = differs(one, identity)
    if problems:
        raise Refused(problems)
    return one.revision


def _form_sheet(book: Workbook, definition: FormDefinition) -> tuple[Sheet, _Columns]:
    found = [(sheet, columns) for sheet in book.sheets if (columns := _columns_of(sheet))]
    if len(found) > 1:
        names = ", ".join(f"«{sheet.name}»" for sheet, _ in found)
        message = "В книге несколько листов с этой формой: непонятно, какой из них верный."
        raise Refused([error("two_forms", message, found=names, action="Оставьте один лист и загрузите книгу снова.")])
    if not found:
        message = "В книге нет листа с формой: не найдены столбцы «№ строки» и «Значение»."
        expected = f"лист «Форма {definition.code}»"
        raise Refused([error("no_form_sheet", message, expected=expected, action=TAKE_AGAIN)])
    return found[0]


def _columns_of(sheet: Sheet) -> _Columns | None:
    """By the technical headers; where their row is gone, by the visible ones."""
    for number, row in enumerate(sheet.rows[:60], start=1):
        places = {cell: place for place, cell in enumerate(row, start=1) if isinstance(cell, str)}
        if layout.KEY in places and layout.VALUE in places:
            return _Columns(number, places[layout.KEY], places[layout.VALUE], places.get(layout.NOTE))
    wanted = {name: normalise_header(layout.COLUMNS[name].header) for name in ("number", "value", "note", "key")}
    for number, row in enumerate(sheet.rows[:60], start=1):
        places = {normalise_header(cell): place for place, cell in enumerate(row, start=1) if isinstance(cell, str)}
        if wanted["value"] in places and wanted["number"] in places:
            key = places.get(wanted["key"])
            note = places.get(wanted["note"])
            return _Columns(
                number, key or places[wanted["number"]], places[wanted["value"]], note, by_number=key is None
            )
    return None


def _rows_by_key(sheet: Sheet, columns: _Columns, definition: FormDefinition, reading: Reading) -> dict[str, int]:
    """The sheet row of each row of the form. Unknown and repeated codes are faults; nothing is counted twice."""
    known = {(row.number if columns.by_number else row.key): row.key for row in definition.rows}
    found: dict[str, int] = {}
    for number in range(columns.header_row + 1, len(sheet.rows) + 1):
        code = sheet.cell(number, columns.key)
        place = address(number, columns.value)
        text = clean_text(str(code)) if code is not None and not isinstance(code, CellProblem) else ""
        key = known.get(match_code(text, known) or "") if text else None
        if key is None:
            _report_stranger(sheet, columns, number, text, reading)
        elif key in found:
            first = address(found[key], columns.value)
            row = definition.by_key[key]
            if not row.is_given:
                message = f"{row.label} встречается в книге дважды: {first} и {place}."
                action = "Удалите лишнюю строку."
                reading.fault(key, error("row_twice", message, sheet=sheet.name, cell=place, action=action))
        else:
            found[key] = number
    return found


def _report_stranger(sheet: Sheet, columns: _Columns, number: int, text: str, reading: Reading) -> None:
    """A row that is not of the form: harmless unless somebody entered a number there."""
    value = sheet.cell(number, columns.value)
    if value is None or normalise_header(value) == normalise_header(layout.COLUMNS["value"].header):
        return
    reading.findings.append(
        error(
            "unknown_row",
            "такой строки в форме нет, значение не прочитано.",
            sheet=sheet.name,
            cell=address(number, columns.value),
            found=f"«{show(value)}»" + (f", код «{show(text)}»" if text else ""),
            action="Удалите эту строку или перенесите значение в нужную.",
        )
    )


def _read_row(sheet: Sheet, columns: _Columns, number: int, row: Row, reading: Reading) -> None:
    value, place = sheet.cell(number, columns.value), address(number, columns.value)
    note_cell = sheet.cell(number, columns.note) if columns.note else None
    note = (
        "" if isinstance(note_cell, CellProblem) else clean_text(show(note_cell, 2000)) if note_cell is not None else ""
    )
    reading.raw[row.key] = (_kept(value), note or None)
    merged = sheet.merged_at(number, columns.value)
    if merged:
        action = "Снимите объединение и впишите значение в каждую ячейку."
        message = f"{row.label}: ячейка объединена с соседними ({merged})."
        reading.fault(row.key, error("merged", message, sheet=sheet.name, cell=place, action=action))
        return
    try:
        entry = _entry(sheet, number, columns, row, value)
        given = given_of(row, entry, note)
    except BadEntry as bad:
        in_note = columns.note and bad.code == "personal_data" and not row.is_text
        where = address(number, columns.note) if in_note and columns.note else place
        reading.fault(row.key, _bad(bad, row, sheet.name, where))
        return
    notes = [*given.notes, *_remarkable(sheet.formula(number, columns.value), entry)]
    reading.answers[row.key] = replace(given, cell=place, sheet=sheet.name, notes=tuple(notes))


def _kept(value: Cell) -> Any:
    """As the workbook that is given back shows it; what is no plain value is shown as text."""
    return value if value is None or isinstance(value, str | int | float) else show(value)


def _entry(sheet: Sheet, number: int, columns: _Columns, row: Row, value: Cell) -> Entry:
    is_percent = address(number, columns.value) in sheet.percents and isinstance(value, int | float)
    if is_percent and not row.is_yes_no and not row.is_text:
        return _percent(row, value)  # type: ignore[arg-type]
    return entry_of(row, value)


def _percent(row: Row, value: float) -> Entry:
    """A cell shown as a percent holds 0,85 for «85 %»."""
    entry = read_number(value)
    assert entry.number is not None
    shown = f"«{plain(entry.number * 100)} %»"
    if row.value_type != "percent":
        raise BadEntry(
            "percent", "ячейка в формате процентов, а нужно число.", found=shown, expected="число",
            action="Задайте ячейке числовой формат и введите число заново.",
        )  # fmt: skip
    return replace(entry, number=entry.number * Decimal(100), changed_from=shown)


def _remarkable(formula: str, entry: Entry) -> Iterator[str]:
    """What people should know about how the cell was read."""
    if formula:
        said = plain(entry.number) if entry.number is not None else "результат"
        yield f"в ячейке формула; взято сохранённое значение {said}."
    elif entry.changed_from and entry.number is not None:
        yield f"записано как {entry.changed_from}, прочитано как {plain(entry.number)}."


def _bad(bad: BadEntry, row: Row, sheet: str, place: str) -> Finding:
    return error(
        bad.code, f"{row.label}: {bad.message}", sheet=sheet, cell=place, found=bad.found, expected=bad.expected,
        action=bad.action,
    )  # fmt: skip
