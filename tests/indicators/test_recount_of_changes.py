"""A recount of what changed gives the rows of a full recount: in any order, beside any number of other recounts."""

import threading
from contextlib import suppress
from decimal import Decimal
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.models import Period
from apps.indicators.models import Aggregate, ChangedOrganization, Indicator, Recount, Term, Value
from apps.indicators.services import (
    NewValue,
    Origin,
    aggregates,
    compute_aggregates,
    digest,
    enqueue_aggregates,
    forget_values,
    record_values,
)
from apps.organizations.models import Organization
from tests.factories.core import PeriodFactory
from tests.factories.indicators import PackFactory, VersionFactory
from tests.factories.organizations import AdditionalFactory, GroupFactory, KindergartenFactory, SchoolFactory

CODES = ("trial.1", "trial.2", "trial.3", "trial.4")
YEARS = ("2024", "2025", "2025/26")


def _term(version, part, code):
    Term.objects.create(version=version, part=part, input=Indicator.objects.get(code=code), coefficient=Decimal("1.5"))


def _formula(number, text, aggregation, pack="trial"):
    return VersionFactory(
        indicator__pack=PackFactory(code=pack).code, indicator__number=number, aggregation=aggregation,
        is_derived=True, formula=text, value_type="decimal",
    )  # fmt: skip


def build():
    """Seven organisations, each way of adding up, formulas of both stages, of the year before and of another year."""
    groups = GroupFactory.create_batch(2)
    for number in range(7):
        factory = (SchoolFactory, KindergartenFactory, AdditionalFactory)[number % 3]
        place = factory(locality=("urban", "rural")[number % 2], programmes=["basic"] if number % 4 else ["preschool"])
        groups[number % 2].organizations.add(place)
        if number == 3:
            groups[0].organizations.add(place)
    GroupFactory()  # nobody is in it
    PackFactory(code="trial", programmes=["basic"])
    PackFactory(code="yearly", period_kind="school_year")
    VersionFactory(indicator__number="1")
    VersionFactory(indicator__number="2", aggregation="mean", value_type="decimal")
    VersionFactory(indicator__number="3", aggregation="share_yes", value_type="bool")
    weighted = VersionFactory(indicator__number="4", aggregation="weighted_mean", value_type="decimal")
    _term(weighted, "d", "trial.1")
    share = _formula("5", "100 * (1.5 * [trial.2]) / (1.5 * [trial.1])", "ratio")
    _term(share, "n", "trial.2")
    _term(share, "d", "trial.1")
    _formula("6", "min([trial.1], 7) + [trial.2]", "mean")
    _formula("7", "[trial.5] + [trial.6] / 3", "formula")
    _formula("8", "[trial.1] - previous([trial.6])", "formula")
    _formula("1", "[trial.6] + 1", "mean", pack="yearly")
    _formula("2", "previous([yearly.1]) + previous([trial.1])", "formula", pack="yearly")
    for code in YEARS:
        PeriodFactory(code=code)


def ids():
    return list(Organization.objects.educational().order_by("pk").values_list("pk", flat=True))


def put(year, place, numbers):
    """Values of one organisation, as its accepted form gives them; a number of None is absent with a reason."""
    values = [
        NewValue(place, code, None, "не ведётся") if number is None else NewValue(place, code, Decimal(number))
        for code, number in numbers.items()
    ]
    record_values(
        period=Period.objects.named(year), source="collection", values=values, by=None,
        origin=Origin("tests", f"{year} {place}"),
    )  # fmt: skip


def recount(year):
    return compute_aggregates(period=Period.objects.named(year), only_changed=True)


def digests():
    return {year: digest(Period.objects.named(year)) for year in YEARS}


def from_nothing():
    """The digests of a full recount of an empty table, the earliest year first."""
    Aggregate.objects.all().delete()
    Recount.objects.all().delete()
    for year in YEARS:
        compute_aggregates(period=Period.objects.named(year))
    return digests()


# --- any order

numbers = st.one_of(st.none(), st.integers(0, 9), st.decimals(0, 50, places=3))
forms = st.tuples(
    st.just("put"), st.sampled_from(YEARS[:2]), st.integers(0, 6), st.dictionaries(st.sampled_from(CODES), numbers)
)
steps = st.one_of(
    forms,
    forms,
    st.tuples(st.just("recount"), st.sampled_from(YEARS)),
    st.tuples(st.just("forget"), st.sampled_from(YEARS[:2]), st.integers(0, 6)),
    st.tuples(st.just("move"), st.integers(0, 6)),
)


def take(step, places):
    match step:
        case "put", year, place, found:
            values = {
                code: number if code != "trial.3" or number is None else number > 4 for code, number in found.items()
            }
            put(year, places[place], values)
        case "recount", year:
            recount(year)
        case "forget", year, place:
            forget_values(origin=Origin("tests", f"{year} {places[place]}"), by=None)
        case "move", place:
            moved = Organization.objects.get(pk=places[place])
            moved.locality = "rural" if moved.locality == "urban" else "urban"
            moved.save()


