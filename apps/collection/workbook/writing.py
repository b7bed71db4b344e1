"""Making the workbook of one organisation: known values filled in, input cells typed and open, all else locked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from apps.collection.compiled import formula
from apps.collection.definition import FormDefinition, Given, Row
from apps.collection.typed import EXPLANATION_LIMIT
from apps.collection.workbook.excel import NotTranslatable, spreadsheet_formula
from apps.collection.workbook.guide import write_guide
from apps.collection.workbook.identity import Identity
from apps.collection.workbook.layout import COLUMNS, HIDDEN, LETTERS, PLACES
from apps.core.findings import Finding
from apps.indicators.formulas import FormulaError
from apps.workbooks.template_book import (
    Calculated,
    Choice,
    Input,
    Locked,
    Number,
    Part,
    Rule,
    TemplateBook,
    TemplateSheet,
    Text,
    Whole,
)

FIRST_ROW = 7  # under the hidden marks, the title with two notes, an empty line and the header
YES_NO = Choice(("да", "нет"))
ABOUT_IDENTITY = "Служебный лист портала: по нему книга узнаётся при загрузке. Не изменяйте его."


@dataclass(frozen=True)
class Filling:
    """What goes into a workbook beside the form itself."""

    organization: str
    campaign: str
    period: str
    due_on: date
    contacts: str = ""
    instructions: str = ""
    experts: str = ""
    answers: Mapping[str, Given] = field(default_factory=dict)
    sources: Mapping[str, Given] = field(default_factory=dict)  # known from other sources of the portal
    source_words: Mapping[str, str] = field(default_factory=dict)  # which source: «ОО‑1 на 20.09.2025»
    previous: Mapping[str, Decimal] = field(default_factory=dict)
    raw: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)  # what stood in value and note, as it stood
    remarks: Mapping[str, list[Finding]] = field(default_factory=dict)  # a comment in each faulty cell


def write_workbook(definition: FormDefinition, identity: Identity, filling: Filling) -> bytes:
    """The bytes of the xlsx. Empty cells are empty: nothing unknown becomes zero."""
    book = TemplateBook(identity={identity.signed(): ABOUT_IDENTITY}, title=definition.title)
    write_guide(book, definition, filling)
    widths = [column.width for column in COLUMNS.values()]
    _write_form(book.sheet(f"Форма {definition.code}", widths=widths, hidden=HIDDEN), definition, filling)
    return book.to_bytes(opens_at=1)


def _write_form(sheet: TemplateSheet, definition: FormDefinition, filling: Filling) -> None:
    places = _places(definition)
    sheet.technical({PLACES[name]: column.technical for name, column in COLUMNS.items() if column.technical})
    about = f"{filling.organization}. За период: {filling.period}. Срок сдачи: {filling.due_on:%d.%m.%Y}."
    sheet.title(definition.title, about, _left(max(places.values(), default=FIRST_ROW)))
    sheet.header([column.header for column in COLUMNS.values()])
    assert sheet.next_row == FIRST_ROW
    for section, rows in definition.sections:
        sheet.section(section)
        for row in rows:
            sheet.row(_parts(row, filling, places))
    sheet.mark_filled(PLACES["value"], first=FIRST_ROW, where=PLACES["required"])


def _places(definition: FormDefinition) -> dict[str, int]:
    """The sheet row of each row of the form."""
    places, row_number = {}, FIRST_ROW
    for _, rows in definition.sections:
        row_number += 1
        for row in rows:
            places[row.key] = row_number
            row_number += 1
    return places


def _left(last: int) -> Calculated:
    """«Осталось заполнить ячеек: N», counted by the spreadsheet."""
    ranges = {name: f"${LETTERS[name]}${FIRST_ROW}:${LETTERS[name]}${last}" for name in ("required", "value", "note")}
    left = f'COUNTIFS({ranges["required"]},1,{ranges["value"]},"",{ranges["note"]},"")'
    return Calculated(f'=IF({left}=0,"Все обязательные ячейки заполнены","Осталось заполнить ячеек: "&{left})')


def _parts(row: Row, filling: Filling, places: Mapping[str, int]) -> list[Part]:
    """The cells of a row, in the order of the columns."""
    value, note = _value_and_note(row, filling, places)
    earlier = filling.previous.get(row.key)
    return [
        Locked(row.number),
        Locked(row.name),
        Locked(row.unit),
        value,
        Locked(None if earlier is None else _shown(row, earlier), number_format=_format(row)),
        note,
        Locked(", ".join(row.marks), soft=True),
        Locked(row.key),
        Locked(None if row.is_given else int(row.is_required)),
    ]


def _value_and_note(row: Row, filling: Filling, places: Mapping[str, int]) -> tuple[Part, Part]:
    if row.is_derived:
        return _formula(row, places), Locked()
    if row.taken:
        shown = Locked(_shown(row, row.taken.number), number_format=_format(row))
        return shown, Locked(f"Уже собрано: {row.taken.source}")
    given = filling.answers.get(row.key) or filling.sources.get(row.key)
    value: Any = None
    note: Any = None
    if row.key in filling.raw:
        value, note = filling.raw[row.key]
    elif given is not None:
        value = _shown(row, given.number) if given.number is not None else given.text or None
        note = given.absence_reason or given.explanation or None
    remark = "\n\n".join(str(item) for item in filling.remarks.get(row.key, ()))
    cell = Input(_rule(row), value, number_format=_format(row), remark=remark, told=_origin(row, filling))
    return cell, Input(Text(EXPLANATION_LIMIT), note)


def _origin(row: Row, filling: Filling) -> str:
    """Where a number that nobody has answered yet comes from."""
    words = "" if row.key in filling.answers or row.key in filling.raw else filling.source_words.get(row.key, "")
    return f"Уже собрано: {words}. Проверьте число." if words else ""


def _rule(row: Row) -> Rule:
    """What the editor checks at once; the portal checks again all the same."""
    if row.is_yes_no:
        return YES_NO
    if row.is_text:
        return Text(4000)
    least = Decimal(0) if row.minimum is None else row.minimum
    return Whole(minimum=int(least)) if row.is_whole else Number(minimum=least, decimals=max(1, row.decimals))


def _format(row: Row) -> str:
    if row.is_text or row.is_yes_no:
        return "@" if row.is_text else "General"
    return "#,##0" if row.is_whole else "#,##0." + "0" * max(1, row.decimals)


def _formula(row: Row, places: Mapping[str, int]) -> Part:
    try:
        text = spreadsheet_formula(
            formula(row.formula), lambda code: f"${LETTERS['value']}${places[code]}", decimals=max(1, row.decimals)
        )
    except (NotTranslatable, FormulaError, KeyError):
        return Locked("вычислит портал", soft=True)
    return Calculated(text, number_format=_format(row))


def _shown(row: Row, number: Decimal) -> str | int | Decimal:
    if row.is_yes_no:
        return "да" if number else "нет"
    return int(number) if number == number.to_integral_value() else number
