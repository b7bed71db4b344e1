"""The evidence file as DOCX."""

from io import BytesIO
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt, RGBColor

from apps.core.documents import word
from apps.core.documents.frozen import without_control_characters as clean
from apps.reports.evidence.content import Chapter, Entry, Evidence

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
    lines = evidence.cycle.lines
    columns = 10
    table = book.add_table(rows=len(lines) + 1, cols=columns)
    table.style = "Table Grid"
    table.autofit = False
    cells = table._cells  # each access of a row builds them all anew
    heads = (
        ["Направление", *(f"{cell.position.number} {cell.position.short}" for cell in lines[0].cells)] if lines else []
    )
    for at, text in enumerate(heads):
        _fill(cells[at], text.replace("\u00ad", ""), bold=True)
    for row, line in enumerate(lines, start=1):
        _fill(cells[row * columns], f"{line.direction.code} {line.direction}")
        for at, cell in enumerate(line.cells, start=1):
            here = cells[row * columns + at]
            _fill(here, f"{cell.word}{f' ({len(cell.ready)})' if cell.ready else ''}")
            _shade(here, SHADES.get(cell.tone, SHADES["neutral"]))
    for at, cell in enumerate(cells):
        cell.width = Mm(62) if at % columns == 0 else Mm(21)
    upright = book.add_section()
    upright.orientation = WD_ORIENT.PORTRAIT
    upright.page_width, upright.page_height = Mm(210), Mm(297)


def _fill(cell: Any, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(clean(text))
    run.font.size, run.bold = Pt(8), bold


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
