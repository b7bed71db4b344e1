"""The local workbook: a list with names that stays at the school, and its totals that go up.

Of an uploaded workbook only the sheet of totals is looked at. A text where a number should be refuses the file, so a
name cannot come in by it; what is kept is a fresh workbook of the numbers alone.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from openpyxl import Workbook as Book
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from apps.collection.achievements.kinds import GRADES, MOST, AchievementKind, AchievementLevel, Counts
from apps.core.findings import Finding, Refused, error
from apps.workbooks.cells import Cell, CellProblem, address, normalise_header, parse_number
from apps.workbooks.reading import Sheet, Workbook
from apps.workbooks.writing import put_text, to_bytes

TOTALS, LIST = "Свод", "Ученики (остаётся в школе)"
SALT, MARK = "collection.achievements", "msoko-achievements:"
LIST_ROWS = 1000
FIRST_ROW, FIRST_COLUMN = 6, 2  # of the numbers on the sheet of totals
HEADERS = ("Фамилия и имя", "Класс", "Вид", "Уровень", "Мероприятие", "Дата", "Результат")
HEAVY = Font(bold=True)
SOFT = PatternFill("solid", fgColor="FFE6EDF4")
INPUT = PatternFill("solid", fgColor="FFFFF6D6")


@dataclass(frozen=True)
class Owner:
    """Whose workbook it is and of which school year."""

    organization: str
    period: str

    def signed(self) -> str:
        return MARK + signing.dumps([self.organization, self.period], salt=SALT)


def _columns() -> list[tuple[AchievementLevel, AchievementKind]]:
    return [(level, kind) for level in AchievementLevel for kind in AchievementKind]


def local_book(owner: Owner, *, title: str) -> bytes:
    """The workbook with the list to fill in and the totals that count it by formulas."""
    book = Book()
    _write_list(book.active)
    _write_totals(book.create_sheet(TOTALS), owner, title, counts=None)
    return to_bytes(book)


def stripped_book(owner: Owner, *, title: str, counts: Counts) -> bytes:
    """The numbers alone, as the portal keeps them."""
    book = Book()
    book.remove(book.active)
    _write_totals(book.create_sheet(TOTALS), owner, title, counts=counts)
    return to_bytes(book)


def _write_list(sheet: Any) -> None:
    sheet.title = LIST
    put_text(
        sheet["A1"],
        "Этот лист остаётся в школе: портал его не читает и не хранит. Свод считается сам на соседнем листе.",
    )
    sheet["A1"].font = HEAVY
    for place, header in enumerate(HEADERS, start=1):
        cell = sheet.cell(3, place)
        put_text(cell, header)
        cell.font, cell.fill = HEAVY, SOFT
        sheet.column_dimensions[get_column_letter(place)].width = (34, 8, 22, 18, 44, 12, 24)[place - 1]
    lists = (("B", ",".join(map(str, GRADES))), ("C", _list(AchievementKind)), ("D", _list(AchievementLevel)))
    for column, choices in lists:
        rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True)
        rule.error = "Выберите из списка: иначе достижение не попадёт в свод."
        rule.add(f"{column}4:{column}{LIST_ROWS + 3}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "A4"


def _list(choices: Any) -> str:
    return ",".join(label.replace(",", " и") for label in choices.labels)


def _write_totals(sheet: Any, owner: Owner, title: str, *, counts: Counts | None) -> None:
    put_text(sheet["A1"], f"Достижения обучающихся: победители и призёры. {title}")
    sheet["A1"].font = HEAVY
    put_text(sheet["A2"], "Загрузите книгу на портал: возьмут только числа этого листа. Имена остаются в школе.")
    sheet["A3"] = owner.signed()
    sheet["A3"].font = Font(color="FFB8C4D0", size=8)
    put_text(sheet.cell(FIRST_ROW - 1, 1), "Класс")
    for place, (level, kind) in enumerate(_columns(), start=FIRST_COLUMN):
        put_text(sheet.cell(FIRST_ROW - 2, place), level.label)
        put_text(sheet.cell(FIRST_ROW - 1, place), _label(kind))
        for row in (FIRST_ROW - 2, FIRST_ROW - 1):
            sheet.cell(row, place).font, sheet.cell(row, place).fill = HEAVY, SOFT
        sheet.column_dimensions[get_column_letter(place)].width = 15
        for row, grade in enumerate(GRADES, start=FIRST_ROW):
            sheet.cell(row, 1).value = grade
            cell = sheet.cell(row, place)
            cell.fill = INPUT
            if counts is not None:
                cell.value = counts.get((grade, kind.value, level.value), 0)
            else:
                cell.value = _formula(grade, _label(kind), level.label)
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_COLUMN)


def _label(kind: AchievementKind) -> str:
    return str(kind.label).replace(",", " и")  # a comma would part the list of a spreadsheet


def _formula(grade: int, kind: str, level: str) -> str:
    last = LIST_ROWS + 3
    name = f"'{LIST}'"
    return f'=COUNTIFS({name}!$B$4:$B${last},{grade},{name}!$C$4:$C${last},"{kind}",{name}!$D$4:$D${last},"{level}")'


# --- reading


def read_totals(book: Workbook, owner: Owner) -> Counts:
    """The numbers of the sheet of totals; no other sheet is looked at. Raises Refused with every fault."""
    sheet = next((sheet for sheet in book.visible if normalise_header(sheet.name) == normalise_header(TOTALS)), None)
    if sheet is None:
        message = f"В книге нет листа «{TOTALS}»."
        raise Refused([error("no_totals", message, action="Загрузите книгу, скачанную с этой страницы.")])
    _require_owner(sheet, owner)
    counts: Counts = {}
    findings: list[Finding] = []
    for row, grade in enumerate(GRADES, start=FIRST_ROW):
        for place, (level, kind) in enumerate(_columns(), start=FIRST_COLUMN):
            number = _number(sheet, row, place, findings)
            if number:
                counts[grade, kind.value, level.value] = number
    findings += _foreign(sheet)
    if findings:
        raise Refused(findings)
    return counts


def _require_owner(sheet: Sheet, owner: Owner) -> None:
    line = sheet.cell(3, 1)
    found = None
    if isinstance(line, str) and line.startswith(MARK):
        try:
            found = Owner(*signing.loads(line.removeprefix(MARK), salt=SALT))
        except (signing.BadSignature, TypeError, ValueError):
            found = None
    if found is None:
        message = "Это не книга достижений с портала, или её служебная строка изменена."
        raise Refused([error("no_identity", message, action="Скачайте книгу на этой странице и перенесите список.")])
    if found.organization != owner.organization:
        raise Refused([error("foreign_organization", "Эта книга подготовлена для другой организации.")])
    if found.period != owner.period:
        raise Refused(
            [error("foreign_period", "Книга за другой учебный год.", found=found.period, expected=owner.period)]
        )


def _number(sheet: Sheet, row: int, column: int, findings: list[Finding]) -> int:
    """The number of a cell; what stands there instead is never repeated: it may be a name."""
    value, place = sheet.cell(row, column), address(row, column)
    if value is None:
        return 0
    if isinstance(value, CellProblem):
        findings.append(error(value.kind, value.message, sheet=TOTALS, cell=place, action=value.action))
        return 0
    number = parse_number(value)
    if isinstance(number, Decimal) and number == number.to_integral_value() and 0 <= number <= MOST:
        return int(number)
    findings.append(
        error(
            "not_a_count", "нужно целое число, 0 или больше.", sheet=TOTALS, cell=place,
            action="Исправьте ячейку: на этом листе стоят только числа.",
        )
    )  # fmt: skip
    return 0


def _foreign(sheet: Sheet) -> list[Finding]:
    """Texts where none belongs: beside and below the numbers."""
    last_row, last_column = FIRST_ROW + len(GRADES) - 1, FIRST_COLUMN + len(_columns()) - 1
    return [
        error(
            "foreign_text",
            "лишний текст на листе свода.",
            sheet=TOTALS,
            cell=address(row, column),
            action="Удалите его.",
        )
        for row, cells in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if _is_text(cell) and (row > last_row or column > last_column)
    ]


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(cell.strip())
