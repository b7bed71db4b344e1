"""Aggregates against an independent recount in plain Python, and what must not change them."""

import json
import threading
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import partial
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.models import Job
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Pack, Recount, Term, Value
from apps.indicators.services import (
    NewValue,
    Origin,
    compute_aggregates,
    digest,
    enqueue_aggregates,
    record_values,
)
from apps.organizations.models import Group, Organization
from tests.factories.core import PeriodFactory
from tests.factories.indicators import IndicatorFactory, PackFactory, ValueFactory, VersionFactory
from tests.factories.organizations import AdditionalFactory, GroupFactory, KindergartenFactory, SchoolFactory
from tests.packs import packs_loaded

pytestmark = pytest.mark.django_db

ORIGIN = Origin("tests", "1")


def figure(code, scope="municipality", key=""):
    return Aggregate.objects.get(version__indicator__code=code, scope=scope, scope_key=str(key))


def give(period, organization, **numbers):
    """`give(period, school, **{"1": 10, "2": None})`: values of the pack «trial», `None` with a reason."""
    values = [
        NewValue(organization.pk, f"trial.{number}", None, "не ведётся")
        if value is None
        else NewValue(organization.pk, f"trial.{number}", Decimal(value))
        for number, value in numbers.items()
    ]
    record_values(period=period, source="collection", values=values, by=None, origin=ORIGIN)


@pytest.fixture
def share():
    """A share «2» of «1» in percent."""
    whole = VersionFactory(indicator__number="1")
    part = VersionFactory(indicator__number="2")
    version = VersionFactory(
        indicator__number="2%", aggregation="ratio", is_derived=True, formula="100 * [trial.2] / [trial.1]", scale=100
    )
    Term.objects.create(version=version, part="n", input=part.indicator, coefficient=1)
    Term.objects.create(version=version, part="d", input=whole.indicator, coefficient=1)
    return version


# --- one figure at a time


def test_a_share_is_the_sum_of_parts_over_the_sum_of_wholes(share, school, other_school, calendar_year):
    give(calendar_year, school, **{"1": 10, "2": 5})
    give(calendar_year, other_school, **{"1": 90, "2": 9})
    compute_aggregates(period=calendar_year)
    found = figure("trial.2%")
    assert (found.numerator, found.denominator, found.value) == (14, 100, 14)  # not the mean of 50 % and 10 %
    assert (found.reported, found.expected) == (2, 2)
    assert figure("trial.2%", "organization", school.pk).value == 50
    assert figure("trial.1").value == 100


def test_who_lacks_a_part_is_left_out_of_both(share, school, other_school, calendar_year):
    give(calendar_year, school, **{"1": 10, "2": 5})
    give(calendar_year, other_school, **{"1": 90, "2": None})
    compute_aggregates(period=calendar_year)
    found = figure("trial.2%")
    assert (found.numerator, found.denominator, found.value, found.reported) == (5, 10, 50, 1)
    assert figure("trial.1").value == 100  # its whole counts where only the whole is asked
    own = figure("trial.2%", "organization", other_school.pk)
    assert (own.value, own.absence_reason) == (None, "нет данных")
    assert figure("trial.2", "organization", other_school.pk).absence_reason == "не ведётся"


def test_zero_is_data_and_division_by_zero_is_a_reason(share, school, other_school, calendar_year):
    give(calendar_year, school, **{"1": 10, "2": 0})
    give(calendar_year, other_school, **{"1": 0, "2": 0})
    compute_aggregates(period=calendar_year)
    assert figure("trial.2%").value == 0
    assert figure("trial.2%").reported == 2
    empty = figure("trial.2%", "organization", other_school.pk)
    assert (empty.value, empty.absence_reason, empty.denominator) == (None, "деление на ноль", 0)
    Value.objects.filter(organization=school).delete()
    compute_aggregates(period=calendar_year)
    assert (figure("trial.2%").value, figure("trial.2%").absence_reason) == (None, "деление на ноль")


