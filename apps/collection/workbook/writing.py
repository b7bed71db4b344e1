"""Making the workbook of one organisation: known values filled in, input cells typed and open, all else locked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from apps.collection.definition import FormDefinition, Given, Row
from apps.collection.workbook import layout
from apps.collection.workbook.excel import NotTranslatable, spreadsheet_formula
from apps.collection.workbook.guide import write_guide
from apps.collection.workbook.identity import SHEET, Identity
from apps.collection.workbook.layout import COLUMNS, FIRST_ROW, LETTERS
from apps.core.findings import Finding
from apps.indicators.formulas import FormulaError, parse
from apps.workbooks.writing import put_text, to_bytes

OPEN = Protection(locked=False)


@dataclass(frozen=True)
class Filling:
    """What goes into a workbook beside the form itself."""

    organization: str
    campaign: str
    period: str
    due_on: date
    contacts: str = ""
    instructions: str = ""
    answers: Mapping[str, Given] = field(default_factory=dict)
    sources: Mapping[str, Given] = field(default_factory=dict)  # known from other sources of the portal
    source_words: Mapping[str, str] = field(default_factory=dict)  # which source: «ОО‑1 на 20.09.2025»
    previous: Mapping[str, Decimal] = field(default_factory=dict)
    raw: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)  # what stood in value and note, as it stood
    remarks: Mapping[str, list[Finding]] = field(default_factory=dict)  # a comment in each faulty cell


def write_workbook(definition: FormDefinition, identity: Identity, filling: Filling) -> bytes:
    """The bytes of the xlsx. Empty cells are empty: nothing unknown becomes zero."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    write_guide(guide, definition, filling)
    _write_form(book.create_sheet(_sheet_name(definition)), definition, filling)
    hidden = book.create_sheet(SHEET)
    hidden["A1"] = identity.signed()
    hidden["A2"] = "Служебный лист портала: по нему книга узнаётся при загрузке. Не изменяйте его."
    hidden.sheet_state = "veryHidden"
    hidden.protection.sheet = True
    book.active = 1
    return to_bytes(book)


def _sheet_name(definition: FormDefinition) -> str:
    return f"Форма {definition.code}"[:31]


def _write_form(sheet: Worksheet, definition: FormDefinition, filling: Filling) -> None:
    places = _places(definition)
    _write_head(sheet, definition, filling, last=max(places.values(), default=FIRST_ROW))
    row_number = FIRST_ROW
    for section, rows in definition.sections:
        _write_section(sheet, row_number, section)
        row_number += 1
        for row in rows:
            _write_row(sheet, row_number, row, filling, places)
            row_number += 1
    _validate(sheet, definition, places)
    _finish(sheet, last=row_number - 1)


def _places(definition: FormDefinition) -> dict[str, int]:
    """The sheet row of each row of the form."""
    places, row_number = {}, FIRST_ROW
    for _, rows in definition.sections:
        row_number += 1
        for row in rows:
            places[row.key] = row_number
            row_number += 1
    return places


def _write_head(sheet: Worksheet, definition: FormDefinition, filling: Filling, *, last: int) -> None:
    for name, column in COLUMNS.items():
        sheet.column_dimensions[LETTERS[name]].width = column.width
        sheet.column_dimensions[LETTERS[name]].hidden = column.hidden
        if column.technical:
            sheet[f"{LETTERS[name]}{layout.TECHNICAL_ROW}"] = column.technical
        header = sheet[f"{LETTERS[name]}{layout.HEADER_ROW}"]
        header.value, header.font, header.fill = column.header, layout.WHITE, layout.HEADER
        header.alignment, header.border = layout.CENTRE, layout.GRID
    sheet.row_dimensions[layout.TECHNICAL_ROW].hidden = True
    sheet.row_dimensions[layout.HEADER_ROW].height = 48
    width = sum(column.width for column in COLUMNS.values() if not column.hidden)
    _line(sheet, layout.TITLE_ROW, definition.title, layout.TITLE, width * 0.7)
    about = f"{filling.organization}. За период: {filling.period}. Срок сдачи: {filling.due_on:%d.%m.%Y}."
    _line(sheet, layout.ABOUT_ROW, about, layout.BOLD, width)
    ranges = {name: f"${LETTERS[name]}${FIRST_ROW}:${LETTERS[name]}${last}" for name in ("required", "value", "note")}
    left = f'COUNTIFS({ranges["required"]},1,{ranges["value"]},"",{ranges["note"]},"")'
    formula = f'=IF({left}=0,"Все обязательные ячейки заполнены","Осталось заполнить ячеек: "&{left})'
    _line(sheet, layout.LEFT_ROW, formula, layout.BOLD, width)


def _line(sheet: Worksheet, row: int, text: str, font: Any, width: float) -> None:
    cell = sheet[f"A{row}"]
    cell.value, cell.font, cell.alignment = text, font, layout.WRAP
    sheet.merge_cells(f"A{row}:{layout.LAST_VISIBLE}{row}")
    sheet.row_dimensions[row].height = 18 if text.startswith("=") else layout.height(text, width, line=18)


def _write_section(sheet: Worksheet, row_number: int, section: str) -> None:
    for name, column in COLUMNS.items():
        if not column.hidden:
            sheet[f"{LETTERS[name]}{row_number}"].fill = layout.SECTION
    cell = sheet[f"A{row_number}"]
    put_text(cell, section)
    cell.font = layout.BOLD
    sheet.row_dimensions[row_number].height = 20


