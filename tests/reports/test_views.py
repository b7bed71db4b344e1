import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.reports.models import AnnualReport, Release
from tests.factories.reports import report_of
from tests.factories.results import ProcedureFactory, ResultAggregateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(period, school):
    work = ProcedureFactory(period=period)
    return ResultAggregateFactory(procedure=work, school__organization=school, marks=[10, 20, 30, 40])


@pytest.fixture
def report(data, specialist):
    return report_of("2025/26", by=specialist)


def address(report, name, *more):
    return reverse(f"reports:{name}", args=[report.period, *more])


@pytest.mark.capability("S-131")
def test_from_the_list_to_the_published_report(client_of, data, period, run_jobs, commit):
    office, head = client_of(Role.SPECIALIST), client_of(Role.HEAD)
    response = office.post(reverse("reports:list"), {"period": period.pk})
    report = AnnualReport.objects.get()
    assert response.url == report.get_absolute_url()
    chapter = report.chapters.get(code="conclusions")
    data = {"conclusions-text": "Наши выводы.", "conclusions-revision": chapter.revision}
    office.post(address(report, "save_chapter", "conclusions"), data)
    office.post(address(report, "prepare"))
    assert {job.state for job in run_jobs()} == {"done"}
    release = Release.objects.get()
    page = office.get(report.get_absolute_url()).content.decode()
    assert "Выпуск собрали вы" in page
    assert "Опубликовать</button>" not in page
    draft = head.get(address(report, "draft_pdf", release.pk))
    assert b"".join(draft.streaming_content).startswith(b"%PDF-")
    assert "no-store" in draft["Cache-Control"]
    head.post(address(report, "approve"), {"digest": release.digest, "read": "on"})
    assert {job.state for job in run_jobs()} == {"done"}
    release.refresh_from_db()
    assert (release.state, release.number) == (Release.State.PUBLISHED, 1)
    assert any("Наши выводы." in chapter["text"] for chapter in release.snapshot["chapters"])
    assert "Выпуск 1" in head.get(report.get_absolute_url()).content.decode()


def test_approval_needs_the_tick_and_the_other_person(client_of, report, specialist):
    office, head = client_of(Role.SPECIALIST), client_of(Role.HEAD)
    office.post(address(report, "prepare"))
    release = Release.objects.get()
    page = head.post(address(report, "approve"), {"digest": release.digest}).content.decode()
    assert "Отметьте, что отчёт прочитан" in page
    page = office.post(address(report, "approve"), {"digest": release.digest, "read": "on"}, follow=True)
    assert "второй человек" in page.content.decode()
    release.refresh_from_db()
    assert release.approved_by is None


def test_a_stale_chapter_keeps_what_was_typed(client_of, report):
    office = client_of(Role.SPECIALIST)
    url = address(report, "save_chapter", "conclusions")
    office.post(url, {"conclusions-text": "Первый", "conclusions-revision": 0})
    page = office.post(url, {"conclusions-text": "Второй", "conclusions-revision": 0}).content.decode()
    assert "изменил другой человек" in page
    assert "Второй" in page
    assert report.chapters.get(code="conclusions").text == "Первый"


def test_late_organisations_are_named_before_publication(client_of, report, school):
    from apps.roadmaps.models import Recommendation
    from tests.factories.roadmaps import AddresseeFactory

    AddresseeFactory(organization=school, recommendation__period=report.period)
    Recommendation.objects.update(due_on="2026-01-01")
    page = client_of(Role.HEAD).get(report.get_absolute_url()).content.decode()
    assert "Срок рекомендаций прошёл, отчёта нет: Школа № 1" in page


def test_the_methodologist_reads_and_writes_nothing(client_of, report):
    client = client_of(Role.METHODOLOGIST)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Собрать PDF" not in page
    for name in ("prepare", "approve", "refresh"):
        assert client.post(address(report, name)).status_code == 404
    assert client.post(address(report, "save_chapter", "conclusions"), {}).status_code == 404
    assert client.post(reverse("reports:list"), {}).status_code == 404


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR, Role.OBSERVER, Role.EXPERT])
def test_others_find_nothing(client_of, report, role):
    client = client_of(role)
    for url in (reverse("reports:list"), report.get_absolute_url(), address(report, "draft_pdf", 1)):
        assert client.get(url).status_code == 404
    for name in ("prepare", "approve", "refresh"):
        assert client.post(address(report, name)).status_code == 404


def test_a_year_without_a_report_is_not_found(client_of, report):
    client = client_of(Role.HEAD)
    assert client.get("/office/reports/2019-20/").status_code == 404
    assert client.get("/office/reports/2025-27/").status_code == 404


def test_hostile_text_is_shown_as_text(client_of, report):
    office = client_of(Role.SPECIALIST)
    text = "<script>alert(1)</script>"
    office.post(address(report, "save_chapter", "conclusions"), {"conclusions-text": text, "conclusions-revision": 0})
    page = office.get(report.get_absolute_url()).content.decode()
    assert text not in page
    assert "&lt;script&gt;" in page
