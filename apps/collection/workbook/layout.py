"""Where things stand in the workbook of a form, and how they look. Reading never relies on the places."""

from dataclasses import dataclass

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

KEY, VALUE, NOTE = "#key", "#value", "#note"  # technical headers in a hidden row: what reading goes by


@dataclass(frozen=True)
class Column:
    header: str
    width: float
    technical: str = ""
    hidden: bool = False


COLUMNS = {
    "number": Column("№ строки", 9),
    "name": Column("Показатель", 62),
    "unit": Column("Единица", 11),
    "value": Column("Значение", 14, VALUE),
    "previous": Column("Прошлый год", 14),
    "note": Column("Примечание или причина, если данных нет", 36, NOTE),
    "marks": Column("Отметки", 20),
    "key": Column("Код", 16, KEY, hidden=True),
    "required": Column("Обязательно", 6, hidden=True),
}
LETTERS = {name: get_column_letter(place) for place, name in enumerate(COLUMNS, start=1)}
LAST_VISIBLE = LETTERS["marks"]

TECHNICAL_ROW, TITLE_ROW, ABOUT_ROW, LEFT_ROW, HEADER_ROW = 1, 2, 3, 4, 6
FIRST_ROW = HEADER_ROW + 1

GUIDE_SHEET = "Как заполнить"

_THIN = Side(style="thin", color="FFB8C4D0")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
INPUT = PatternFill("solid", fgColor="FFFFF6D6")
FILLED = PatternFill("solid", bgColor="FFEAF5EA")
LOCKED = PatternFill("solid", fgColor="FFF1F4F7")
HEADER = PatternFill("solid", fgColor="FF1F4E79")
SECTION = PatternFill("solid", fgColor="FFD9E4F0")
FAULTY = PatternFill("solid", fgColor="FFFBD5D5")
BASE = Font(name="Arial", size=10)
BOLD = Font(name="Arial", size=10, bold=True)
TITLE = Font(name="Arial", size=13, bold=True)
WHITE = Font(name="Arial", size=10, bold=True, color="FFFFFFFF")
GREY = Font(name="Arial", size=9, color="FF5A6672")
WRAP = Alignment(wrap_text=True, vertical="top")
CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")
TOP_RIGHT = Alignment(vertical="top", horizontal="right")


def height(text: str, width: float, *, line: float = 15.0) -> float:
    """Points that a wrapped text needs: editors do not measure it when they open the book."""
    per_line = max(1, int(width * 1.05))
    lines = sum(max(1, -(-len(part) // per_line)) for part in text.split("\n"))
    return max(1, lines) * line + 3
