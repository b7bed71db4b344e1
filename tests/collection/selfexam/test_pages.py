"""Pages of the report by role: what is seen, what is hidden, and the way walked by clicks from draft to founder."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.collection.models import SelfExamination, SelfExamPrint, SelfExamSection
from apps.collection.selfexam.sections import sections_for
from apps.collection.todo import todo_for
from apps.core import jobs
from apps.desk.navigation import menu_of
from tests.factories.selfexam import take_up_to, write_all


def text_of(response):
    return response.content.decode()


def url(name, year, *args):
    return reverse(f"collection:{name}", args=[year, *args])


@pytest.mark.parametrize("role", list(Role))
def test_who_opens_what(client_of, role, written, school):
    year = written.period
    pages = {
        reverse("collection:selfexam_own"): SCHOOL,
        url("selfexam", year): SCHOOL,
        url("selfexam_section", year, "general"): SCHOOL,
        url("selfexam_board", year): AUTHORITY,
        url("selfexam_export", year): AUTHORITY,
        url("selfexam_report", year, school.code): AUTHORITY,
    }
    client = client_of(role)
    got = {address: client.get(address).status_code for address in pages}
    assert got == {address: 200 if role in allowed else 404 for address, allowed in pages.items()}


def test_a_foreign_report_is_not_found_and_not_written(client_of, written, other_director, other_submission, director):
    year = written.period
    client = client_of(other_director)
    client.post(url("selfexam_section", year, "general"), {"text": "Чужое", "revision": 0})
    assert SelfExamSection.objects.get(examination=written, code="general").text.startswith("Написано.")
    made = SelfExamination.objects.get(organization=other_director.organization)
    assert made.pk != written.pk  # the stranger has written their own report
    copy = SelfExamPrint.objects.create(examination=written, document={}, digest="a" * 64, is_draft=True)
    for kind in ("pdf", "docx"):
        assert client.get(url("selfexam_paper", year, copy.pk, kind)).status_code == 404
    assert client.post(url("selfexam_step", year, "discussed"), {"happened_on": "2026-03-01"}).status_code == 422
    assert not written.steps.exists()


def test_a_year_that_was_not_asked_is_not_found(client_of, director, submission):
    assert client_of(director).get(reverse("collection:selfexam", args=["2019"])).status_code == 404


@pytest.mark.capability("S-105")
def test_a_coordinator_writes_beside_the_figures_and_prints(client_of, coordinator, filled, specialist):
    """Indicators with shares computed beside the text; the analytical part; the printed report in both formats."""
    year, client = filled.period, client_of(coordinator)
    page = text_of(client.get(url("selfexam", year)))
    assert "Написано разделов: 0 из 11" in page
    for kind in sections_for(filled.organization.programmes):
        response = client.post(
            url("selfexam_section", year, kind.code), {"text": f"О разделе {kind.code}.", "revision": 0, "save": "1"}
        )
        assert response.status_code == 302
    written = SelfExamination.objects.get()
    assert written.sections.exclude(text="").count() == 11
    client.post(
        url("selfexam_attach", year),
        {"title": "Учебный план", "file": SimpleUploadedFile("план.pdf", b"%PDF-1.7 x", "application/pdf")},
    )
    assert written.attachments.get().title == "Учебный план"
    assert client.post(url("selfexam_print", year)).status_code == 302
    copy = SelfExamPrint.objects.get()
    jobs.run(copy.job_id)
    assert "Доля отличников" in text_of(client.get(filled.get_absolute_url()))
    for kind, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        response = client.get(url("selfexam_paper", year, copy.pk, kind))
        assert b"".join(response.streaming_content).startswith(head)
        office = reverse("collection:selfexam_office_paper", args=[year, filled.organization.code, copy.pk, kind])
        assert client_of(specialist).get(office).status_code == 200
        assert client.get(office).status_code == 404


def test_figures_of_the_form_stand_beside_the_section(client_of, coordinator, filled, form):
    indicator = form.fields.get(version__indicator__number="1").version.indicator
    indicator.number = "1.5"  # a row of «Содержание и качество подготовки»
    indicator.save(update_fields=["number"])
    client = client_of(coordinator)
    quality = text_of(client.get(url("selfexam_section", filled.period, "quality")))
    assert "Общая численность учащихся" in quality
    assert '<td class="num">100</td>' in quality
    assert "Общая численность учащихся" not in text_of(client.get(url("selfexam_section", filled.period, "staff")))


def test_autosave_answers_with_the_next_revision(client_of, coordinator, year):
    address = url("selfexam_section", year, "general")
    response = client_of(coordinator).post(address, {"text": "Сам.", "revision": 0}, headers={"HX-Request": "true"})
    assert response["X-Fill"] == "1"
    assert "Записано в" in text_of(response)
    assert 'value="1" hx-swap-oob="true"' in text_of(response)


def test_two_editors_lose_nothing(client_of, coordinator, director, year):
    address = url("selfexam_section", year, "general")
    client_of(coordinator).post(address, {"text": "Текст заместителя.", "revision": 0, "save": "1"})
    response = client_of(director).post(address, {"text": "Текст директора.", "revision": 0, "save": "1"})
    page = text_of(response)
    assert response.status_code == 422
    assert "Текст заместителя." in page
    assert "Текст директора." in page
    assert "изменил другой человек" in page
    joined = {"text": "Оба текста.", "revision": 1, "save": "1"}
    assert client_of(director).post(address, joined).status_code == 302
    assert SelfExamSection.objects.get().text == "Оба текста."


def test_too_long_a_text_is_told_and_kept_on_the_page(client_of, coordinator, year):
    address = url("selfexam_section", year, "general")
    response = client_of(coordinator).post(address, {"text": "ж" * 30_001, "revision": 0, "save": "1"})
    assert response.status_code == 422
    assert "длиннее 30000 знаков" in text_of(response)
    assert "ж" * 30_001 in text_of(response)


@pytest.mark.capability("S-162")
def test_the_steps_by_clicks_and_the_board_of_the_authority(client_of, coordinator, director, filled, specialist):
    """Draft, council, approval, publication, founder: each by whom and when; days left, lateness, the board."""
    year, school = filled.period, filled.organization
    examination = write_all(school, year, coordinator)
    SelfExamination.objects.update(due_on=timezone.localdate() + timedelta(days=5))
    today = timezone.localdate()
    page = text_of(client_of(coordinator).get(url("selfexam", year)))
    assert "осталось 5 дней" in page

    def step(person, code, **data):
        return client_of(person).post(url("selfexam_step", year, code), {"happened_on": today.isoformat(), **data})

    assert step(coordinator, "discussed", body="педагогический совет", number="7").status_code == 302
    assert "Этот шаг отмечает руководитель" in text_of(client_of(coordinator).get(url("selfexam", year)))
    step(coordinator, "approved", number="12")
    examination.refresh_from_db()
    assert examination.step == "discussed"
    assert step(director, "approved", number="12").status_code == 302
    refused = step(coordinator, "published", url="javascript:alert(1)")
    assert refused.status_code == 422
    assert "Ссылка не похожа" in text_of(refused)
    assert step(coordinator, "published", url="https://school.test.invalid/r.pdf").status_code == 302
    assert step(coordinator, "sent").status_code == 302
    office = client_of(specialist)
    board = text_of(office.get(url("selfexam_board", year)))
    assert "https://school.test.invalid/r.pdf" in board
    assert "направлен учредителю" in board
    assert "в срок" in board
    report = text_of(office.get(url("selfexam_report", year, school.code)))
    assert "№ 7" in report
    assert coordinator.get_short_name() in report
    SelfExamination.objects.update(due_on=today - timedelta(days=1))
    assert "после срока" in text_of(office.get(url("selfexam_board", year)))
    book = openpyxl.load_workbook(BytesIO(b"".join(office.get(url("selfexam_export", year)).streaming_content)))
    cells = [cell.value for cell in list(book.active.rows)[1]]
    assert cells[0] == school.name
    assert cells[3] == "направлен учредителю"
    assert cells[-1] == "да"


def test_the_last_step_is_undone_by_a_click_with_a_reason(client_of, director, written):
    take_up_to(written, "discussed", director)
    client, address = client_of(director), url("selfexam_undo", written.period)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Протокол переоформлен"}).status_code == 302
    page = text_of(client.get(url("selfexam", written.period)))
    assert "Протокол переоформлен" in page


def test_the_board_shows_who_has_not_begun_and_who_is_late(client_of, specialist, written, other_submission):
    year = written.period
    SelfExamination.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    client = client_of(specialist)
    page = text_of(client.get(url("selfexam_board", year)))
    assert other_submission.organization.name in page
    assert "не начат" in page
    late = text_of(client.get(url("selfexam_board", year), {"late": "on"}))
    assert "просрочено на 3 дня" in late
    assert [todo.count for todo in todo_for(specialist) if "самообследовании" in todo.title] == [1]


def test_what_waits_today(director, written):
    SelfExamination.objects.update(due_on=date(2026, 4, 20))
    (todo,) = [todo for todo in todo_for(director) if "самообследовании" in todo.title]
    assert "обсудить отчёт" in todo.title
    assert todo.due_on == date(2026, 4, 20)


def test_the_menu_leads_there(director, specialist, authority):
    for person, name in ((director, "collection:selfexam_own"), (specialist, "collection:selfexam_years")):
        links = [link.url for _, links in menu_of(person, "/") for link in links]
        assert reverse(name) in links
