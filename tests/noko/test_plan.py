"""The plan by years, the term of the law, and the whole way of an assessment."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.models import Period
from apps.noko.cycle import cycle
from apps.noko.models import Measure, OperatorReport, PlanEntry, Shortcoming
from apps.noko.selectors.plan import plan
from apps.noko.todo import todo_for
from tests.factories.core import PeriodFactory
from tests.factories.noko import AssessmentFactory, MeasureFactory, PlanEntryFactory, ShortcomingFactory, operator_file

pytestmark = pytest.mark.django_db


def year(back: int = 0) -> int:
    return timezone.localdate().year - back


def assessed(organization: Any, back: int) -> Any:
    return AssessmentFactory(organization=organization, report__period=PeriodFactory(code=str(year(back))))


def line_of(organization: Any) -> Any:
    return next(line for line in plan().lines if line.organization == organization)


def test_the_term_of_the_law_is_data_with_its_source() -> None:
    rule = cycle()
    assert rule.years == 3
    assert "95.2" in rule.act
    assert not rule.is_confirmed


@pytest.mark.parametrize(
    ("back", "planned", "tone"),
    [(1, None, "warn"), (1, -2, "good"), (1, -3, "warn"), (3, 0, "good"), (3, None, "warn"), (4, None, "bad")],
)
def test_who_would_miss_the_term_is_shown(school, back: int, planned: int | None, tone: str) -> None:
    assessed(school, back)
    if planned is not None:
        PlanEntryFactory(organization=school, year=year(planned))
    line = line_of(school)
    assert (line.tone, line.deadline) == (tone, year(back) + 3)


def test_an_organisation_never_assessed_is_missing_and_a_new_one_has_time(school, other_school) -> None:
    other_school.opened_on = timezone.localdate() - timedelta(days=1)
    other_school.save()
    assert line_of(school).deadline == year()
    assert line_of(other_school).deadline == (timezone.localdate() - timedelta(days=1)).year + 3


@pytest.mark.capability("S-118")
def test_a_specialist_plans_enters_results_and_the_school_mends(
    client_of, specialist, director, school, other_school, of_school, pack
) -> None:
    staff, own = client_of(specialist), client_of(director)
    page = staff.get(reverse("noko:plan")).content.decode()
    assert "Без плана до конца срока: 2 организации" in page
    staff.post(reverse("noko:plan_add"), {"year": str(year()), "organizations": [school.pk]})
    assert PlanEntry.objects.get().organization == school
    assert "Без плана до конца срока: 1 организация" in staff.get(reverse("noko:plan")).content.decode()
    period = Period.objects.named(str(year()))
    file = operator_file(period, {school.code: of_school}, [(school.code, "", "Тесная раздевалка.")])
    staff.post(reverse("noko:upload"), {"year": str(year()), "operator": "ООО «Оператор»", "file": file})
    staff.post(reverse("noko:report_accept", args=[OperatorReport.objects.get().pk]))
    mine = own.get(reverse("noko:own")).content.decode()
    assert "Тесная раздевалка." in mine
    shortcoming = Shortcoming.objects.get(text="Тесная раздевалка.")
    due = timezone.localdate() + timedelta(days=30)
    data = {"text": "Поставить скамьи", "responsible": "завхоз", "due_on": due.isoformat()}
    own.post(reverse("noko:measure_create", args=[shortcoming.pk]), data)
    measure = Measure.objects.get()
    refused = own.post(measure.get_absolute_url(), {"text": "Поставили"}).content.decode()
    assert "Нет подтверждения" in refused
    assert "Поставили" in refused  # what was typed stays
    own.post(measure.get_absolute_url(), {"text": "Поставили", "proof_url": "https://school-01.example/news/1"})
    board = staff.get(reverse("noko:measures")).content.decode()
    assert "Поставить скамьи" in board
    assert "отчёт на проверке" in board
    review = reverse("noko:measure_review", args=[measure.pk])
    staff.post(review, {"return": "1", "text": ""})
    measure.refresh_from_db()
    assert measure.state == "reported"  # returned only with a reason
    staff.post(review, {"return": "1", "text": "Пришлите фотографию"})
    assert "Пришлите фотографию" in own.get(measure.get_absolute_url()).content.decode()
    own.post(measure.get_absolute_url(), {"text": "Фото на сайте", "proof_url": "https://school-01.example/news/2"})
    staff.post(review, {"accept": "1", "text": ""})
    measure.refresh_from_db()
    assert measure.state == "done"
    sheet = staff.get(reverse("noko:measures_file"))
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_an_assessed_year_stays_in_the_plan(client_of, specialist, school) -> None:
    entry = PlanEntryFactory(organization=school, year=year(1))
    free = PlanEntryFactory(organization=school, year=year(-1))
    assessed(school, 1)
    client = client_of(specialist)
    for each in (entry, free):
        client.post(reverse("noko:plan_remove", args=[each.pk]))
    assert list(PlanEntry.objects.all()) == [entry]


def test_a_school_sees_its_own_and_never_another(client_of, director, school, other_school) -> None:
    own, other = assessed(school, 1), assessed(other_school, 1)
    foreign = MeasureFactory(shortcoming__assessment=other)
    client = client_of(director)
    assert client.get(own.get_absolute_url()).status_code == 200
    for url in (
        other.get_absolute_url(),
        foreign.get_absolute_url(),
        reverse("noko:measure_create", args=[foreign.shortcoming_id]),
        reverse("noko:measure_proof", args=[foreign.pk]),
        reverse("noko:plan"),
        reverse("noko:results", args=[year(1)]),
        reverse("noko:measures"),
        reverse("noko:measures_file"),
    ):
        assert client.get(url).status_code == 404, url


def test_a_mean_of_two_organisations_is_not_told_to_one_of_them(
    client_of, director, specialist, school, other_school
) -> None:
    own = assessed(school, 1)
    AssessmentFactory(report=own.report, organization=other_school, figures={"K1": "77.77"})
    seen = client_of(director).get(own.get_absolute_url()).content.decode()
    assert "83,8" not in seen  # (90 + 77.77) / 2
    assert "83,8" in client_of(specialist).get(own.get_absolute_url()).content.decode()


def test_today_says_what_waits(director, specialist, school) -> None:
    assessment = assessed(school, 1)
    ShortcomingFactory(assessment=assessment)
    late = MeasureFactory(shortcoming__assessment=assessment, due_on=timezone.localdate() - timedelta(days=2))
    titles = {todo.title: todo.tone for todo in todo_for(director)}
    assert titles["Недостатки по независимой оценке без мер"] == "warn"
    assert titles["Отчитаться об устранении недостатков"] == "bad"
    assert "Недостатки не устранены в срок" in {todo.title for todo in todo_for(specialist)}
    late.state = Measure.State.REPORTED
    late.report_text, late.reported_at, late.reported_by = "Сделано", timezone.now(), director
    late.save()
    assert "Проверить отчёты об устранении недостатков" in {todo.title for todo in todo_for(specialist)}


def test_the_page_on_bus_gov_is_set_by_the_department(client_of, specialist, director, school) -> None:
    url = (row := assessed(school, 1)).get_absolute_url()
    staff = client_of(specialist)
    assert "не страница сайта bus.gov.ru" in staff.post(url, {"url": "https://bus.example/1"}).content.decode()
    staff.post(url, {"url": "https://bus.gov.ru/info-card/5"})
    assert client_of(director).post(url, {"url": "https://bus.gov.ru/info-card/6"}).status_code == 404
    row.refresh_from_db()
    assert row.bus_gov_url == "https://bus.gov.ru/info-card/5"
    assert "https://bus.gov.ru/info-card/5" in client_of(director).get(url).content.decode()


def test_a_council_member_reads_the_results_and_nothing_else(client_of, school) -> None:
    client = client_of(Role.PUBLIC_REPRESENTATIVE)
    assert "Результатов ещё нет" in client.get(reverse("noko:latest")).content.decode()
    assessed(school, 1)
    assert client.get(reverse("noko:latest")).url == reverse("noko:results", args=[year(1)])
    assert client.get(reverse("noko:results", args=[year(1)])).status_code == 200
    assert client.get(reverse("noko:plan")).status_code == 404


@pytest.mark.parametrize("address", ["1", "0", "9999", "20251"])
def test_a_year_of_nowhere_is_not_found(client_of, specialist, address: str) -> None:
    client = client_of(specialist)
    assert client.get(reverse("noko:results", args=[int(address)])).status_code == 404
