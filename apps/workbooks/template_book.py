"""A workbook to be filled in: typed input cells, everything else locked, and a hidden sheet that says whose it is.

    book = TemplateBook(identity={"template": "so_oo", "period": "2025", "signature": token})
    sheet = book.sheet("1. Образование", widths=[10, 60, 12, 14, 14])
    sheet.title("Самообследование за 2025 год", "Заполните жёлтые ячейки")
    sheet.header(["Код", "Показатель", "Ед.", "2025", "2024"])
    row = sheet.row([Locked("1.1"), Locked("Численность"), Locked("чел."), Input(Whole(minimum=0)), Locked(120)])
    data = book.to_bytes()

Colours: yellow is to be filled in, grey is calculated, white is given. The protection has no password: it guards
against slips, not against people. `read_identity` gives the identity back from a workbook that was read; whether its
signature is genuine is for the caller, who signed it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from apps.workbooks import reading, rules
from apps.workbooks.cells import address, clean_text
from apps.workbooks.rules import Choice, Day, Number, Rule, Text, Whole
from apps.workbooks.writing import HEADER_FILL, Value, put_text, sheet_title, to_bytes

__all__ = [
    "Calculated",
    "Choice",
    "Day",
    "Input",
    "Locked",
    "Number",
    "Rule",
    "TemplateBook",
    "TemplateSheet",
    "Text",
    "Whole",
    "read_identity",
]

IDENTITY_SHEET = "_portal"
LISTS_SHEET = "_lists"
INPUT_COLOUR, CALCULATED_COLOUR = "FFF7D6", "ECEFF1"
FAULTY_COLOUR, FILLED_COLOUR = "FBD5D5", "EAF5EA"
_INPUT_FILL = PatternFill("solid", fgColor=INPUT_COLOUR)
_CALCULATED_FILL = PatternFill("solid", fgColor=CALCULATED_COLOUR)
_FAULTY_FILL = PatternFill("solid", fgColor=FAULTY_COLOUR)
_FILLED_FILL = PatternFill("solid", bgColor=FILLED_COLOUR)
_LINE = Side(style="thin", color="B0BEC5")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(wrap_text=True, vertical="top")


# --- cells of a row


@dataclass(frozen=True)
class Locked:
    """What is given and cannot be changed: names, units, last year's values."""

    value: Value = None
    bold: bool = False
    number_format: str = ""
    soft: bool = False  # small and grey


@dataclass(frozen=True)
class Input:
    """A cell to fill in, with the value known so far and a hint that shows when the cell is chosen.

    A `remark` makes it red and stands in its comment; what is only `told`, such as where its number comes from,
    stands in the comment alone.
    """

    rule: Rule
    value: Value = None
    hint: str = ""
    number_format: str = ""  # where it is not the rule's own
    remark: str = ""
    told: str = ""


@dataclass(frozen=True)
class Calculated:
    """A formula of ours, such as =IF(D5=0,"",100*D7/D5)."""

    formula: str
    number_format: str = "0.0"


Part = Locked | Input | Calculated