def _write_row(sheet: Worksheet, number: int, row: Row, filling: Filling, places: Mapping[str, int]) -> None:
    texts = {"number": row.number, "name": row.name, "unit": row.unit, "marks": ", ".join(row.marks), "key": row.key}
    for name, column in COLUMNS.items():
        cell = sheet[f"{LETTERS[name]}{number}"]
        cell.font, cell.alignment, cell.fill = layout.BASE, layout.WRAP, layout.LOCKED
        if not column.hidden:
            cell.border = layout.GRID
        if texts.get(name):
            put_text(cell, texts[name])
    sheet[f"{LETTERS['marks']}{number}"].font = layout.GREY
    if not row.is_given:
        sheet[f"{LETTERS['required']}{number}"] = 1 if row.is_required else 0
    value, previous = sheet[f"{LETTERS['value']}{number}"], sheet[f"{LETTERS['previous']}{number}"]
    _format(value, row)
    _format(previous, row)
    if row.key in filling.previous:
        previous.value = _shown(row, filling.previous[row.key])
    if row.is_derived:
        _write_formula(value, row, places)
    elif row.taken:
        value.value = _shown(row, row.taken.number)
        put_text(sheet[f"{LETTERS['note']}{number}"], f"Уже собрано: {row.taken.source}")
    else:
        _write_input(sheet, number, row, filling)
    sheet.row_dimensions[number].height = _row_height(row, filling)


def _row_height(row: Row, filling: Filling) -> float:
    note = _texts_of(filling.answers.get(row.key))
    return max(
        layout.height(row.name, COLUMNS["name"].width),
        layout.height(note, COLUMNS["note"].width),
        layout.height(", ".join(row.marks), COLUMNS["marks"].width),
    )


def _texts_of(given: Given | None) -> str:
    return (given.absence_reason or given.explanation) if given else ""


def _format(cell: Cell, row: Row) -> None:
    cell.alignment = layout.TOP_RIGHT
    if row.is_text:
        cell.number_format, cell.alignment = "@", layout.WRAP
    elif row.is_whole:
        cell.number_format = "#,##0"
    elif not row.is_yes_no:
        cell.number_format = "#,##0." + "0" * max(1, row.decimals)


def _write_formula(cell: Cell, row: Row, places: Mapping[str, int]) -> None:
    try:
        cell.value = spreadsheet_formula(
            parse(row.formula), lambda code: f"${LETTERS['value']}${places[code]}", decimals=max(1, row.decimals)
        )
    except (NotTranslatable, FormulaError, KeyError):
        put_text(cell, "вычислит портал")


def _write_input(sheet: Worksheet, number: int, row: Row, filling: Filling) -> None:
    value, note = sheet[f"{LETTERS['value']}{number}"], sheet[f"{LETTERS['note']}{number}"]
    given = filling.answers.get(row.key) or filling.sources.get(row.key)
    for cell in (value, note):
        cell.protection, cell.fill = OPEN, layout.INPUT
    if row.key in filling.raw:
        for cell, found in zip((value, note), filling.raw[row.key], strict=True):
            put_text(cell, found) if isinstance(found, str) else setattr(cell, "value", found)
    elif given is not None:
        if given.number is not None:
            value.value = _shown(row, given.number)
        elif given.text:
            put_text(value, given.text)
        if text := _texts_of(given):
            put_text(note, text)
        if row.key not in filling.answers and (words := filling.source_words.get(row.key)):
            text = f"Уже собрано: {words}. Проверьте число."
            value.comment = Comment(text, "Портал", width=260, height=60)
    if remarks := filling.remarks.get(row.key):
        value.fill = layout.FAULTY
        value.comment = Comment("\n\n".join(str(item) for item in remarks)[:2000], "Портал", width=360, height=160)


def _shown(row: Row, number: Decimal) -> str | int | Decimal:
    if row.is_yes_no:
        return "да" if number else "нет"
    return int(number) if number == number.to_integral_value() else number


def _validate(sheet: Worksheet, definition: FormDefinition, places: Mapping[str, int]) -> None:
    """Types of input cells: the editor stops a slip at once, the portal checks again all the same."""
    yes_no = DataValidation(type="list", formula1='"да,нет"', allow_blank=True, showErrorMessage=True)
    yes_no.error, yes_no.errorTitle = "Выберите «да» или «нет».", "Нужен ответ из списка"
    whole = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    whole.error, whole.errorTitle = "Введите целое число, 0 или больше.", "Нужно целое число"
    decimal = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    decimal.error, decimal.errorTitle = "Введите число, 0 или больше.", "Нужно число"
    for rule in (yes_no, whole, decimal):
        rule.showErrorMessage = True
    for row in definition.inputs:
        if row.is_text or (row.minimum is not None and row.minimum < 0):
            continue
        rule = yes_no if row.is_yes_no else whole if row.is_whole else decimal
        rule.add(f"{LETTERS['value']}{places[row.key]}")
    for rule in (yes_no, whole, decimal):
        if rule.sqref:
            sheet.add_data_validation(rule)


def _finish(sheet: Worksheet, *, last: int) -> None:
    inputs = f"{LETTERS['value']}{FIRST_ROW}:{LETTERS['value']}{last}"
    first = f"{LETTERS['value']}{FIRST_ROW}"
    filled = f"AND(LEN({first})>0,ISNUMBER(${LETTERS['required']}{FIRST_ROW}))"
    sheet.conditional_formatting.add(inputs, FormulaRule(formula=[filled], fill=layout.FILLED))
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: people may
    sheet.print_title_rows = f"{layout.HEADER_ROW}:{layout.HEADER_ROW}"
    sheet.print_area = f"A{layout.TITLE_ROW}:{layout.LAST_VISIBLE}{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.oddFooter.center.text = "Страница &P из &N"
    sheet.sheet_view.showGridLines = False
