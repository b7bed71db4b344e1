"""Findings written into the cells of the workbook that they are about. No Django here: the child runs `mark`."""

import io
from collections import defaultdict
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

AUTHOR = "Портал МСОКО"
_FILLS = {
    "error": PatternFill("solid", fgColor="F8C9C4"),
    "query": PatternFill("solid", fgColor="FFE0B2"),
    "notice": PatternFill("solid", fgColor="D6E9F8"),
}
_ORDER = tuple(_FILLS)


def mark(data: bytes, marks: list[dict[str, str]], clean_colour: str) -> bytes:
    """The workbook with a comment and a colour in each cell named by `marks` (sheet, cell, severity, text).

    What an earlier round of marks left is taken away first; those cells get `clean_colour` back.
    """
    book = load_workbook(io.BytesIO(data))
    clean = PatternFill("solid", fgColor=clean_colour)
    for sheet in book.worksheets:
        _clear(sheet, clean)
    places: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for item in marks:
        places[item["sheet"].strip().casefold(), item["cell"]].append(item)
    sheets = {sheet.title.casefold(): sheet for sheet in book.worksheets}
    for (name, place), items in places.items():
        sheet = sheets.get(name)
        if sheet is not None:
            _write(sheet, place, items)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _clear(sheet: Any, clean: PatternFill) -> None:
    for cell in sheet._cells.values():  # iter_rows would make every empty cell of the rectangle
        if getattr(cell, "comment", None) is not None and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = clean


def _write(sheet: Any, place: str, items: list[dict[str, str]]) -> None:
    cell = sheet[place]
    if cell.__class__.__name__ == "MergedCell":  # only the upper left cell of a merged range takes a comment
        merged = next(area for area in sheet.merged_cells.ranges if place in area)
        cell = sheet.cell(merged.min_row, merged.min_col)
    text = "\n".join(item["text"] for item in items)
    comment = Comment(text, AUTHOR)
    comment.width, comment.height = 340, 40 + 20 * (1 + len(text) // 45)
    cell.comment = comment
    cell.fill = _FILLS[min((item["severity"] for item in items), key=_ORDER.index)]