class TemplateSheet:
    """One sheet of the template, filled from the top; `next_row` is where the next line goes."""

    def __init__(
        self,
        book: "TemplateBook",
        sheet: Worksheet,
        widths: Sequence[float],
        *,
        hidden: int = 0,
        portrait: bool = False,
    ) -> None:
        """`hidden` columns stand at the right end, for the portal and not for people."""
        self._book = book
        self._sheet = sheet
        self._validations: dict[tuple[Rule, str], DataValidation] = {}
        self.name: str = sheet.title
        self.next_row = 1
        self._widths = list(widths)
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
            sheet.column_dimensions[get_column_letter(number)].hidden = number > len(widths) - hidden
        self._visible = len(self._widths) - hidden
        _set_up_page(sheet, portrait=portrait)

    def technical(self, texts: Mapping[int, str]) -> None:
        """A hidden row of marks by column: what reading goes by, wherever people move the rest."""
        for column, text in texts.items():
            put_text(self._sheet.cell(self.next_row, column), text)
        self._sheet.row_dimensions[self.next_row].hidden = True
        self.next_row += 1

    def title(self, text: str, *notes: "str | Calculated") -> None:
        """A heading over the whole width and lines of explanation under it."""
        self._line(text, Font(bold=True, size=14))
        for note in notes:
            self._line(note, Font(color="455A64"))
        self.next_row += 1

    def paragraph(self, text: str, *, bold: bool = False, soft: bool = False) -> None:
        """A line of text over the whole width."""
        self._line(text, Font(bold=bold, color="455A64" if soft else None))

    def mark_filled(self, column: int, *, first: int, where: int) -> None:
        """Colour input cells of the column that have been filled; `where` holds a number in rows to fill in."""
        letter, last = get_column_letter(column), self.next_row - 1
        filled = f"AND(LEN({letter}{first})>0,ISNUMBER(${get_column_letter(where)}{first}))"
        area = f"{letter}{first}:{letter}{max(first, last)}"
        self._sheet.conditional_formatting.add(area, FormulaRule(formula=[filled], fill=_FILLED_FILL))

    def section(self, text: str) -> None:
        """A subheading between rows. Nothing is merged: people move and sort such columns."""
        for column in range(1, self._visible + 1):
            self._sheet.cell(self.next_row, column).fill = HEADER_FILL
        cell = self._sheet.cell(self.next_row, 1)
        put_text(cell, text)
        cell.font = Font(bold=True)
        self._sheet.row_dimensions[self.next_row].height = 20
        self.next_row += 1

    def header(self, titles: Sequence[str]) -> None:
        """Names of the columns: they stay in sight when scrolling and repeat on every printed page."""
        for number, text in enumerate(titles, start=1):
            cell = self._sheet.cell(self.next_row, number)
            put_text(cell, text)
            cell.font = Font(bold=True)
            cell.fill = HEADER_FILL
            cell.border = _BORDER
            cell.alignment = _TOP
        self._fit(self.next_row, zip(titles[: self._visible], self._widths, strict=False))
        self._sheet.freeze_panes = address(self.next_row + 1, 1)
        self._sheet.print_title_rows = f"{self.next_row}:{self.next_row}"
        self.next_row += 1

    def row(self, parts: Sequence[Part]) -> int:
        """A row of cells; gives its number."""
        number = self.next_row
        for column, part in enumerate(parts, start=1):
            cell = self._sheet.cell(number, column)
            cell.border = _BORDER
            cell.alignment = _TOP
            match part:
                case Locked():
                    _fill(cell, part.value)
                    cell.font = Font(bold=part.bold, size=9 if part.soft else 11, color="455A64" if part.soft else None)
                    cell.number_format = part.number_format or cell.number_format
                case Calculated():
                    cell.value = part.formula
                    cell.fill = _CALCULATED_FILL
                    cell.number_format = part.number_format
                case Input():
                    self._input(cell, part)
        values = [part.value if isinstance(part, Locked | Input) else None for part in parts[: self._visible]]
        texts = ["" if value is None else str(value) for value in values]
        self._fit(number, zip(texts, self._widths, strict=False))
        self.next_row += 1
        return number

    def _fit(self, row: int, texts: Iterable[tuple[str, float]], size: int = 11) -> None:
        """Height for wrapped texts: not every editor works it out for itself."""
        lines = max((-(-len(text) * size * 1.1 // (11 * width)) for text, width in texts), default=1)
        self._sheet.row_dimensions[row].height = max(1, lines) * size * 1.4

    def _line(self, text: "str | Calculated", font: Font) -> None:
        cell = self._sheet.cell(self.next_row, 1)
        if isinstance(text, Calculated):
            cell.value = text.formula
        else:
            put_text(cell, text)
        cell.font = font
        cell.alignment = _TOP
        if self._visible > 1:
            self._sheet.merge_cells(
                start_row=self.next_row, end_row=self.next_row, start_column=1, end_column=self._visible
            )
        shown = "" if isinstance(text, Calculated) else text
        self._fit(self.next_row, [(shown, sum(self._widths[: self._visible]))], size=int(font.size or 11))
        self.next_row += 1

    def _input(self, cell: Any, part: Input) -> None:
        _fill(cell, part.value)
        cell.fill = _FAULTY_FILL if part.remark else _INPUT_FILL
        if comment := part.remark or part.told:
            size = {"width": 360, "height": 160} if part.remark else {"width": 260, "height": 60}
            cell.comment = Comment(comment[:2000], "Портал", **size)
        cell.protection = Protection(locked=False)
        cell.number_format = part.number_format or rules.number_format(part.rule)
        key = (part.rule, part.hint)
        if key not in self._validations:
            validation = self._book.validation(part.rule, part.hint)
            self._sheet.add_data_validation(validation)
            self._validations[key] = validation
        self._validations[key].add(cell)


class TemplateBook:
    """A workbook made of template sheets. `identity` travels in a hidden sheet, all values as texts."""

    def __init__(self, *, identity: Mapping[str, str], title: str = "") -> None:
        self._book = Workbook()
        self._book.remove(self._book.active)
        self._book.properties.title = clean_text(title) or None
        self._identity = dict(identity)
        self._lists: dict[tuple[str, ...], str] = {}

    def sheet(self, name: str, *, widths: Sequence[float], hidden: int = 0, portrait: bool = False) -> TemplateSheet:
        """A new sheet with as many columns as there are widths (in letters); the last `hidden` are not shown."""
        made = self._book.create_sheet(sheet_title(name))
        return TemplateSheet(self, made, widths, hidden=hidden, portrait=portrait)

    def to_bytes(self, *, opens_at: int = 0) -> bytes:
        """The finished file, which opens at that sheet. Call it once."""
        self._hide(LISTS_SHEET, zip(*_padded(list(self._lists)), strict=True))
        self._hide(IDENTITY_SHEET, self._identity.items())
        self._book.security = WorkbookProtection(lockStructure=True)
        self._book.active = opens_at
        return to_bytes(self._book)

    def _hide(self, name: str, rows: Any) -> None:
        sheet = self._book.create_sheet(name)
        sheet.sheet_state = "veryHidden"
        sheet.protection.sheet = True
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row, start=1):
                put_text(sheet.cell(number, column), text)

    def validation(self, rule: Rule, hint: str) -> DataValidation:
        """The check that a spreadsheet makes on entry; long lists live in a hidden sheet."""
        kind, bounds, expected = rules.bounds(rule)
        if isinstance(rule, Choice):
            bounds = {"formula1": self._list(rule.options)}
        checked = DataValidation(type=kind, allow_blank=True, **bounds)
        checked.errorTitle = "Проверьте значение"
        checked.error = f"{expected} Исправьте или оставьте ячейку пустой."[:255]
        checked.showErrorMessage = True
        if hint or expected:
            checked.promptTitle = "Что ввести"
            checked.prompt = f"{hint} {expected}".strip()[:255]
            checked.showInputMessage = True
        return checked

    def _list(self, options: tuple[str, ...]) -> str:
        if options not in self._lists:
            letter = get_column_letter(len(self._lists) + 1)
            self._lists[options] = f"{quote_sheetname(LISTS_SHEET)}!${letter}$1:${letter}${len(options)}"
        return self._lists[options]


def read_identity(book: "reading.Workbook") -> dict[str, str]:
    """The identity of a workbook made here, empty where the hidden sheet was removed."""
    sheet = book.sheet(IDENTITY_SHEET)
    if sheet is None or sheet.width < 2:
        return {}
    return {str(row[0]): "" if row[1] is None else str(row[1]) for row in sheet.rows if row[0] is not None}


def _padded(columns: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    height = max(map(len, columns), default=0)
    return [column + ("",) * (height - len(column)) for column in columns]


def _set_up_page(sheet: Worksheet, *, portrait: bool) -> None:
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False means: allowed
    sheet.page_setup.orientation = "portrait" if portrait else "landscape"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "Лист &P из &N"


def _fill(cell: Any, value: Value) -> None:
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value