def test_nobody_reported_is_a_row_too(share, school, other_school, calendar_year):
    compute_aggregates(period=calendar_year)
    found = figure("trial.2%")
    assert (found.value, found.absence_reason, found.reported, found.expected) == (None, "нет данных", 0, 2)


def test_yes_and_no_become_a_share(school, other_school, kindergarten, calendar_year):
    VersionFactory(indicator__number="3", value_type="bool", aggregation="share_yes")
    for organization, answer in ((school, 1), (other_school, 0), (kindergarten, 1)):
        give(calendar_year, organization, **{"3": answer})
    compute_aggregates(period=calendar_year)
    found = figure("trial.3")
    assert (found.numerator, found.denominator, round(found.value, 4)) == (2, 3, Decimal("66.6667"))
    assert found.median is None
    assert figure("trial.3", "kind", "school").value == 50


def test_a_mean_and_a_weighted_mean(school, other_school, kindergarten, calendar_year):
    VersionFactory(indicator__number="4", value_type="decimal", aggregation="mean")
    weighted = VersionFactory(indicator__number="5", value_type="decimal", aggregation="weighted_mean")
    weight = VersionFactory(indicator__number="6")
    Term.objects.create(version=weighted, part="d", input=weight.indicator, coefficient=1)
    give(calendar_year, school, **{"4": 60, "5": 60, "6": 90})
    give(calendar_year, other_school, **{"4": 40, "5": 40, "6": 10})
    give(calendar_year, kindergarten, **{"5": 99})  # without a weight it cannot enter
    compute_aggregates(period=calendar_year)
    assert figure("trial.4").value == 50
    found = figure("trial.5")
    assert (found.value, found.numerator, found.denominator, found.reported) == (58, 5800, 100, 2)
    own = figure("trial.5", "organization", kindergarten.pk)
    assert (own.value, own.numerator) == (99, None)


def test_quartiles_lie_between_values_in_proportion(calendar_year):
    VersionFactory(indicator__number="1")
    for number in (1, 2, 4, 8):
        give(calendar_year, SchoolFactory(), **{"1": number})
    compute_aggregates(period=calendar_year)
    found = figure("trial.1")
    five = (found.minimum, found.lower_quartile, found.median, found.upper_quartile, found.maximum)
    assert five == (1, Decimal("1.75"), 3, 5, 8)


def test_expected_are_those_the_pack_is_addressed_to(calendar_year):
    PackFactory(code="preschool", programmes=["preschool"])
    VersionFactory(indicator__pack="preschool", indicator__number="1")
    KindergartenFactory()
    SchoolFactory(programmes=["primary", "preschool"], locality="rural")
    SchoolFactory()
    KindergartenFactory(closed_on=calendar_year.ends_on)
    KindergartenFactory(opened_on="2026-01-01")
    compute_aggregates(period=calendar_year)
    assert figure("preschool.1").expected == 2
    assert figure("preschool.1", "kind", "school").expected == 1
    assert figure("preschool.1", "locality", "rural").expected == 1


def test_a_stranger_to_the_pack_that_reported_is_expected_too(school, kindergarten, calendar_year):
    PackFactory(code="preschool", programmes=["preschool"])
    version = VersionFactory(indicator__pack="preschool", indicator__number="1")
    ValueFactory(organization=school, version=version, period=calendar_year, number=7)
    compute_aggregates(period=calendar_year)
    assert (figure("preschool.1").reported, figure("preschool.1").expected) == (1, 2)
    assert figure("preschool.1", "kind", "school").expected == 1


def test_one_value_of_several_counts(school, calendar_year):
    version = VersionFactory(indicator__number="1")
    place = {"organization": school, "version": version, "period": calendar_year}
    ValueFactory(**place, number=1, source="procedures")
    ValueFactory(**place, number=2, source="collection")
    ValueFactory(**place, number=None, absence_reason="не ведётся", source="manual")
    ValueFactory(**place, number=9, breakdown="5 класс")
    compute_aggregates(period=calendar_year)
    assert figure("trial.1").value == 2
    Value.objects.filter(source="manual").update(number=3, absence_reason="")
    compute_aggregates(period=calendar_year)
    assert figure("trial.1").value == 3


