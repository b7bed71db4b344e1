"""The first sheet of the workbook: what it is for, how to fill it in, until when, whom to ask."""

from typing import TYPE_CHECKING

from openpyxl.worksheet.worksheet import Worksheet

from apps.collection.definition import FormDefinition
from apps.collection.workbook import layout
from apps.workbooks.writing import put_text

if TYPE_CHECKING:
    from apps.collection.workbook.writing import Filling

STEPS = (
    "1. Перейдите на лист с формой. Заполняйте жёлтые ячейки: «Значение» и, где нужно, «Примечание».",
    "2. Если данных нет, оставьте «Значение» пустым и напишите причину в «Примечании». Ноль — это число: "
    "вводите его, только если таких действительно нет.",
    "3. Доли и средние портал и книга вычисляют сами: серые ячейки заполнять не нужно.",
    "4. Рядом показаны числа прошлого года. Если изменение большое, поясните его в «Примечании».",
    "5. Сохраните книгу в формате «Книга Excel (*.xlsx)» и загрузите её на портале на странице этой формы. "
    "Портал покажет замечания по ячейкам, ничего не записывая, пока вы не подтвердите.",
    "6. После проверки данные отправляет руководитель организации.",
)
UNCONFIRMED = (
    "Отметка «не подтверждено» значит, что название строки ещё не сверено с официальным текстом приказа. "
    "Отметка «не входит в приказ» — вспомогательная строка: она нужна для вычисления доли."
)
WIDTH = 76.0  # what an upright A4 page holds


def write_guide(sheet: Worksheet, definition: FormDefinition, filling: "Filling") -> None:
    sheet.title = layout.GUIDE_SHEET
    sheet.column_dimensions["A"].width = WIDTH
    facts = [
        ("", definition.title, layout.TITLE),
        ("Организация: ", filling.organization, layout.BOLD),
        ("Сбор данных: ", filling.campaign, layout.BASE),
        ("За период: ", filling.period, layout.BASE),
        ("Срок сдачи: ", f"{filling.due_on:%d.%m.%Y}, до конца дня", layout.BOLD),
        ("Основание: ", definition.legal_basis, layout.BASE),
        ("К кому обращаться: ", filling.contacts, layout.BASE),
    ]
    lines = [(label + text, font) for label, text, font in facts if text]
    lines += [("", layout.BASE), ("Как заполнить", layout.TITLE), *((step, layout.BASE) for step in STEPS)]
    if filling.instructions:
        lines += [("", layout.BASE), ("Указания управления образования", layout.TITLE)]
        lines += [(part, layout.BASE) for part in filling.instructions.splitlines() if part.strip()]
    if any(row.marks for row in definition.rows):
        lines += [("", layout.BASE), (UNCONFIRMED, layout.GREY)]
    for number, (text, font) in enumerate(lines, start=1):
        cell = sheet[f"A{number}"]
        put_text(cell, text)
        cell.font, cell.alignment = font, layout.WRAP
        line = 20.0 if font is layout.TITLE else 15.5
        sheet.row_dimensions[number].height = layout.height(
            text, WIDTH * (0.75 if font is layout.TITLE else 1), line=line
        )
    sheet.print_area = f"A1:A{len(lines)}"
    sheet.protection.sheet = True
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
