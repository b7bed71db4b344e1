"""A document of a procedure as DOCX, marked on every page as a draft that people must check."""

import re
from io import BytesIO
from typing import Any

from django.conf import settings
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor

from apps.core.documents.word import add_table, line, new_book, page_number, write_text
from apps.procedures.documents.filling import head_of_authority, heading, text_of
from apps.procedures.documents.models import DocumentDraft
from apps.procedures.documents.texts import ANNEXES, HINT, SIGNERS
from apps.procedures.models import Procedure
from apps.procedures.schedule import reading

Kind = DocumentDraft.Kind
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = (
    "ПРОЕКТ. Составлен порталом по шаблону. До подписания проверьте с юристом и специалистом: "
    "шаблон не содержит норм права, пропуски заполните сами."
)
WARN = RGBColor(0x8A, 0x4B, 0x00)
WIDTH = Mm(170)  # of the text between the margins
_GAP = re.compile(rf"({re.escape(HINT)}[^)]*\))")
WIDTHS = (12, 88, 40, 30)  # millimetres
HEADERS = ("№", "Организация", "День", "Урок")


def render(procedure: Procedure, kind: str, *, is_clean: bool = False) -> bytes:
    """The bytes of a .docx; a clean one bears no mark of a draft and has its gaps filled by people."""
    title = bound(heading(procedure, kind))
    book = new_book(title=title, author=settings.AUTHORITY_NAME, ink=None)
    _foot(book, is_clean)
    if not is_clean:
        _mark_as_draft(book)
    if kind == Kind.ORDER:
        _order_head(book, title)
    else:
        _annex_head(book, title, ANNEXES[kind])
    write_text(book, text_of(procedure, kind))
    _show_gaps(book)
    if kind == Kind.PROTOCOL:  # a form to be filled by hand
        for paragraph in book.paragraphs[2:]:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.first_line_indent = Mm(0)
    if kind == Kind.SCHEDULE:
        _days(book, procedure)
    if kind == Kind.ORDER:
        _order_signatures(book)
    for who in SIGNERS[kind]:
        _signature(book, who, "________________")
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def bound(title: str) -> str:
    """A title whose «6 класс» and «№ 5» are not torn apart at the end of a line."""
    return re.sub(r"(?<=\d) (?=класс)|(?<=№) (?=\S)|(?<=МДР\.) |(?<=РДР\.) ", "\u00a0", title)


def _foot(book: Any, is_clean: bool) -> None:
    bottom = book.sections[0].footer.paragraphs[0]
    bottom.alignment = WD_ALIGN_PARAGRAPH.CENTER
    bottom.add_run("" if is_clean else "Проект. Страница ")
    page_number(bottom)
    for run in bottom.runs:
        run.font.size = Pt(9)


def _mark_as_draft(book: Any) -> None:
    page = book.sections[0]
    page.top_margin = Mm(28)  # below the two lines of the mark
    run = page.header.paragraphs[0].add_run(DRAFT)
    run.font.size, run.font.color.rgb, run.bold = Pt(9), WARN, True


def _across(paragraph: Any) -> Any:
    """What follows a tab stands at the right edge."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def _signature(book: Any, who: str, name: str) -> None:
    """A post on the left, room for the signature, the name on the right."""
    row = _across(line(book, f"{who}\t________________\t{name}", before=20))
    row.paragraph_format.tab_stops.add_tab_stop(Mm(122), WD_TAB_ALIGNMENT.RIGHT)
    row.paragraph_format.keep_together = True


def _order_head(book: Any, title: str) -> None:
    center = WD_ALIGN_PARAGRAPH.CENTER
    line(book, settings.MUNICIPALITY_NAME, align=center)
    line(book, settings.AUTHORITY_NAME, align=center, bold=True)
    line(book, "ПРИКАЗ", align=center, bold=True, size=16, before=12)
    _across(line(book, "«___» ____________ 20___ г.\t№ ________", before=6))
    line(book, title, bold=True, before=12).paragraph_format.right_indent = Mm(60)


def _order_signatures(book: Any) -> None:
    post, name = head_of_authority()
    _signature(book, post, name or "________________")
    line(book, "С приказом ознакомлены:", before=24)
    _signature(book, "«___» ____________ 20___ г.", "________________")


def _annex_head(book: Any, title: str, number: int) -> None:
    line(book, f"Приложение {number}\nк приказу\nот «___» __________ 20___ г. № ____", left=Mm(90))
    line(book, title, align=WD_ALIGN_PARAGRAPH.CENTER, bold=True, size=14, before=12)


def _show_gaps(book: Any) -> None:
    """Mark what is left to people, so that no gap is signed unseen."""
    for paragraph in book.paragraphs:
        text = paragraph.text
        if HINT not in text:
            continue
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
        for piece in _GAP.split(text):
            run = paragraph.add_run(piece)
            if piece.startswith(HINT):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


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
    add_table(book, HEADERS, lines, widths=WIDTHS, centred=(0,))