def test_the_version_of_the_period_counts(share, school, calendar_year):
    """A formula changed later does not touch figures of years that were closed before."""
    old = share
    IndicatorVersion.objects.filter(pk=old.pk).update(valid_to="2026-05-31")
    new = IndicatorVersion.objects.create(
        indicator=old.indicator, number=2, valid_from="2026-06-01", name="x", aggregation="ratio", is_derived=True,
        formula="[trial.1] / [trial.2]", source_state="proposal",
    )  # fmt: skip
    Term.objects.create(version=new, part="n", input=Indicator.objects.get(code="trial.1"), coefficient=1)
    Term.objects.create(version=new, part="d", input=Indicator.objects.get(code="trial.2"), coefficient=1)
    next_year = PeriodFactory(code="2026")
    for period in (calendar_year, next_year):
        give(period, school, **{"1": 10, "2": 5})
        compute_aggregates(period=period)
    assert Aggregate.objects.get(version=old, scope="municipality").value == 50
    assert Aggregate.objects.get(version=new, scope="municipality").value == 2
    assert Aggregate.objects.filter(version__indicator=old.indicator, scope="municipality").count() == 2


def test_switched_off_and_stale_figures_disappear(share, school, calendar_year):
    give(calendar_year, school, **{"1": 10, "2": 5})
    compute_aggregates(period=calendar_year)
    Indicator.objects.filter(code="trial.2%").update(is_active=False)
    result = compute_aggregates(period=calendar_year)
    assert result.deleted > 0
    assert not Aggregate.objects.filter(version=share).exists()
    assert Aggregate.objects.filter(version__indicator__code="trial.2").exists()


# --- the whole, against plain Python

MEMBERS = ("organization", "group", "kind", "locality", "municipality")


def municipality(period, organizations):
    """A made-up municipality that filled the pack of schools with gaps; the same each time."""
    chance = Random(1324)
    groups = [GroupFactory(code=f"g{number}") for number in range(3)]
    measured = list(
        IndicatorVersion.objects.filter(is_derived=False, indicator__is_group=False, indicator__pack="so_oo")
        .order_by("pk").values_list("indicator__code", "value_type")
    )  # fmt: skip
    values = []
    for number in range(organizations):
        organization = (SchoolFactory, KindergartenFactory, AdditionalFactory)[number % 3](
            locality=("urban", "rural")[number % 2], programmes=["basic"] if number % 4 else ["preschool"]
        )
        for group in chance.sample(groups, chance.randint(0, 3)):
            group.organizations.add(organization)
        for code, kind in measured:
            if chance.random() < 0.2:
                continue
            if chance.random() < 0.1:
                values.append(NewValue(organization.pk, code, None, "не ведётся"))
                continue
            largest, step = {"bool": (1, 1), "int": (300, 1)}.get(kind, (10**4, 100))
            values.append(NewValue(organization.pk, code, Decimal(chance.randint(0, largest)) / step))
    record_values(period=period, source="collection", values=values, by=None, origin=ORIGIN)


def scopes_of(organization):
    yield "organization", str(organization.pk)
    yield "kind", organization.kind
    yield "locality", organization.locality
    yield "municipality", ""
    for group in organization.groups.all():
        yield "group", str(group.pk)


def quantile(values, share):
    place = Fraction(share) * (len(values) - 1)
    low = int(place)
    return values[low] + (place - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def stored(number):
    """As the database keeps it: twelve decimals."""
    if number is None:
        return None
    exact = Decimal(number.numerator) * 10**12 / Decimal(number.denominator)
    return exact.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-12)


