"""The first sheet of the workbook: what it is for, how to fill it in, until when, whom to ask."""

from typing import TYPE_CHECKING

from apps.collection.definition import FormDefinition
from apps.collection.workbook import layout
from apps.workbooks.template_book import TemplateBook

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


def write_guide(book: TemplateBook, definition: FormDefinition, filling: "Filling") -> None:
    sheet = book.sheet(layout.GUIDE_SHEET, widths=[WIDTH], portrait=True)
    sheet.title(definition.title)
    facts = [
        ("Организация: ", filling.organization, True),
        ("Сбор данных: ", filling.campaign, False),
        ("За период: ", filling.period, False),
        ("Срок сдачи: ", f"{filling.due_on:%d.%m.%Y}, до конца дня", True),
        ("Основание: ", definition.legal_basis, False),
        ("К кому обращаться: ", filling.contacts, False),
        ("Эксперты и консультанты: ", filling.experts, False),
    ]
    for label, text, bold in facts:
        for part in (label + text).splitlines() if text else ():
            sheet.paragraph(part, bold=bold)
    sheet.paragraph("")
    sheet.title("Как заполнить", *STEPS)
    if filling.instructions:
        sheet.title("Указания управления образования", *_lines(filling.instructions))
    if any(row.marks for row in definition.rows):
        sheet.paragraph(UNCONFIRMED, soft=True)


def _lines(text: str) -> list[str]:
    return [part for part in text.splitlines() if part.strip()]
