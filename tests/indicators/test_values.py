"""Recording values: all or nothing, twice is once, absent is not zero."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.findings import Refused
from apps.indicators.models import Value
from apps.indicators.services import NewValue, Origin, forget_values, record_values
from tests.factories.indicators import PackFactory, VersionFactory
from tests.factories.organizations import SchoolFactory

D = Decimal

pytestmark = pytest.mark.django_db

ORIGIN = Origin("collection.Submission", "7")


@pytest.fixture
def head_count():
    return VersionFactory(indicator__number="1.1")


def record(period, values, **fields):
    fields = {"source": "collection", "by": None, "origin": ORIGIN, **fields}
    return record_values(period=period, values=values, **fields)


def test_values_are_written_with_their_origin(head_count, school, other_school, calendar_year, specialist):
    values = [
        NewValue(school.pk, "trial.1.1", D("412.5"), place="лист «Форма», ячейка D14"),
        NewValue(other_school.pk, head_count.pk, None, absence_reason="не ведётся"),
    ]
    assert record(calendar_year, values, by=specialist) == 2
    first, second = Value.objects.order_by("organization_id")
    assert (first.version, first.number, first.absence_reason) == (head_count, D("412.5"), "")
    assert (first.origin, first.origin_id, first.origin_place) == (*("collection.Submission", "7"), values[0].place)
    assert first.recorded_by == specialist
    assert (second.number, second.absence_reason) == (None, "не ведётся")


def test_the_same_values_again_change_nothing(head_count, school, calendar_year):
    values = [NewValue(school.pk, "trial.1.1", D(412))]
    assert record(calendar_year, values) == 1
    before = Value.objects.values().get()
    assert record(calendar_year, values) == 0
    assert Value.objects.values().get() == before
    assert record(calendar_year, [NewValue(school.pk, "trial.1.1", D(413))]) == 1
    assert Value.objects.get().number == 413


def test_zero_is_a_number_and_absence_has_a_reason(head_count, school, calendar_year):
    assert record(calendar_year, [NewValue(school.pk, "trial.1.1", D(0))]) == 1
    assert Value.objects.get().number == 0
    with pytest.raises(Refused, match="либо число, либо причина"):
        record(calendar_year, [NewValue(school.pk, "trial.1.1", None)])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"indicator": "trial.9.9"}, "unknown_indicator"),
        ({"indicator": 10**9}, "unknown_indicator"),
        ({"organization_id": 10**9}, "unknown_organization"),
        ({"number": D("NaN")}, "bad_number"),
        ({"number": D("Infinity")}, "bad_number"),
        ({"number": D(10) ** 14}, "bad_number"),
        ({"number": D("0.0000001")}, "bad_number"),
        ({"absence_reason": "не ведётся"}, "value_or_reason"),
        ({"indicator": "trial.share"}, "not_a_measure"),
        ({"indicator": "school.1"}, "wrong_period"),
    ],
)
def test_bad_values_are_refused_and_nothing_is_written(head_count, school, calendar_year, value, code):
    VersionFactory(indicator__number="share", is_derived=True, formula="[trial.1.1]")
    VersionFactory(indicator__pack=PackFactory(code="school", period_kind="school_year").code, indicator__number="1")
    good = {"organization_id": school.pk, "indicator": "trial.1.1", "number": D(1)}
    with pytest.raises(Refused) as refusal:
        record(calendar_year, [NewValue(**good, breakdown="5 класс"), NewValue(**{**good, **value})])
    assert code in {finding.code for finding in refusal.value.findings}
    assert not Value.objects.exists()


def test_the_same_place_twice_is_refused(head_count, school, calendar_year):
    with pytest.raises(Refused, match="дважды"):
        record(calendar_year, [NewValue(school.pk, "trial.1.1", D(1)), NewValue(school.pk, head_count.pk, D(2))])


def test_reopening_withdraws_the_values_of_that_submission_only(head_count, school, other_school, calendar_year):
    record(calendar_year, [NewValue(school.pk, "trial.1.1", D(1))])
    record(calendar_year, [NewValue(other_school.pk, "trial.1.1", D(2))], origin=Origin("collection.Submission", "8"))
    assert forget_values(origin=ORIGIN, by=None) == 1
    assert Value.objects.get().organization == other_school


def test_the_number_of_statements_does_not_grow(head_count, calendar_year):
    def statements(count):
        values = [NewValue(SchoolFactory().pk, "trial.1.1", D(1)) for _ in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            record(calendar_year, values)
        return len(queries)

    assert statements(3) == statements(60)
