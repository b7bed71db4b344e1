"""Formulas that do not add up: points of НОКО by a hand-worked table, indices, the period before."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.indicators.models import Aggregate, Recount
from apps.indicators.services import NewValue, Origin, compute_aggregates, digest, record_values
from tests.factories.core import PeriodFactory
from tests.factories.indicators import PackFactory, VersionFactory
from tests.factories.organizations import GroupFactory, SchoolFactory
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db

D = Decimal
ORIGIN = Origin("tests", "1")

# Worked by hand after the formulas of the pack; options «да» are counted.
FIRST = {
    "1.1.1": 8, "1.1.1n": 10, "1.1.2": 45, "1.1.2n": 50, "1.3.1": 40, "1.3.1n": 50, "1.3.2": 72, "1.3.2n": 80,
    "N": 100, "2.3.u": 90, "3.3.u": 3, "3.3.n": 4, "4.1.u": 95, "4.2.u": 90, "4.3.u": 16, "4.3.n": 20,
    "5.1.u": 80, "5.2.u": 70, "5.3.u": 85,
}  # fmt: skip
FIRST_YES = {"1.2": 3, "2.1": 4, "3.1": 1, "3.2": 6}
FIRST_POINTS = {
    "1.1": "85", "1.2": "90", "1.3": "85", "K1": "86.5",  # 0.3·85 + 0.3·90 + 0.4·85
    "2.1": "80", "2.3": "90", "K2": "85",
    "3.1": "20", "3.2": "100", "3.3": "75", "K3": "68.5",  # six conditions of five that count; 6 + 40 + 22.5
    "4.1": "95", "4.2": "90", "4.3": "80", "K4": "90",
    "5.1": "80", "5.2": "70", "5.3": "85", "K5": "80.5",
    "S": "82.1",  # 410.5 ÷ 5
}  # fmt: skip
OPTIONS = {"1.2": 6, "2.1": 5, "3.1": 5, "3.2": 6}


def give(period, organization, numbers, yes):
    values = [NewValue(organization.pk, f"noko.{code}", D(number)) for code, number in numbers.items()]
    for code, count in OPTIONS.items():
        values += [NewValue(organization.pk, f"noko.{code}.o{i}", D(i <= yes[code])) for i in range(1, count + 1)]
    record_values(period=period, source="manual", values=values, by=None, origin=ORIGIN)


def value(code, scope="municipality", key=""):
    return Aggregate.objects.get(version__indicator__code=code, scope=scope, scope_key=str(key))


@pytest.fixture
def noko(school, other_school, calendar_year):
    """Two schools: the first of the table; the second has everything, but nobody with a disability was asked."""
    packs_loaded()
    give(calendar_year, school, FIRST, FIRST_YES)
    full = FIRST | {"1.1.1": 10, "1.1.2": 50, "1.3.1": 50, "1.3.2": 80, "3.3.u": 0, "3.3.n": 0}
    give(calendar_year, other_school, full, {**FIRST_YES, "1.2": 5})
    compute_aggregates(period=calendar_year)


def test_points_of_an_organisation_agree_with_the_table_worked_by_hand(noko, school):
    found = {code: value(f"noko.{code}", "organization", school.pk).value for code in FIRST_POINTS}
    assert found == {code: D(points) for code, points in FIRST_POINTS.items()}


def test_points_do_not_pass_the_cap_and_start_at_nothing(noko, school, other_school, calendar_year):
    assert value("noko.1.2", "organization", other_school.pk).value == 100  # five of six ways, 100 from four on
    give(calendar_year, other_school, {}, dict.fromkeys(OPTIONS, 0))
    compute_aggregates(period=calendar_year)
    assert value("noko.1.2", "organization", other_school.pk).value == 0


def test_without_asked_people_there_are_no_points_instead_of_zero(noko, other_school):
    own = [value(f"noko.{code}", "organization", other_school.pk) for code in ("3.3", "K3", "S")]
    assert [row.value for row in own] == [None, None, None]
    assert [row.absence_reason for row in own] == ["деление на ноль", "нет данных", "нет данных"]
    assert [row.reported for row in own[1:]] == [0, 0]


def test_a_scope_has_the_mean_of_its_organisations(noko):
    first = value("noko.K1")
    assert (first.value, first.numerator, first.denominator) == (D("93.25"), D("186.5"), 2)  # 86.5 and 100
    assert (first.minimum, first.lower_quartile, first.median, first.maximum) == (
        D("86.5"),
        D("89.875"),
        D("93.25"),
        100,
    )
    total = value("noko.S")
    assert (total.value, total.reported, total.expected) == (D("82.1"), 1, 2)
    assert value("noko.S.mun").value == D("82.1")


def test_recounting_again_or_in_another_order_changes_nothing(noko, school, calendar_year):
    before = digest(calendar_year)
    result = compute_aggregates(period=calendar_year)
    assert (result.changed, result.deleted) == (0, 0)
    Aggregate.objects.filter(period=calendar_year).delete()
    Recount.objects.all().delete()
    compute_aggregates(period=calendar_year)
    assert digest(calendar_year) == before


def test_the_number_of_statements_does_not_depend_on_organisations(noko, calendar_year):
    def statements():
        Aggregate.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            compute_aggregates(period=calendar_year)
        return len(queries)

    few = statements()
    for school in SchoolFactory.create_batch(12):
        give(calendar_year, school, FIRST, FIRST_YES)
        GroupFactory().organizations.add(school)
    assert statements() == few


def test_a_school_year_takes_rows_of_its_self_examination(noko, school):
    autumn = PeriodFactory(code="2025/26")  # self-examination of 2025
    compute_aggregates(period=autumn)
    assert value("msoko.2.1.3.5").value == D("82.1")
    assert value("msoko.2.1.3.5", "organization", school.pk).value == D("82.1")
    assert value("msoko.1.1.1.9").absence_reason == "нет данных"


# --- formulas over figures of the scope, and of the period before


@pytest.fixture
def trial():
    PackFactory(code="trial")
    VersionFactory(indicator__number="1")
    VersionFactory(indicator__number="2")


def formula(number, text, aggregation="formula"):
    return VersionFactory(
        indicator__number=number, aggregation=aggregation, is_derived=True, formula=text, value_type="decimal"
    )


def put(period, organization, **numbers):
    values = [NewValue(organization.pk, f"trial.{number}", D(amount)) for number, amount in numbers.items()]
    record_values(period=period, source="manual", values=values, by=None, origin=ORIGIN)


def test_an_index_is_counted_over_the_figures_of_the_scope(trial, school, other_school, calendar_year):
    formula("3", "min(50, [trial.1]) + [trial.2] / [trial.1]")
    put(calendar_year, school, **{"1": 30, "2": 60})
    put(calendar_year, other_school, **{"1": 30, "2": 0})
    compute_aggregates(period=calendar_year)
    assert value("trial.3").value == 51  # min(50, 60) + 60 ÷ 60, not the mean of 32 and 30
    assert value("trial.3", "organization", school.pk).value == 32


def test_the_figure_of_the_period_before(trial, school, calendar_year):
    formula("3", "[trial.1] - previous([trial.1])")
    before = PeriodFactory(code="2024")
    put(before, school, **{"1": 30})
    put(calendar_year, school, **{"1": 42})
    compute_aggregates(period=before)
    compute_aggregates(period=calendar_year)
    assert Aggregate.objects.get(version__indicator__code="trial.3", period=calendar_year, scope="kind").value == 12
    assert Aggregate.objects.get(version__indicator__code="trial.3", period=before, scope="kind").value is None


def test_a_formula_built_on_formulas_is_counted_after_them(trial, school, calendar_year):
    formula("3", "max([trial.4], 1)", "mean")  # stands before what it needs
    formula("4", "min([trial.1], 7)", "mean")
    put(calendar_year, school, **{"1": 42})
    compute_aggregates(period=calendar_year)
    assert value("trial.3").value == 7


def test_a_figure_beyond_what_can_be_kept_is_a_reason(trial, school, calendar_year):
    formula("3", "[trial.1] * [trial.1]", "mean")
    put(calendar_year, school, **{"1": 10**13})
    compute_aggregates(period=calendar_year)
    row = value("trial.3", "organization", school.pk)
    assert (row.value, row.absence_reason) == (None, "число вне допустимых пределов")


def test_a_formula_that_left_the_second_stage_leaves_no_figures(trial, school, calendar_year):
    version = formula("3", "min([trial.1], 7)", "mean")
    put(calendar_year, school, **{"1": 42})
    compute_aggregates(period=calendar_year)
    version.indicator.is_active = False
    version.indicator.save()
    compute_aggregates(period=calendar_year)
    assert not version.aggregates.exists()
