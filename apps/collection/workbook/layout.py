"""Which columns the workbook of a form has. Reading never relies on the places."""

from dataclasses import dataclass

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
PLACES = {name: place for place, name in enumerate(COLUMNS, start=1)}
LETTERS = {name: get_column_letter(place) for name, place in PLACES.items()}
HIDDEN = sum(column.hidden for column in COLUMNS.values())

GUIDE_SHEET = "Как заполнить"