@pytest.fixture
def municipality(db):
    build()
    for place in ids():
        put("2024", place, {"trial.1": 10 + place % 5, "trial.2": place % 7})
    for year in YEARS:
        compute_aggregates(period=Period.objects.named(year))


@settings(max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=12), st.permutations(YEARS))
def test_in_any_order_the_rows_are_those_of_a_full_recount(municipality, taken, last):
    with transaction.atomic():
        places = ids()
        for step in taken:
            take(step, places)
        for year in last:
            recount(year)
        assert not ChangedOrganization.objects.exists()
        assert digests() == from_nothing()
        transaction.set_rollback(True)


def test_what_changed_is_counted_and_nothing_else(municipality):
    first, second, *_ = ids()
    put("2025", first, {"trial.1": 4})
    recount("2025")
    Aggregate.objects.filter(scope="organization", scope_key=str(second)).update(reported=0)  # as if it were wrong
    put("2025", first, {"trial.1": 5})
    done = recount("2025")
    assert 0 < done.changed < 60
    assert Aggregate.objects.filter(scope="organization", scope_key=str(second), reported=0).exists()
    assert recount("2025") == aggregates.AggregateResult("2025", 0, 0)


@pytest.mark.parametrize("change", ["register", "group", "formula", "many"])
def test_what_concerns_everybody_is_counted_for_everybody(municipality, change):
    first, second, *others = ids()
    if change == "register":
        Organization.objects.filter(pk=second).update(closed_on="2024-02-01")
    elif change == "group":
        Organization.objects.get(pk=second).groups.clear()
    elif change == "formula":
        Term.objects.filter(part="n").update(coefficient=3)
    else:
        for place in others:
            put("2024", place, {"trial.1": 1})
    put("2024", first, {"trial.1": 4})
    recount("2024")
    assert digests()["2024"] == from_nothing()["2024"]


def test_the_year_after_follows(municipality):
    """`previous` and the year of self-examination: who reads a recounted year is counted in the same transaction."""
    (first, *_) = ids()
    put("2025", first, {"trial.1": 4, "trial.2": 1})
    recount("2025")
    own = {"scope": "organization", "scope_key": str(first)}
    put("2024", first, {"trial.1": 3, "trial.2": 2})
    recount("2024")
    assert Aggregate.objects.get(version__indicator__code="trial.8", period__code="2025", **own).value == 4 - (3 + 2)
    assert Aggregate.objects.get(version__indicator__code="yearly.1", **own).value == (4 + 1) + 1


def test_the_button_counts_everything(municipality, specialist, run_jobs):
    period = Period.objects.named("2024")
    recount("2024")  # the register has grown by the specialist's organisation
    Aggregate.objects.filter(period=period).update(reported=0)
    enqueue_aggregates(period=period, by=specialist)
    run_jobs()
    assert not Aggregate.objects.filter(period=period, reported__gt=0).exists()
    enqueue_aggregates(period=period, by=specialist, everything=True)
    run_jobs()
    assert Aggregate.objects.filter(period=period, reported__gt=0).exists()


# --- any number of workers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workers", [1, 2, 4])
def test_with_any_number_of_workers_the_rows_are_the_same(workers):
    build()
    places = ids()
    for year in YEARS:
        compute_aggregates(period=Period.objects.named(year))
    chance = Random(workers)
    work = [
        (year, place, {code: chance.randint(0, 1 if code == "trial.3" else 50) for code in chance.sample(CODES, 3)})
        for year in YEARS[:2] for place in places for _ in range(2)
    ]  # fmt: skip
    chance.shuffle(work)
    failures = []

    def do(mine):
        try:
            for year, place, found in mine:
                put(year, place, found)
                recount(year)
        except Exception as failure:  # noqa: BLE001 (a thread must hand it over)
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(work[number::workers],)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failures == []
    assert not ChangedOrganization.objects.exists()
    assert Value.objects.count() > 30
    assert digests() == from_nothing()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "its twin without the lock"])
def test_of_two_recounts_at_once_the_second_waits(is_locked, monkeypatch):
    """The second would read the rows that the first has not committed yet, and write over its figures."""
    if not is_locked:
        monkeypatch.setattr(aggregates, "_lock", lambda *_: None)
    build()
    first, second, *_ = ids()
    for place in (first, second):
        put("2024", place, {"trial.1": 1})
    compute_aggregates(period=Period.objects.named("2024"))
    counted = threading.Event()

    def slow():
        with transaction.atomic():
            put("2024", first, {"trial.1": 100})
            recount("2024")
            counted.set()
            threading.Event().wait(1.0)  # its commit is late
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert counted.wait(30)
    put("2024", second, {"trial.1": 200})
    with suppress(Exception):  # without the lock it may also stumble
        recount("2024")
    thread.join(30)
    whole = Aggregate.objects.get(version__indicator__code="trial.1", scope="municipality").value
    assert (whole == 300) is is_locked
