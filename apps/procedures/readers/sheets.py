"""Sheets made comparable before any reader looks: nothing to the left of the table, sheets that nobody read told."""

from collections.abc import Iterable, Sequence

from apps.core.findings import Finding, notice
from apps.procedures.readers.neutral import SheetRows
from apps.procedures.readers.text import folded, text

# Sheets of the systems that hold no results.
_SERVICE = ("классы", "служебный", "порядковый номер класса", "справочник", "инструкция", "описание")
_LOOKED = 60
_LEAST_ROWS, _LEAST_CELLS = 2, 3


def trimmed(sheets: Iterable[SheetRows]) -> list[SheetRows]:
    """The sheets without empty columns on the left; numbers of rows stay as people see them."""
    return [_trimmed(sheet) for sheet in sheets]


def _trimmed(sheet: SheetRows) -> SheetRows:
    rows = sheet.rows
    width = max((len(row) for row in rows[:_LOOKED]), default=0)
    if any(row and text(row[0]) for row in rows[:_LOOKED]):  # nearly always
        return sheet
    empty = 0
    while empty < width and not any(len(row) > empty and text(row[empty]) for row in rows):
        empty += 1
    return SheetRows(sheet.name, [row[empty:] for row in rows]) if 0 < empty < width else sheet


def is_table(sheet: SheetRows) -> bool:
    """Whether a sheet holds more than a title."""
    return sum(sum(bool(text(cell)) for cell in row) >= _LEAST_CELLS for row in sheet.rows[:_LOOKED]) >= _LEAST_ROWS


def left(sheets: Sequence[SheetRows]) -> list[Finding]:
    """What to say of sheets that no reader knows beside sheets that were read."""
    names = [sheet.name for sheet in sheets if is_table(sheet) and not folded(sheet.name).startswith(_SERVICE)]
    if not names:
        return []
    listed = ", ".join(f"«{name}»" for name in names[:10])
    action = "Если на них есть результаты, загрузите их отдельным файлом в том виде, в каком его выдала система."
    return [notice("sheets_left", "Часть листов не прочитана: их вид не узнан.", found=listed, action=action)]
