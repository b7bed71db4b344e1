"""The report as DOCX: the same content as the PDF, to be edited in an office suite."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from apps.core.documents.word import INK, add_table, field_mark, line, new_book, page_number, write_text

WIDTHS = (19, 76, 22, 25, 28)  # mm
HEADERS = ("№", "Показатель", "Единица", "Значение", "Прошлый год")


def render(document: Mapping[str, Any], digest: str, *, is_draft: bool) -> bytes:
    """The bytes of a .docx."""
    title = f"Отчёт о самообследовании за {document['period_title']}"
    book = new_book(title=title, author=document["organization"])
    _title_page(book, document, is_draft)
    _contents(book, document)
    for number, section in enumerate(document["sections"], start=1):
        book.add_heading(f"{number}. {section['title']}", level=1)
        _text(book, section["text"])
    for table in document["tables"]:
        _indicators(book, table)
    if document["attachments"]:
        book.add_heading("Приложения", level=1)
        for title in document["attachments"]:
            book.add_paragraph(title, style="List Number")
    _footer(book, document, digest, is_draft)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _title_page(book: Any, document: Mapping[str, Any], is_draft: bool) -> None:
    line(book, document["founder"], align=WD_ALIGN_PARAGRAPH.CENTER)
    line(book, document["organization"], align=WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    steps = document["steps"]
    council, order = steps.get("discussed"), steps.get("approved")
    if council:
        line(
            book,
            f"РАССМОТРЕН\n{council['body']}, протокол от {council['on']} № {council['number']}",
            before=30,
            left=Mm(90),
        )
    if order:
        head = f"\n{document['head']}" if document["head"] else ""
        line(
            book, f"УТВЕРЖДЁН\nприказом руководителя от {order['on']} № {order['number']}{head}", before=6, left=Mm(90)
        )
    title = book.add_paragraph("Отчёт о самообследовании", style="Title")
    title.paragraph_format.space_before = Pt(120)
    line(book, f"за {document['period_title']}", size=16)
    if is_draft:
        line(book, "Черновик: текст и показатели ещё не утверждены.", before=12)
    line(book, document["place"], align=WD_ALIGN_PARAGRAPH.CENTER, before=180)
    book.add_section(WD_SECTION.NEW_PAGE)


def _contents(book: Any, document: Mapping[str, Any]) -> None:
    """A field that the editor fills with pages; until then it holds the headings."""
    heading = line(book, "Содержание", bold=True, size=15)
    heading.runs[0].font.color.rgb = INK
    titles = [f"{number}. {section['title']}" for number, section in enumerate(document["sections"], start=1)]
    titles += ["Показатели деятельности" for _ in document["tables"][:1]]
    titles += ["Приложения"] if document["attachments"] else []
    first = book.add_paragraph()
    field_mark(first, "begin", dirty=True)
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = ' TOC \\o "1-1" \\h \\z \\u '
    first.add_run()._r.append(instruction)
    field_mark(first, "separate")
    last = first
    for place, title in enumerate(titles):
        last = first if place == 0 else book.add_paragraph()
        last.add_run(title)
        last.paragraph_format.space_after = Pt(3)
    field_mark(last, "end")
    last.add_run().add_break()
    last.paragraph_format.page_break_before = False


def _text(book: Any, text: str) -> None:
    write_text(book, text)
    if not text.strip():
        line(book, "Раздел не заполнен.")


def _indicators(book: Any, table: Mapping[str, Any]) -> None:
    book.add_heading("Показатели деятельности", level=1).paragraph_format.page_break_before = True
    line(book, table["title"], bold=True)
    line(book, f"Основание: {table['basis']}.", size=10)
    if not table["is_confirmed"]:
        line(book, "Названия строк с отметкой «не подтверждено» ещё не сверены с официальным текстом.", size=10)
    for section in table["sections"]:
        book.add_heading(section["title"], level=2)
        rows = [
            (
                row["number"],
                f"{row['name']} ({row['marks']})" if row["marks"] else row["name"],
                row["unit"],
                row["value"],
                row["previous"],
            )
            for row in section["rows"]
        ]
        add_table(book, HEADERS, rows, widths=WIDTHS, size=10, right=(3, 4))


def _footer(book: Any, document: Mapping[str, Any], digest: str, is_draft: bool) -> None:
    """Organisation, state and page number under every page but the first."""
    body = book.sections[-1]
    body.footer.is_linked_to_previous = False
    state = "Черновик" if is_draft else "Утверждён"
    paragraph = body.footer.paragraphs[0]
    run = paragraph.add_run(
        f"{document['short_name']}. Самообследование за {document['period_title']}. {state}, {digest[:12]}. Страница "
    )
    run.font.size = Pt(9)
    page_number(paragraph)
