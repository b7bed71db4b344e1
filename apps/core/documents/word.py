"""What every DOCX of the portal shares: page, fonts, paragraphs of the little markup, page numbers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from apps.core.documents.markup import parse

FONT = "Times New Roman"
INK = RGBColor(0x14, 0x50, 0x7F)
LONG_WORDS = 16  # letters of a value that does not fit a narrow column of numbers in one line
_STYLES = (("Normal", 12, False), ("Heading 1", 15, True), ("Heading 2", 13, True), ("Title", 24, True))


def new_book(*, title: str, author: str, ink: RGBColor | None = INK) -> Any:
    """An empty document: A4, Russian, one font; headings in `ink`, black without it."""
    book = Document()
    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(25), Mm(15), Mm(20), Mm(20)
    for name, size, bold in _STYLES:
        style = book.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(attribute), FONT)
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(attribute), None)
        if name != "Normal":
            style.font.color.rgb = ink or RGBColor(0, 0, 0)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "ru-RU")
        style.element.get_or_add_rPr().append(language)
    book.styles["Normal"].paragraph_format.space_after = Pt(6)
    about = book.core_properties
    about.title, about.author, about.language, about.comments = title, author, "ru-RU", ""
    return book


def line(
    book: Any, text: str, *, align: Any = None, bold: bool = False, size: int = 0, before: int = 0, left: Any = None
) -> Any:
    """A paragraph of its own look."""
    paragraph = book.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if before:
        paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.left_indent = left
    paragraph.alignment = align
    return paragraph


def write_text(book: Any, text: str) -> None:
    """The pieces of a text of the little markup."""
    for piece in parse(text):
        if piece.kind == "heading":
            book.add_heading(piece.text, level=2)
        elif piece.kind == "list":
            for item in piece.lines:
                book.add_paragraph(item, style="List Bullet")
        else:
            paragraph = book.add_paragraph(piece.text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Mm(12.5)


def field_mark(paragraph: Any, kind: str, *, dirty: bool = False) -> None:
    """A mark of a field that the editor fills: begin, separate or end."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if dirty:
        mark.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(mark)


def page_number(paragraph: Any) -> None:
    """The number of the page, filled by the editor."""
    field_mark(paragraph, "begin")
    instruction = OxmlElement("w:instrText")
    instruction.text = "PAGE"
    paragraph.add_run()._r.append(instruction)
    field_mark(paragraph, "end")


def add_table(
    book: Any,
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[int],
    size: int = 11,
    centred: Collection[int] = (),
    right: Collection[int] = (),
) -> Any:
    """A ruled table: `widths` in millimetres, the headers repeated on every page, no row cut in two.

    Both the grid and the cells carry the widths: Word reads the cells, LibreOffice the grid. `centred` and `right` are
    columns by their place; words among the numbers of a `right` column stay on the left.
    """
    grid = book.add_table(rows=1, cols=len(headers), style="Table Grid")
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)
    sides = dict.fromkeys(centred, WD_ALIGN_PARAGRAPH.CENTER)
    _fill(grid.rows[0], headers, widths, size, sides, bold=True)
    sides |= dict.fromkeys(right, WD_ALIGN_PARAGRAPH.RIGHT)
    for row in rows:
        _fill(grid.add_row(), row, widths, size, sides)
    return grid


def _fill(
    row: Any, texts: Sequence[str], widths: Sequence[int], size: int, sides: Mapping[int, Any], *, bold: bool = False
) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = Mm(widths[place])
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), bold
        paragraph.paragraph_format.space_after = Pt(0)
        side = sides.get(place)
        if side != WD_ALIGN_PARAGRAPH.RIGHT or len(text) < LONG_WORDS:
            paragraph.alignment = side


def lay_across(book: Any) -> None:
    """Turn the pages: A4 landscape, for wide tables."""
    page = book.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(20), Mm(15), Mm(15), Mm(15)
