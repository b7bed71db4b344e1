"""Plain tables on their way out, as xlsx or csv. Nothing written here is a formula unless we made it one.

Texts that a spreadsheet would run (they begin with = + - @, a tab or a full-width twin) leave as texts: in xlsx by the
type of the cell, in csv behind an apostrophe, which `read_workbook` takes away again.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from apps.workbooks.cells import clean_text, show
from apps.workbooks.csvs import guard

Value = str | int | float | bool | Decimal | date | datetime | None
HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
_LONGEST = 32_767


def export_table(
    headers: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    kind: Literal["xlsx", "csv"] = "xlsx",
    title: str = "Данные",
) -> bytes:
    """A table with a header as the bytes of a file. csv: UTF-8 with BOM, semicolons, decimal comma, as Excel opens it.

    `title` names the sheet. Rows are taken one by one, so a generator does not fill the memory.
    """
    return _csv(headers, rows) if kind == "csv" else _xlsx(headers, rows, title)


def _xlsx(headers: Sequence[str], rows: Iterable[Sequence[Value]], title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(title))
    sheet.freeze_panes = "A2"
    for number, header in enumerate(headers, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(10, min(40, len(header) + 2))
    sheet.append([_styled_header(sheet, header) for header in headers])
    for row in rows:
        sheet.append([_written(sheet, value) for value in row])
    return to_bytes(book)


def _styled_header(sheet: Any, text: str) -> WriteOnlyCell:
    cell = text_cell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = HEADER_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _written(sheet: Any, value: Value) -> Any:
    return text_cell(sheet, value) if isinstance(value, str) else value


def text_cell(sheet: Any, text: str) -> WriteOnlyCell:
    """A text for a row of a write-only sheet."""
    cell = WriteOnlyCell(sheet)
    put_text(cell, text)
    return cell


def put_text(cell: Any, text: str) -> None:
    """Write a text that stays a text, whatever it begins with."""
    cell.value = clean_text(text)[:_LONGEST]
    cell.data_type = "s"


def sheet_title(text: str) -> str:
    """A name that spreadsheets allow for a sheet: no []:*?/\\ and at most 31 letters."""
    return "".join(" " if c in "[]:*?/\\" else c for c in clean_text(text)).strip("' ")[:31] or "Лист"


def to_bytes(book: Workbook) -> bytes:
    """The file, with nothing about who or what made it in its properties."""
    book.properties.creator = None
    book.properties.lastModifiedBy = None
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _csv(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([guard(clean_text(header)) for header in headers])
    for row in rows:
        writer.writerow([_csv_text(value) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _csv_text(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return guard(clean_text(value))
        case bool():
            return "да" if value else "нет"
        case Decimal():
            return format(value, "f").replace(".", ",")
    return show(value)