def recount(period):
    """What the aggregates must be, by loops over fractions."""
    numbers = {
        (value.organization_id, value.version.indicator.code): None if value.number is None else Fraction(value.number)
        for value in Value.objects.filter(period=period).select_related("version__indicator")
    }
    expected = {}
    organizations = list(Organization.objects.exclude(kind="authority").prefetch_related("groups"))
    for version in IndicatorVersion.objects.filter(indicator__pack__startswith="so_").exclude(aggregation="none"):
        terms = [
            (term.part, term.input.code, Fraction(term.coefficient)) for term in version.terms.select_related("input")
        ]
        pack = Pack.objects.get(code=version.indicator.pack)
        cells, due = defaultdict(list), defaultdict(int)
        for organization in organizations:
            known = {code for owner, code in numbers if owner == organization.pk}
            codes = [code for _, code, _ in terms] if version.is_derived else [version.indicator.code]
            addressed = pack.code in {one.code for one in Pack.objects.all().for_organization(organization)}
            get = partial(lambda owner, code: numbers.get((owner, code)), organization.pk)
            part = fact(version, terms, [get(code) for code in codes], get)
            for scope, key in scopes_of(organization):
                is_own = scope == "organization"
                due[scope, key] += 1 if (addressed and not is_own) or part[0] is not None else 0
                if part[0] is not None or (is_own and known.intersection(codes)):
                    cells[scope, key].append(part)
        for place in cells.keys() | {place for place, number in due.items() if number and place[0] != "organization"}:
            entered = [cell for cell in cells[place] if cell[0] is not None]
            expected[version.pk, *place] = summed(version, place[0], cells[place], entered, due[place])
    return expected


def fact(version, terms, own, get):
    """Numerator, denominator and value of one organisation; `get(code)` is its number."""
    nothing = (None, None, None)
    if version.is_derived:
        if any(number is None for number in own):
            return nothing
        top = sum(coefficient * get(code) for part, code, coefficient in terms if part == "n")
        bottom = sum(coefficient * get(code) for part, code, coefficient in terms if part == "d")
        return top, bottom, (Fraction(version.scale) * top / bottom if bottom else None)
    number = own[0]
    if number is None:
        return nothing
    if version.aggregation == "weighted_mean":
        weight = get(terms[0][1])
        return (None, None, number) if weight is None else (number * weight, weight, number)
    return {
        "sum": (number, None, number),
        "share_yes": (number, Fraction(1), 100 * number),
        "mean": (number, Fraction(1), number),
    }[version.aggregation]


def summed(version, scope, cells, entered, due):
    if scope == "organization":
        top, bottom, value = cells[0]
        return (stored(top), stored(bottom), stored(value), int(top is not None or value is not None), 1) + (None,) * 5
    top = sum(cell[0] for cell in entered) if entered else None
    bottom = sum(cell[1] for cell in entered) if entered and version.aggregation != "sum" else None
    scale = 100 if version.aggregation == "share_yes" else Fraction(version.scale)
    value = None
    if entered:
        value = scale * top if version.aggregation == "sum" else (scale * top / bottom if bottom else None)
    ranked = sorted(Fraction(stored(cell[2])) for cell in entered if cell[2] is not None)
    five = (None,) * 5
    if ranked and version.aggregation != "share_yes":
        five = tuple(stored(Fraction(quantile(ranked, Fraction(quarter, 4)))) for quarter in range(5))
    return (stored(top), stored(bottom), stored(value), len(entered), due, *five)


FIELDS = (
    "numerator", "denominator", "value", "reported", "expected",
    "minimum", "lower_quartile", "median", "upper_quartile", "maximum",
)  # fmt: skip


def test_every_figure_agrees_with_an_independent_recount(calendar_year):
    packs_loaded()
    municipality(calendar_year, 24)
    compute_aggregates(period=calendar_year)
    found = {
        (row.version_id, row.scope, row.scope_key): tuple(getattr(row, name) for name in FIELDS)
        for row in Aggregate.objects.filter(period=calendar_year, version__indicator__pack__startswith="so_")
    }
    wanted = recount(calendar_year)
    assert len(wanted) > 2000
    assert found.keys() == wanted.keys()
    assert {key: row for key, row in found.items() if row != wanted[key]} == {}


