"""A document of a procedure as DOCX, marked on every page as a draft that people must check."""

from io import BytesIO
from typing import Any

from django.conf import settings
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from apps.core.documents.word import add_table, line, new_book, page_number, write_text
from apps.procedures.documents.filling import heading, text_of
from apps.procedures.documents.models import DocumentDraft
from apps.procedures.documents.texts import SIGNERS
from apps.procedures.models import Procedure
from apps.procedures.schedule import reading

Kind = DocumentDraft.Kind
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = (
    "ПРОЕКТ. Составлен порталом по шаблону. До подписания проверьте с юристом и специалистом: "
    "шаблон не содержит норм права, пропуски заполните сами."
)
WARN = RGBColor(0x8A, 0x4B, 0x00)
WIDTHS = (12, 88, 40, 30)  # millimetres
HEADERS = ("№", "Организация", "День", "Урок")


def render(procedure: Procedure, kind: str) -> bytes:
    """The bytes of a .docx."""
    title = heading(procedure, kind)
    book = new_book(title=title, author=settings.AUTHORITY_NAME, ink=None)
    _mark_as_draft(book)
    if kind == Kind.ORDER:
        _order_head(book, title)
    else:
        _annex_head(book, title)
    write_text(book, text_of(procedure, kind))
    if kind == Kind.SCHEDULE:
        _days(book, procedure)
    for who in SIGNERS[kind]:
        line(book, f"{who}  ____________________  /____________________/", before=24)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _mark_as_draft(book: Any) -> None:
    page = book.sections[0]
    page.top_margin = Mm(28)  # below the two lines of the mark
    top = page.header.paragraphs[0]
    run = top.add_run(DRAFT)
    run.font.size, run.font.color.rgb, run.bold = Pt(9), WARN, True
    bottom = page.footer.paragraphs[0]
    bottom.alignment = WD_ALIGN_PARAGRAPH.CENTER
    bottom.add_run("Проект. Страница ").font.size = Pt(9)
    page_number(bottom)


def _order_head(book: Any, title: str) -> None:
    center = WD_ALIGN_PARAGRAPH.CENTER
    line(book, settings.MUNICIPALITY_NAME, align=center)
    line(book, settings.AUTHORITY_NAME, align=center, bold=True)
    line(book, "ПРИКАЗ", align=center, bold=True, size=16, before=12)
    line(book, "«___» ____________ 20___ г.                                                     № ________", before=6)
    line(book, title, bold=True, before=12).paragraph_format.right_indent = Mm(60)


def _annex_head(book: Any, title: str) -> None:
    left = Mm(85)
    line(book, "Приложение к приказу\nот «___» ____________ 20___ г. № ______", left=left)
    line(book, title, align=WD_ALIGN_PARAGRAPH.CENTER, bold=True, size=14, before=12)


def _days(book: Any, procedure: Procedure) -> None:
    """The days of organisations: those they chose, else the term of the procedure."""
    span = procedure.period.span
    found = [
        entry
        for entry in reading.entries(span.starts_on, span.ends_on, grade=procedure.grade)
        if entry.procedure == procedure
    ]
    found.sort(key=lambda entry: (entry.organization.number or 10**6, entry.organization.name_key, entry.first))
    lines = []
    for number, entry in enumerate(found, start=1):
        who = f"{entry.organization}, {entry.classes}" if entry.classes else str(entry.organization)
        day = f"{entry.days}\n(день не выбран)" if entry.needs_day else entry.days
        lines.append((str(number), who, day, entry.lesson_text or "—"))
    add_table(book, HEADERS, lines, widths=WIDTHS)
