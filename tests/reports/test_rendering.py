"""The PDF: fonts, tags, contents with pages, nothing fetched, a draft marked, the same twice."""

import logging
from io import BytesIO

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from apps.core.documents.fetcher import FontsOnly
from apps.core.documents.frozen import digest_of
from apps.core.documents.pdf import RenderingRefused
from apps.reports.rendering.pdf import Imprint, render
from tests.factories.organizations import SchoolFactory
from tests.factories.reports import document, report_of
from tests.factories.results import ProcedureFactory, ResultAggregateFactory

pytestmark = pytest.mark.django_db
HOSTILE = (
    '<img src="file:///etc/passwd"><link rel=attachment href="file:///etc/passwd"> @import url(http://127.0.0.1:9/x); '
    '<iframe src="http://127.0.0.1:9/"></iframe><svg><image href="file:///etc/passwd"/></svg> '
    '{{ 7|add:7 }} {% now "Y" %}'
)


@pytest.fixture
def frozen(authority, period):
    SchoolFactory(name=HOSTILE[:190])
    ResultAggregateFactory(procedure=ProcedureFactory(period=period), marks=[10, 20, 30, 40])
    return document(report_of(), conclusions=f"Ёлка, №, «кавычки» — тире.\n\n{HOSTILE}")


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def fonts_of(pdf):
    names = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            names.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    return names


def test_the_paper(frozen):
    pdf = render(frozen, Imprint(digest_of(frozen)))
    reader = PdfReader(BytesIO(pdf))
    text = text_of(pdf)
    assert fonts_of(pdf) <= {"PT-Sans", "PT-Sans-Bold", "PT-Sans-Italic", "PT-Sans-Bold-Italic"}
    assert fonts_of(pdf) >= {"PT-Sans", "PT-Sans-Bold"}
    assert "Ёлка, №, «кавычки» — тире." in text
    pages = len(reader.pages)
    assert f"Страница {pages} из {pages}" in text
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles[:3] == ["Содержание", "Главное за год", "1. Введение"]
    assert reader.trailer["/Root"]["/Lang"] == "ru"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == frozen["title"]
    assert reader.metadata.author == frozen["authority"]
    # Hostile text is text: seen on paper, nothing attached, nothing fetched, no template run.
    assert "<iframe" in text
    assert "{{ 7|add:7 }}" in text
    assert "root:" not in text
    assert not reader.attachments


def test_contents_lead_to_the_pages_they_name(frozen):
    reader = PdfReader(BytesIO(render(frozen, Imprint(digest_of(frozen)))))
    contents = reader.pages[1].extract_text()
    for item in reader.outline:
        if isinstance(item, list) or item.title == "Содержание":
            continue
        number = reader.get_destination_page_number(item) + 1
        line = next(line for line in contents.splitlines() if line.startswith(item.title))
        assert line.rstrip().endswith(str(number))


def test_two_renderings_are_the_same_text(frozen):
    imprint = Imprint(digest_of(frozen), 1)
    assert text_of(render(frozen, imprint)) == text_of(render(frozen, imprint))


def test_a_draft_says_so_on_every_page_and_a_release_does_not(frozen):
    draft = render(frozen, Imprint(digest_of(frozen)))
    for page in PdfReader(BytesIO(draft)).pages[1:]:
        assert "Черновик" in page.extract_text()
    final = text_of(render(frozen, Imprint(digest_of(frozen), 3)))
    assert "ерновик" not in final.replace(" ", "").lower()
    assert "Выпуск 3" in final


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x",
        "https://example.org/",
        "//127.0.0.1/x",
        "data:text/plain,x",
        "ftp://127.0.0.1/",
        "font:../../etc/passwd",
        "font:",
        "FONT:regular",
        "jar:file:///x",
        "",
    ],
)
def test_the_fetcher_knows_four_fonts_and_nothing_else(url):
    with pytest.raises(FatalURLFetchingError):
        FontsOnly().fetch(url)


def test_a_document_that_asks_for_more_is_not_rendered(frozen, monkeypatch):
    """The template escapes everything; should it ever not, the rendering ends instead of fetching."""
    from apps.reports.rendering import pdf

    monkeypatch.setattr(pdf, "render_to_string", lambda *_: "<img src='http://127.0.0.1:9/x'>")
    with pytest.raises(RenderingRefused):
        render(frozen, Imprint(digest_of(frozen)))


def test_progress_is_told_and_ends_with_the_rendering(frozen):
    told = []
    render(frozen, Imprint(digest_of(frozen)), lambda *step: told.append(step))
    assert told
    assert all(0 < done <= total for done, total, _ in told)
    before = len(told)
    logging.getLogger("weasyprint.progress").info("Step 5 - Creating layout - Page 1")
    assert len(told) == before


def test_the_web_process_does_not_load_the_typesetter():
    """WeasyPrint costs 46 MB and most of a second: only workers and commands import it."""
    import subprocess
    import sys

    code = "import django, sys; django.setup(); import msoko.urls; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
