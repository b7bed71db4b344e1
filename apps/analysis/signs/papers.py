"""The annex to the order as xlsx, DOCX and PDF: one document, three papers. The typesetter is imported by workers."""

from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from apps.analysis.signs.content import Annex
from apps.analysis.signs.kinds import SIX
from apps.core.documents.word import add_table, lay_across, line, new_book, page_number
from apps.workbooks.writing import export_table

WIDTHS = (12, 62, 10, 10, 10, 10, 10, 10, 18, 105)  # millimetres
PARTS = (("entered", "Вошли в перечень"), ("left", "Вышли из перечня"), ("stayed", "Остались в перечне"))


def heading(annex: Annex) -> str:
    return f"Перечень школ, для которых характерны признаки проблем, за {annex.document['period_title']}"


def order_line(annex: Annex) -> str:
    document = annex.document
    if annex.is_draft:
        return "Проект. Не утверждён."
    year, month, day = document["order_on"].split("-")
    return f"Приложение к приказу от {day}.{month}.{year} № {document['order_number']}"


def headers() -> list[str]:
    return ["№", "Организация", *(str(kind.number) for kind in SIX), "ШНОР", "Значения"]


def table(annex: Annex) -> list[list[str]]:
    """Rows as they stand in every paper: a plus marks a confirmed sign."""
    rows = []
    for number, row in enumerate(annex.document["rows"], start=1):
        marks = ["+" if kind.number in row["signs"] else "–" for kind in SIX]
        values = "; ".join(f"{value['name']}: {value['written']}" for value in row["values"])
        rows.append([str(number), row["name"], *marks, "да" if row["profile"] else "нет", values])
    return rows


def xlsx(annex: Annex) -> bytes:
    named = [f"{kind.number}. {kind.short}" for kind in SIX]
    titles = ["№", "Организация", *named, "ШНОР", "Значения"]
    return export_table(titles, table(annex), title=f"Перечень {annex.document['period'].replace('/', '-')}")


def docx(annex: Annex) -> bytes:
    book = new_book(title=heading(annex), author="", ink=None)
    lay_across(book)
    page_number(book.sections[0].footer.paragraphs[0])
    line(book, order_line(annex), align=WD_ALIGN_PARAGRAPH.RIGHT)
    line(book, annex.document["authority"], align=WD_ALIGN_PARAGRAPH.CENTER)
    line(book, heading(annex), align=WD_ALIGN_PARAGRAPH.CENTER, bold=True, size=14)
    rows = table(annex)
    if rows:
        add_table(book, headers(), rows, widths=WIDTHS, size=9, centred=range(2, 9))
    else:
        line(book, "Подтверждённых признаков нет.")
    _rules(book, annex)
    _comparison(book, annex)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def rule_lines(annex: Annex) -> list[str]:
    return [
        f"{rule['name']}. {rule['title']}: {rule['threshold_label'].lower()} — {rule['threshold']}; "
        f"наименьшее число человек — {rule['minimum']}; версия {rule['version']}, источник: {rule['source']}."
        for rule in annex.document["rules"]
    ]


def _rules(book: Any, annex: Annex) -> None:
    line(book, "Правила", bold=True, before=12).paragraph_format.keep_with_next = True
    for text in rule_lines(annex):
        line(book, text)
    line(book, CAUTION_LINE)


CAUTION_LINE = (
    "Школы стоят в порядке реестра. Перечень служит для помощи школам и не публикуется. Признак подтверждён "
    "специалистом с указанием основания; пояснения школ рассмотрены."
)


def comparison_lines(annex: Annex) -> list[str]:
    compared = annex.document["comparison"]
    if compared is None:
        return ["Утверждённого перечня прошлого года нет: сравнивать не с чем."]
    return [f"{title}: {', '.join(compared[key]) or 'нет'}." for key, title in PARTS]


def _comparison(book: Any, annex: Annex) -> None:
    line(book, "Сравнение с прошлым годом", bold=True, before=6).paragraph_format.keep_with_next = True
    for text in comparison_lines(annex):
        line(book, text)
