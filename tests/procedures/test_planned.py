"""Protocols of РИС and the works of the schedule that they are results of."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import periods
from apps.core.models import Period
from apps.procedures.models import Procedure, ResultFile, Subject
from tests.factories.procedures import imported
from tests.factories.result_files import xlsx
from tests.procedures.test_ris import HEAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    def make(**more):
        subject, _ = Subject.objects.get_or_create(name="Химия")
        period = Period.objects.named(periods.school_year(2025))
        about = {"kind": "oge", "year": 2026, "grade": 9, "subject": subject, "period": period, "title": "ОГЭ. Химия"}
        return Procedure.objects.create(**about | more)

    return make


def protocol(by=None, day="2026.06.09"):
    row = [1, 9901, "9А", 991, "Вымыслова", "Анна", "Ивановна", "+-", "1(2)", 2, 3]
    return imported(xlsx({"Page 1": [[f"04 - Химия {day}"], HEAD, row]}), name="протокол.xlsx", by=by)


@pytest.mark.parametrize(
    "more",
    [
        {"held_on": date(2026, 6, 9), "session": "основной"},
        {"held_on": None},
        {"window_starts_on": date(2026, 6, 1), "window_ends_on": date(2026, 6, 10)},
    ],
    ids=["same day", "no day yet", "inside the window"],
)
def test_results_go_to_the_only_planned_work_that_fits_and_again_to_it(plan, more):
    work = plan(**more)
    for _ in range(2):
        assert list(protocol().procedures.all()) == [work]
    work.refresh_from_db()
    assert (work.held_on, work.title, Procedure.objects.count()) == (date(2026, 6, 9), "ОГЭ. Химия", 1)


def test_works_of_another_year_or_cancelled_are_not_taken(plan):
    plan(held_on=date(2026, 6, 9), cancelled_on=date(2026, 5, 1), cancel_reason="перенос")
    plan(period=Period.objects.named(periods.school_year(2024)), session="x")
    assert Procedure.objects.get(pk=protocol().procedures.get().pk).title == "ОГЭ 09.06.2026. Химия"


@pytest.mark.parametrize("chosen", ["planned", "own"])
def test_a_person_says_which_work_where_days_differ(plan, client_of, run_jobs, specialist, chosen):
    first, second = plan(held_on=date(2026, 6, 2)), plan(held_on=date(2026, 6, 25), session="резерв")
    file = protocol(by=specialist)
    assert (file.state, file.findings[-1]["code"]) == (ResultFile.State.UNCLEAR, "several_planned")
    client = client_of(Role.SPECIALIST)
    page = client.get(file.batch.get_absolute_url()).content.decode()
    assert "ОГЭ. Химия, резерв — 25.06.2026" in page
    address = reverse("procedures:file_planned", args=[file.pk])
    assert client_of(Role.DIRECTOR).post(address, {"work": first.pk}).status_code == 404
    client.post(address, {"work": second.pk if chosen == "planned" else 0})
    run_jobs()
    file.refresh_from_db()
    assert file.state == ResultFile.State.DONE
    assert (file.procedures.get() == second) is (chosen == "planned")
    assert list(protocol().procedures.all()) == list(file.procedures.all())
    assert Procedure.objects.count() == (2 if chosen == "planned" else 3)
