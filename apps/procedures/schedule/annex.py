"""The schedule as a workbook laid out as the annex of an order."""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from apps.procedures.schedule.reading import Entry
from apps.procedures.schedule.selectors import Row
from apps.workbooks.writing import HEADER_FILL, put_text, to_bytes

_LINE = Side(style="thin", color="8A98A5")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
LINE_HEIGHT = 15.5  # points
MUNICIPAL = (("№", 5), ("Процедура", 46), ("Уровень", 16), ("Класс", 9), ("Дни", 24), ("Утверждающий документ", 46))
OF_SCHOOL = (("№", 5), ("Работа", 46), ("Уровень", 16), ("Классы", 14), ("Дни", 24), ("Урок", 14), ("Документ", 40))


def municipal_rows(rows: Iterable[Row]) -> list[list[str]]:
    return [
        [
            row.procedure.title,
            row.procedure.get_level_display(),
            str(row.procedure.grade),
            row.days,
            row.procedure.document or "нет",
        ]
        for row in rows
    ]


def school_rows(entries: Iterable[Entry]) -> list[list[str]]:
    return [
        [
            entry.procedure.title,
            entry.procedure.get_level_display(),
            entry.classes or str(entry.procedure.grade),
            entry.days if not entry.needs_day else f"{entry.days}, день не выбран",
            entry.lesson_text or "не указан",
            entry.procedure.document or "нет",
        ]
        for entry in entries
    ]


def workbook(*, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]], note: str = "") -> bytes:
    """One sheet, A4 across, header repeated on each page; the number and date of the order are left to be written."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "График"
    last = len(columns)
    _across(sheet, 1, last, "Приложение к приказу от «___» ____________ 20___ г. № ______", align="right")
    _across(sheet, 3, last, title, align="center", font=Font(bold=True, size=13))
    sheet.row_dimensions[3].height = 36
    for place, (header, width) in enumerate(columns, start=1):
        cell = sheet.cell(row=5, column=place)
        put_text(cell, header)
        cell.font, cell.fill, cell.border = Font(bold=True), HEADER_FILL, _BORDER
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = width
    at = 5
    for number, texts in enumerate(rows, start=1):
        at += 1
        sheet.cell(row=at, column=1, value=number)
        for place, text in enumerate(texts, start=2):
            put_text(sheet.cell(row=at, column=place), text)
        for place in range(1, last + 1):
            cell = sheet.cell(row=at, column=place)
            side = "center" if place == 1 else "left"
            cell.border, cell.alignment = _BORDER, Alignment(wrap_text=True, vertical="top", horizontal=side)
        sheet.row_dimensions[at].height = LINE_HEIGHT * _lines(texts, columns[1:])
    if note:
        _across(sheet, at + 2, last, note, align="left", font=Font(italic=True, size=9))
        sheet.row_dimensions[at + 2].height = 30
    sheet.print_title_rows = "5:5"
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return to_bytes(book)


def _lines(texts: Sequence[str], columns: Sequence[tuple[str, int]]) -> int:
    """How many lines the fullest cell of a row takes: not every program fits the height to wrapped text by itself."""
    return max(len(wrap(text, width - 2)) or 1 for text, (_, width) in zip(texts, columns, strict=True))


def _across(sheet: Any, row: int, last: int, text: str, *, align: str, font: Font | None = None) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    cell = sheet.cell(row=row, column=1)
    put_text(cell, text)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    if font:
        cell.font = font
