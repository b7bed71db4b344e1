"""A cleared copy of a file as a plain xlsx, written part by part."""

import re
import zipfile
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from apps.procedures.readers.neutral import SheetRows
from apps.workbooks.cells import clean_text

_SHEET_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OPEN = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}">'


def copy_of(sheets: list[SheetRows]) -> BytesIO:
    """An xlsx of these rows. Texts stand in it as they are: what looks like a formula stays a text.

    Written part by part, for a region has a million cells: a library that makes an object of each takes half a minute.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, sheet in enumerate(sheets, start=1):
        book.create_sheet(sheet.name[:31] or f"Лист{number}")
    frame, stream = BytesIO(), BytesIO()
    book.save(frame)
    with zipfile.ZipFile(frame) as empty, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as full:
        for part in empty.namelist():
            place = _SHEET_PART.fullmatch(part)
            full.writestr(part, _sheet_xml(sheets[int(place[1]) - 1]) if place else empty.read(part))
    stream.seek(0)
    return stream


def _sheet_xml(sheet: SheetRows) -> bytes:
    width = max(map(len, sheet.rows), default=0)
    letters = [get_column_letter(index + 1) for index in range(width)]
    written: dict[Any, str] = {}
    rows = []
    for number, row in enumerate(sheet.rows, start=1):
        cells = []
        for letter, cell in zip(letters, row, strict=False):
            if cell is None:
                continue
            key = (cell, type(cell))
            if key not in written:
                written[key] = _cell_xml(cell)
            cells.append(f'<c r="{letter}{number}"{written[key]}')
        if cells:
            rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f"{_OPEN}<sheetData>{''.join(rows)}</sheetData></worksheet>".encode()


def _cell_xml(cell: Any) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"><v>{cell!r}</v></c>"
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(clean_text(str(cell)))}</t></is></c>'
