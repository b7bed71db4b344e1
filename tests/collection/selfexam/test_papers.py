"""The printed report: the same content as PDF and DOCX, hostile text stays text, a draft says so."""

from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from apps.collection.models import SelfExamPrint
from apps.collection.selfexam import paper, word
from apps.collection.selfexam.content import assemble
from apps.collection.selfexam.sections import sections_for
from apps.collection.services import selfexam
from apps.core import jobs
from apps.core.documents.frozen import digest_of
from tests.factories.selfexam import take_up_to

HOSTILE = '<img src="file:///etc/passwd">{{ 7|add:7 }}<w:p/>'
TEXT = f"## Итоги\nПервый абзац.\n\n- раз\n- два\n\n{HOSTILE}\x07"


@pytest.fixture
def report(written, director):
    selfexam.save_section(
        organization=written.organization, period=written.period, code="general", text=TEXT, revision=1, by=director
    )
    return take_up_to(written, "approved", director)


def text_of(pdf):
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def docx_text(content):
    book = Document(BytesIO(content))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in book.paragraphs), *cells])


def test_pdf_and_docx_say_the_same(report):
    pdf = text_of(paper.render(report.document, report.digest, is_draft=False))
    docx = docx_text(word.render(report.document, report.digest, is_draft=False))
    for kind in sections_for(report.organization.programmes):
        assert kind.title in pdf
        assert kind.title in docx
    for words in ("педагогический совет, протокол от 25.03.2026 № 4", "от 01.04.2026 № 57-о", "Первый абзац.",
                  "Доля отличников", "40,0", "Приказ управления образования № 1"):  # fmt: skip
        assert words.lower() in pdf.lower(), words
        assert words.lower() in docx.replace("\xa0", " ").lower(), words
    assert "ерновик" not in docx
    for text in (pdf, docx):
        assert "{{ 7|add:7 }}" in text
        assert "root:" not in text


def test_the_pdf_is_tagged_russian_and_has_contents(report):
    reader = PdfReader(BytesIO(paper.render(report.document, report.digest, is_draft=False)))
    assert reader.trailer["/Root"]["/Lang"] == "ru"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles[:2] == ["Содержание", "1. Общие сведения об организации"]
    assert titles[-1] == "Показатели деятельности"
    assert reader.metadata.author == report.document["organization"]


def test_the_docx_has_headings_lists_and_a_table_with_a_repeated_header(report):
    book = Document(BytesIO(word.render(report.document, report.digest, is_draft=False)))
    styles = {paragraph.style.name for paragraph in book.paragraphs}
    assert {"Heading 1", "Heading 2", "List Bullet", "Title"} <= styles
    assert "w:tblHeader" in book.tables[0]._tbl.xml
    assert book.core_properties.language == "ru-RU"


def test_a_draft_says_so(written):
    document = assemble(written)
    digest = digest_of(document)
    assert "Черновик" in text_of(paper.render(document, digest, is_draft=True))
    assert "Черновик" in docx_text(word.render(document, digest, is_draft=True))


def test_the_job_keeps_both_files_once(report, director):
    copy = selfexam.request_print(examination=report, by=director)
    for _ in range(2):
        jobs.run(copy.job_id)
    copy = SelfExamPrint.objects.get()
    assert copy.is_ready
    assert copy.pdf.file.read().startswith(b"%PDF")
    assert copy.docx.file.read().startswith(b"PK")
    assert not copy.is_draft
