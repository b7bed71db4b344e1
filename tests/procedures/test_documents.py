"""The set of documents: filled from the procedure, edited, downloaded; drafts on every page."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from apps.accounts.roles import Role
from apps.procedures.documents.filling import template_text
from apps.procedures.documents.models import DocumentDraft
from apps.procedures.models import Duty
from tests.factories.core import PeriodFactory
from tests.factories.schedule import PlannedFactory, SittingFactory, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(school, other_school, specialist):
    found = PlannedFactory(
        held_on=None, window_starts_on=day(10), window_ends_on=day(12), document="Приказ № 77",
        title="МДР. Математика, 5 класс",
    )  # fmt: skip
    SittingFactory(procedure=found, organization=school, held_on=day(11), lesson=3, lessons_in_day=6)
    Duty.objects.create(user=specialist, procedure=found)
    return found


def words(content: bytes) -> str:
    book = Document(BytesIO(content))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in book.paragraphs), *cells])


@pytest.mark.capability("S-028")
def test_the_set_of_documents_is_filled_from_the_procedure(client_of, specialist, director, work, school, other_school):
    staff = client_of(specialist)
    archive = zipfile.ZipFile(BytesIO(staff.get(reverse("procedures:document_set", args=[work.pk])).content))
    assert len(archive.namelist()) == len(DocumentDraft.Kind.values) == 5
    texts = {name.removesuffix(".docx"): archive.read(name) for name in archive.namelist()}
    order = words(texts["prikaz"])
    for text in (
        "ПРИКАЗ",
        "приказ № 77",
        "(приложение 4)",
        work.title,
        f"{day(10):%d.%m.%Y}",
        specialist.get_short_name(),
    ):
        assert text in order
    assert "Математика" in words(texts["polozhenie"])
    schedule = words(texts["grafik"])
    assert school.name in schedule
    assert f"{day(11):%d.%m.%Y}" in schedule
    assert "урок 3 из 6" in schedule
    assert "(день не выбран)" in schedule  # of the other school
    assert specialist.get_short_name() in words(texts["instrukciya"])
    assert "Присутствовали" in words(texts["protokol"])
    for content in texts.values():
        header = Document(BytesIO(content)).sections[0].header.paragraphs[0].text
        assert header.startswith("ПРОЕКТ")
        assert "проверьте с юристом" in header
    assert client_of(director).get(reverse("procedures:document_set", args=[work.pk])).status_code == 404


def test_a_text_is_edited_before_it_is_downloaded_and_may_be_reset(client_of, specialist, work) -> None:
    staff, url = client_of(specialist), reverse("procedures:document", args=[work.pk, "order"])
    assert "ПРИКАЗЫВАЮ" in staff.get(url).content.decode()
    refused = staff.post(url, {"text": "  ", "save": "1"})
    assert refused.status_code == 422
    assert "Текст пуст" in refused.content.decode()
    sent = staff.post(url, {"text": "## Новое\n\nСвой текст <b>", "download": "1"})
    assert sent.url == reverse("procedures:document_docx", args=[work.pk, "order"])
    assert "Свой текст <b>" in words(staff.get(sent.url).content)
    assert "ПРИКАЗЫВАЮ" not in words(staff.get(sent.url).content)
    staff.post(url, {"reset": "1"})
    assert not DocumentDraft.objects.exists()
    # A text equal to the template is not kept, so that it goes on following the procedure.
    staff.post(url, {"text": template_text(work, "order").replace("\n", "\r\n"), "save": "1"})
    assert not DocumentDraft.objects.exists()


def test_gaps_are_counted_and_a_clean_copy_is_given_only_without_them(client_of, specialist, head, work) -> None:
    """Gaps are marked in the file; the mark of a draft goes when people have kept a text that has none."""
    staff = client_of(specialist)
    page, file = (reverse(f"procedures:{name}", args=[work.pk, "order"]) for name in ("document", "document_docx"))
    gaps = template_text(work, "order").count("(укажите")
    assert gaps
    assert f"Осталось заполнить: {gaps}" in staff.get(page).content.decode()
    book = Document(BytesIO(staff.get(file).content))
    assert sum(run.font.highlight_color is not None for p in book.paragraphs for run in p.runs) == gaps
    assert staff.get(file + "?clean=1").status_code == 404
    staff.post(page, {"text": "ПРИКАЗЫВАЮ: ____________ (укажите срок)", "save": "1"})
    assert staff.get(file + "?clean=1").status_code == 404
    staff.post(page, {"text": "ПРИКАЗЫВАЮ: до 1 декабря", "save": "1"})
    assert "?clean=1" in staff.get(page).content.decode()
    clean = Document(BytesIO(staff.get(file + "?clean=1").content))
    assert not clean.sections[0].header.paragraphs[0].text
    assert "Проект" not in clean.sections[0].footer.paragraphs[0].text
    assert head.get_short_name() in words(staff.get(file + "?clean=1").content)


def test_who_reads_and_who_writes_documents(client_of, work) -> None:
    page, file = (reverse(f"procedures:{name}", args=[work.pk, "order"]) for name in ("document", "document_docx"))
    for role in Role:
        writes = role in {Role.HEAD, Role.SPECIALIST}
        reads = writes or role in {Role.METHODOLOGIST, Role.ADMIN}
        client = client_of(role)
        assert client.get(page).status_code == (200 if writes else 404)
        assert client.get(file).status_code == (200 if reads else 404)
    assert client_of(Role.HEAD).get(reverse("procedures:document", args=[work.pk, "poem"])).status_code == 404


@pytest.mark.parametrize("kind", DocumentDraft.Kind.values)
def test_a_template_leaves_blanks_for_what_is_not_known(kind: str, db) -> None:
    bare = PlannedFactory(
        held_on=None, window_starts_on=None, window_ends_on=None, period=PeriodFactory(code="2026/27")
    )
    text = template_text(bare, kind)
    assert "{" not in text
    assert "None" not in text
    assert "____" in text
