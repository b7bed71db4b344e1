"""The evidence file as DOCX."""

from io import BytesIO
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt, RGBColor

from apps.core.documents import word
from apps.core.documents.frozen import without_control_characters as clean
from apps.reports.evidence.content import Chapter, Entry, Evidence
from apps.roadmaps.cycle.positions import ALL
from apps.roadmaps.cycle.shape import Cell

RED = RGBColor(0xA3, 0x16, 0x21)
SHADES = {"good": "DDF0E3", "warn": "FBEBCB", "bad": "F8D9DA", "info": "DCEAF6", "neutral": "EEF1F4"}


def written(evidence: Evidence) -> bytes:
    """The bytes of the document. Cells of the matrix say their state in words, the shade only repeats it."""
    book = word.new_book(title=evidence.title, author=evidence.whose)
    word.page_number(book.sections[0].footer.paragraphs[0])
    book.add_heading(evidence.title, level=1)
    _line(book, f"{evidence.whose}. Составлен {evidence.cycle.today:%d.%m.%Y}.")
    _line(book, evidence.summary)
    _line(
        book,
        "Перечень документов, критерии и сроки позиций — предложение портала: официальным текстом не подтверждены. "
        "Адрес каждого объекта на портале стоит под ним; вложенные документы лежат в архиве в папках направлений.",
        size=10,
    )
    book.add_heading("Содержание", level=2)
    for chapter in evidence.chapters:
        line = chapter.line
        text = f"{chapter.heading} — заполнено {line.filled} из {len(line.asked)}, разрывов {len(line.breaks)}"
        book.add_paragraph(clean(text), style="List Bullet")
    _matrix(book, evidence)
    for chapter in evidence.chapters:
        _chapter(book, chapter)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _line(book: Any, text: str, *, red: bool = False, size: int = 0, left: int = 0) -> None:
    paragraph = book.add_paragraph()
    run = paragraph.add_run(clean(text))
    if size:
        run.font.size = Pt(size)
    if red:
        run.font.color.rgb, run.bold = RED, True
    paragraph.paragraph_format.left_indent = Mm(left) if left else None
    paragraph.paragraph_format.space_after = Pt(3)


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _matrix(book: Any, evidence: Evidence) -> None:
    """On a page of its own, across."""
    section = book.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    book.add_heading("Сводная таблица", level=2)
    heads = ["Направление", *(f"{one.number} {one.short}".replace("\u00ad", "") for one in ALL)]
    lines = evidence.cycle.lines
    rows = [[clean(f"{line.direction.code} {line.direction}"), *map(_told, line.cells)] for line in lines]
    table = word.add_table(book, heads, rows, widths=(50, *(23,) * len(ALL)), size=8)
    for row, line in zip(table.rows[1:], lines, strict=True):
        for here, cell in zip(row.cells[1:], line.cells, strict=True):
            _shade(here, SHADES.get(cell.tone, SHADES["neutral"]))
    upright = book.add_section()
    upright.orientation = WD_ORIENT.PORTRAIT
    upright.page_width, upright.page_height = Mm(210), Mm(297)


def _told(cell: Cell) -> str:
    return f"{cell.word} ({len(cell.ready)})" if cell.ready else cell.word


def _chapter(book: Any, chapter: Chapter) -> None:
    book.add_heading(clean(chapter.heading), level=1)
    for text in chapter.breaks:
        _line(book, f"Разрыв. {text}", red=True)
    for place in chapter.places:
        book.add_heading(f"{place.heading} — {place.cell.word}", level=2)
        if place.gap:
            _line(book, place.gap, red=True)
        for entry in place.entries:
            _entry(book, entry)


def _entry(book: Any, entry: Entry) -> None:
    word.line(book, clean(entry.heading), bold=True, size=11)
    if entry.words:
        _line(book, entry.words, size=10, left=5)
    if entry.bases:
        _line(book, f"Основание: {'; '.join(entry.bases)}", size=10, left=5)
    for paper in entry.papers:
        _line(book, f"Документ: {paper.path}", size=10, left=5)
    if entry.address:
        _line(book, f"На портале: {entry.address}", size=9, left=5)
    for text in entry.breaks:
        _line(book, f"Разрыв. {text}", red=True, size=10, left=5)
