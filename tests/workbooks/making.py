"""Workbooks for tests, made in memory: ordinary ones by openpyxl, exact ones part by part."""

import io
import zipfile
from typing import Any

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(book: Workbook) -> io.BytesIO:
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def book_of(**sheets: list[list[Any]]) -> io.BytesIO:
    """A workbook with a sheet for each argument, filled row by row."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def sheet_xml(rows: str, *, before: str = "", after: str = "", root: str = "") -> str:
    return f'{XML}<worksheet xmlns="{MAIN}"{root}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts_of(sheet: str, **more: str) -> dict[str, bytes]:
    """Parts of the smallest xlsx: one sheet «Лист1» with that XML; `more` adds or replaces parts by short names."""
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml('<sheet name="Лист1" sheetId="1" r:id="rId1"/>'),
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return {name: text.encode() for name, text in {**parts, **more}.items()}


def workbook_xml(sheets: str, *, more: str = "", properties: str = "") -> str:
    return f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{sheets}</sheets>{more}</workbook>'


def relations(*links: tuple[str, str, str], mode: str = "") -> str:
    items = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>' for key, kind, target in links
    )
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    stream.seek(0)
    return stream


def exact(rows: str, **options: Any) -> io.BytesIO:
    """The smallest xlsx with this XML of rows."""
    more = options.pop("parts", {})
    return zipped(parts_of(sheet_xml(rows, **options), **more))
