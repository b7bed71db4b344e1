"""A school joins another one: its open case goes along, its results count for the yearly list of the other."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from apps.analysis.objectivity import services
from apps.analysis.signs import counting, inputs
from apps.analysis.signs.share import Counts
from apps.core import events
from apps.organizations.services import merge_organizations
from tests.factories.organizations import SchoolFactory
from tests.factories.results import ParticipatingSchoolFactory, ProcedureFactory, ResultAggregateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    return SchoolFactory(number=44, code="school-44")


def case(school, period, by):
    return services.open_case(
        organization=school, period=period, reason="Скопления у границ.", plan="Перепроверить десять работ.",
        due_on=timezone.localdate() + timedelta(days=20), by=by,
    )  # fmt: skip


def test_an_open_case_goes_on_at_the_school_it_joined_and_a_closed_one_stays(school, other, period, specialist):
    done = case(school, period, specialist)
    services.close_case(case=done, outcome="explained", result="Расхождений нет.", by=specialist)
    still = case(school, period, specialist)
    merge_organizations(organization=school, into=other, on=timezone.localdate(), by=specialist)
    for one in (done, still):
        one.refresh_from_db()
    assert (done.organization, still.organization) == (school, other)
    assert "Перешло" in events.history(still)[0].text


def test_a_second_open_case_of_a_year_stays_and_says_what_to_do(school, other, period, specialist):
    case(other, period, specialist)
    own = case(school, period, specialist)
    merge_organizations(organization=school, into=other, on=timezone.localdate(), by=specialist)
    own.refresh_from_db()
    assert own.organization == school
    assert "завершите этот" in events.history(own)[0].text


def test_results_of_a_joined_school_count_for_the_one_it_joined(school, other, period, specialist):
    work = ProcedureFactory(period=period)
    for one, marks in ((school, [6, 4, 0, 0]), (other, [0, 10, 0, 0])):
        ResultAggregateFactory(procedure=work, school=ParticipatingSchoolFactory(organization=one), marks=marks)
    assert [case.counts for case in inputs.read(period).shares(other.pk)] == [Counts(0, 10)]
    merge_organizations(organization=school, into=other, on=date(2026, 3, 1), by=specialist)
    assert [case.counts for case in inputs.read(period).shares(other.pk)] == [Counts(6, 20)]
    assert school not in counting.schools(period)
