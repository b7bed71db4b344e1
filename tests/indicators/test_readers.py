"""A recount is followed by the periods that read its figures."""

from decimal import Decimal

import pytest

from apps.core.models import Job
from apps.indicators.models import Aggregate, Indicator
from apps.indicators.services import (
    NewValue,
    Origin,
    compute_aggregates,
    enqueue_aggregates,
    forget_values,
    record_values,
)
from apps.indicators.services.readers import periods_reading
from tests.factories.core import PeriodFactory
from tests.factories.indicators import PackFactory, VersionFactory
from tests.factories.organizations import SchoolFactory

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def growth():
    """`trial.1` pupils of a calendar year, «growth» against the year before; `yearly.1` of a school year reads it."""
    VersionFactory(indicator__number="1")
    VersionFactory(
        indicator__number="growth", is_derived=True, formula="[trial.1] - previous([trial.1])", aggregation="formula"
    )
    PackFactory(code="yearly", period_kind="school_year")
    VersionFactory(
        indicator__pack="yearly", indicator__number="1", is_derived=True, formula="2 * [trial.1]",
        aggregation="formula",
    )  # fmt: skip


@pytest.fixture
def years(growth):
    """10, 15 and 30 pupils in 2023, 2024 and 2025."""
    school = SchoolFactory()
    found = {}
    for year, pupils in (("2023", 10), ("2024", 15), ("2025", 30)):
        found[year] = PeriodFactory(code=year)
        record(found[year], school, pupils)
        compute_aggregates(period=found[year])
    for year in ("2023/24", "2024/25"):
        found[year] = PeriodFactory(code=year)
        compute_aggregates(period=found[year])
    return school, found


def record(period, school, pupils):
    values = [NewValue(school.pk, "trial.1", D(pupils))]
    record_values(period=period, source="collection", values=values, by=None, origin=Origin("t", period.code))


def value(code, year):
    return Aggregate.objects.get(version__indicator__code=code, period__code=year, scope="municipality").value


def test_only_counted_periods_that_read_are_named(years):
    _, found = years
    names = {code: [one.code for one in periods_reading(period)] for code, period in found.items()}
    assert names == {
        "2023": ["2023/24", "2024"],
        "2024": ["2024/25", "2025"],
        "2025": [],  # no later period is counted
        "2023/24": [],
        "2024/25": [],
    }


def test_correcting_a_year_recounts_the_next_one_and_its_school_year(years, run_jobs):
    school, found = years
    assert (value("trial.growth", "2025"), value("yearly.1", "2024/25")) == (D(15), D(30))
    record(found["2024"], school, 20)
    enqueue_aggregates(period=found["2024"], by=None)
    (job,) = run_jobs()
    assert (job.title, job.state) == ("Пересчёт показателей: 2024 год", Job.State.DONE)
    assert [reader["period"] for reader in job.result["readers"]] == ["2024/25", "2025"]
    assert (value("trial.growth", "2024"), value("trial.growth", "2025")) == (D(10), D(10))
    assert value("yearly.1", "2024/25") == D(40)
    assert run_jobs() == []


def test_a_recount_without_change_asks_nobody(years, run_jobs):
    _, found = years
    enqueue_aggregates(period=found["2024"], by=None)
    run_jobs()
    assert not Job.objects.filter(state=Job.State.QUEUED).exists()


def test_withdrawn_values_reach_the_next_year_too(years, run_jobs):
    _, found = years
    forget_values(origin=Origin("t", "2024"), by=None)
    enqueue_aggregates(period=found["2024"], by=None)
    run_jobs()
    assert value("trial.growth", "2025") is None


def test_the_command_counts_the_readers_at_once(years):
    school, found = years
    record(found["2023"], school, 12)
    result = compute_aggregates(period=found["2023"])
    assert [(one.period, bool(one.changed)) for one in (result, *result.readers)] == [
        ("2023", True), ("2023/24", True), ("2024", True), ("2024/25", False), ("2025", False),
    ]  # fmt: skip
    assert (value("trial.growth", "2024"), value("trial.growth", "2025")) == (D(3), D(15))


def test_a_switched_off_formula_reads_nothing(years):
    _, found = years
    Indicator.objects.filter(code="trial.growth").update(is_active=False)
    assert [one.code for one in periods_reading(found["2024"])] == ["2024/25"]
