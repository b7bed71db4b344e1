"""The annex to the order as xlsx, DOCX and PDF: one document, three papers. The typesetter is imported by workers."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from apps.analysis.signs.content import Annex
from apps.analysis.signs.kinds import SIX
from apps.workbooks.writing import export_table

FONT = "Times New Roman"
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
    book = Document()
    _prepare(book, heading(annex))
    _line(book, order_line(annex), align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(book, annex.document["authority"], align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(book, heading(annex), align=WD_ALIGN_PARAGRAPH.CENTER, bold=True, size=14)
    rows = table(annex)
    if rows:
        _table(book, rows)
    else:
        _line(book, "Подтверждённых признаков нет.")
    _rules(book, annex)
    _comparison(book, annex)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _prepare(book: Any, title: str) -> None:
    page = book.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(20), Mm(15), Mm(15), Mm(15)
    style = book.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)
    style.paragraph_format.space_after = Pt(4)
    book.core_properties.title, book.core_properties.language = title, "ru-RU"
    book.core_properties.author, book.core_properties.comments = "", ""


def _line(book: Any, text: str, *, align: Any = None, bold: bool = False, size: int = 0) -> None:
    paragraph = book.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    paragraph.alignment = align


def _table(book: Any, rows: list[list[str]]) -> None:
    made = book.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    made.autofit = False
    _fill(made.rows[0].cells, headers(), bold=True)
    for row in rows:
        _fill(made.add_row().cells, row)


def _fill(cells: Any, texts: list[str], *, bold: bool = False) -> None:
    for cell, text, width in zip(cells, texts, WIDTHS, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(9), bold
        if width <= 18:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def rule_lines(annex: Annex) -> list[str]:
    return [
        f"{rule['name']}. {rule['title']}: {rule['threshold_label'].lower()} — {rule['threshold']}; "
        f"наименьшее число человек — {rule['minimum']}; версия {rule['version']}, источник: {rule['source']}."
        for rule in annex.document["rules"]
    ]


def _rules(book: Any, annex: Annex) -> None:
    _line(book, "Правила", bold=True)
    for text in rule_lines(annex):
        _line(book, text)
    _line(book, CAUTION_LINE)


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
    _line(book, "Сравнение с прошлым годом", bold=True)
    for text in comparison_lines(annex):
        _line(book, text)