def test_the_same_in_any_order_and_written_only_where_different(calendar_year):
    packs_loaded()
    municipality(calendar_year, 12)
    compute_aggregates(period=calendar_year)
    first, rows = digest(calendar_year), set(Aggregate.objects.values_list("pk", "computed_at"))
    assert compute_aggregates(period=calendar_year).changed == 0
    assert set(Aggregate.objects.values_list("pk", "computed_at")) == rows

    fields = ("organization_id", "version_id", "number", "absence_reason")
    values = list(Value.objects.filter(period=calendar_year).values_list(*fields))
    for seed in range(5):  # one organisation after another, with recounts in between
        Value.objects.all().delete()
        compute_aggregates(period=calendar_year)
        assert digest(calendar_year) != first
        Random(seed).shuffle(values)
        for part in range(0, len(values), len(values) // 3 + 1):
            again = [NewValue(*value) for value in values[part : part + len(values) // 3 + 1]]
            record_values(period=calendar_year, source="collection", values=again, by=None, origin=ORIGIN)
            compute_aggregates(period=calendar_year)
        assert digest(calendar_year) == first


def test_the_number_of_statements_is_constant(calendar_year):
    packs_loaded()

    def statements(organizations):
        municipality(calendar_year, organizations)
        with CaptureQueriesContext(connection) as queries:
            compute_aggregates(period=calendar_year)
        return len(queries)

    Group.objects.all().delete()
    few = statements(5)
    Group.objects.all().delete()
    compute_aggregates(period=calendar_year)  # the row of the last recount exists in both
    Group.objects.all().delete()
    assert statements(50) <= few


def test_the_settings_of_the_planner_are_put_back(calendar_year):
    def current():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('work_mem'), current_setting('enable_nestloop')")
            return cursor.fetchone()

    before = current()
    compute_aggregates(period=calendar_year)
    assert current() == before


# --- jobs and the command


@pytest.mark.usefixtures("share")
def test_a_recount_is_asked_for_once(calendar_year, period, specialist, run_jobs, school):
    give(calendar_year, school, **{"1": 10, "2": 5})
    first = enqueue_aggregates(period=calendar_year, by=specialist)
    assert enqueue_aggregates(period=calendar_year, by=specialist) == first
    assert enqueue_aggregates(period=period, by=specialist) != first
    assert Job.objects.count() == 2
    assert {job.state for job in run_jobs()} == {"done"}
    assert figure("trial.2%").value == 50
    assert Recount.objects.get(period=calendar_year).computed_at
    assert enqueue_aggregates(period=calendar_year, by=specialist) != first


def test_the_command_counts_a_school_year_with_its_self_examination(share, school, calendar_year):
    give(calendar_year, school, **{"1": 10, "2": 5})
    out = StringIO()
    call_command("compute_aggregates", "--period", "2025/26", "--json", stdout=out)
    done = json.loads(out.getvalue().splitlines()[-1])["periods"]
    assert [one["period"] for one in done] == ["2025/26", "2025"]
    assert done[1]["aggregates"]["municipality"] == 3
    assert done[1]["digest"] == digest(calendar_year)
    assert figure("trial.2%").value == 50


def test_a_trial_of_the_command_changes_nothing(share, school, calendar_year):
    give(calendar_year, school, **{"1": 10, "2": 5})
    call_command("compute_aggregates", "--period", "2025", "--dry-run", stdout=StringIO())
    assert not Aggregate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_parallel_recounts_do_not_fight():
    period = PeriodFactory(code="2025")
    for number in range(6):
        version = VersionFactory(indicator=IndicatorFactory(number=f"{number}"))
        ValueFactory(version=version, period=period, number=number)
    failures = []

    def work():
        try:
            compute_aggregates(period=period)
        except Exception as failure:  # noqa: BLE001 (a thread must hand it over)
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    first = digest(period)
    compute_aggregates(period=period)
    assert digest(period) == first
