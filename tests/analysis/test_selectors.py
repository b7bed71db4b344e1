"""Shares of «2» by organisation and work: own schools only, both years, merged lots added, no rating."""

from decimal import Decimal

import pytest

from apps.analysis import selectors
from apps.analysis.models import SignRule
from apps.organizations.models import Organization
from apps.procedures.models import Procedure
from tests.factories.core import PeriodFactory
from tests.factories.results import (
    ParticipatingSchoolFactory,
    ProcedureFactory,
    ResultAggregateFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(db):
    return SignRule.objects.current(SignRule.Code.FAILING_SHARE)


@pytest.fixture
def work(period):
    return ProcedureFactory(period=period)


def test_counts_of_this_year_and_the_year_before(period, rule, work, school):
    last = ProcedureFactory(period=PeriodFactory(code="2024/25"))
    login = ParticipatingSchoolFactory(organization=school)
    ResultAggregateFactory(procedure=work, school=login, marks=[4, 3, 2, 1])
    ResultAggregateFactory(procedure=last, school=login, marks=[2, 8, 5, 5])
    (row,) = selectors.sign_rows(period=period, rule=rule)
    assert (row.counts.low, row.counts.marked, row.share) == (4, 10, Decimal(40))
    assert (row.share_before, row.change) == (Decimal(10), Decimal(30))
    assert row.is_marked
    assert "4 из 10" in row.sentence
    assert "Год назад — 10,0" in row.sentence


def test_schools_of_others_are_no_organisations_of_ours(period, rule, work):
    ResultAggregateFactory(procedure=work, school__organization=None, marks=[10, 0, 0, 0])
    assert selectors.sign_rows(period=period, rule=rule) == []


def test_two_lots_of_one_organisation_are_one_row(period, rule, work, school):
    for marks in ([1, 4, 0, 0], [3, 2, 0, 0]):
        ResultAggregateFactory(procedure=work, school__organization=school, marks=marks)
    (row,) = selectors.sign_rows(period=period, rule=rule)
    assert (row.counts.low, row.counts.marked) == (4, 10)


def test_few_participants_have_no_share(period, rule, work, school):
    ResultAggregateFactory(procedure=work, school__organization=school, marks=[5, 4, 0, 0])
    (row,) = selectors.sign_rows(period=period, rule=rule)
    assert (row.share, row.interval, row.words, row.is_marked) == (None, None, "данных мало", False)


def test_only_works_with_marks_and_of_the_kinds_asked(period, rule, school):
    for kind, grade in ((Procedure.Kind.OGE, 9), (Procedure.Kind.MDR, 5)):
        exam = ProcedureFactory(period=period, kind=kind, grade=grade)
        ResultAggregateFactory(procedure=exam, school__organization=school, marks=[10, 0, 0, 0])
    assert [row.procedure.kind for row in selectors.sign_rows(period=period, rule=rule)] == ["oge"]
    assert selectors.sign_rows(period=period, rule=rule, kinds=selectors.ONLY_VPR) == []


def test_order_is_by_number_and_never_by_share(period, rule, work, school, other_school):
    ResultAggregateFactory(procedure=work, school__organization=other_school, marks=[9, 1, 0, 0])
    ResultAggregateFactory(procedure=work, school__organization=school, marks=[0, 10, 0, 0])
    assert [row.organization for row in selectors.sign_rows(period=period, rule=rule)] == [school, other_school]


def test_queries_do_not_grow_with_schools(period, rule, work, django_assert_num_queries):
    for n in range(3):
        subject = SubjectFactory(name=f"Предмет {n}")
        ResultAggregateFactory(procedure=ProcedureFactory(period=period, subject=subject))
    with django_assert_num_queries(2):
        rows = selectors.sign_rows(period=period, rule=rule)
        assert {isinstance(row.organization, Organization) and row.sentence != "" for row in rows} == {True}


def test_summary_counts_schools_once(period, rule, school):
    for grade in (4, 5):
        work = ProcedureFactory(period=period, grade=grade)
        ResultAggregateFactory(procedure=work, school__organization=school, marks=[5, 5, 0, 0])
    summary = selectors.Summary.of(selectors.sign_rows(period=period, rule=rule))
    assert (summary.schools, summary.marked_schools, summary.marked, summary.works) == (1, 1, 2, 2)
