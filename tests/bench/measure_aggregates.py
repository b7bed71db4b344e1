"""I1 to I4: recounting aggregates, in full and after one accepted form."""

from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Count, Sum
from django.db.models.functions import Round
from django.test.utils import CaptureQueriesContext

from apps.core.models import Period
from apps.indicators.models import Aggregate, IndicatorVersion, Value
from apps.indicators.services import NewValue, Origin, compute_aggregates, digest, record_values
from apps.organizations.models import Group, Kind, Organization
from tests.bench import indicators_data
from tests.bench.registry import measure, ratio, seconds


def count_all(periods: list[Period]) -> None:
    for period in periods:
        compute_aggregates(period=period)


@measure(
    "I1",
    goal=1.5,
    how=(
        "full recount of 10 years × 550 organisations × (200 entered + 80 derived indicators), 1.1 M values, for "
        "organisations and 24 scopes, compared with what is stored ÷ one hand-written SELECT … GROUP BY GROUPING SETS "
        "over the same rows, the same figures with quartiles, into a temporary table; medians of 3, interleaved"
    ),
)
def recount_against_sql_by_hand() -> float:
    periods = indicators_data.make()
    assert Value.objects.count() == 1_100_000
    count_all(periods)
    found: list[tuple[object, ...]] = []

    def by_hand() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64MB'")
            cursor.execute(indicators_data.BY_HAND, {"periods": [period.pk for period in periods]})
            cursor.execute("SELECT count(*), round(sum(value), 4), sum(reported) FROM by_hand")
            found.append(cursor.fetchone())
            cursor.execute("DROP TABLE by_hand")

    taken = ratio(lambda: count_all(periods), by_hand, runs=3)
    figures = Aggregate.objects.filter(value__isnull=False)
    ours = figures.aggregate(rows=Count("pk"), value=Round(Sum("value"), precision=4), reported=Sum("reported"))
    assert tuple(ours.values()) == found[0], "the two ways do not count the same"
    return taken


@measure(
    "I2",
    goal=1 / 30,
    how=(
        "recount after one accepted form of 200 rows, all different from before, of one organisation and year (own "
        "figures, and those of its kind, locality, group and the municipality) ÷ full recount of the same 10 years; "
        "medians of 3, interleaved; the rows are those of a full recount"
    ),
)
def recount_after_one_form() -> float:
    periods = indicators_data.make()
    count_all(periods)
    last = periods[-1]
    organization = Organization.objects.order_by("pk")[100]
    versions = IndicatorVersion.objects.filter(is_derived=False).values_list("pk", flat=True)
    given = iter(range(1, 1000))

    def accept() -> None:
        number = Decimal(next(given))
        values = [NewValue(organization.pk, version, number + version) for version in versions]
        record_values(period=last, source="collection", values=values, by=None, origin=Origin("bench", "1"))

    def after_one() -> None:
        assert compute_aggregates(period=last, only_changed=True).changed > 1000

    taken = ratio(after_one, lambda: count_all(periods), runs=3, before=accept)
    compute_aggregates(period=last, only_changed=True)
    counted = digest(last)
    compute_aggregates(period=last)
    assert digest(last) == counted, "the two ways do not count the same"
    return taken


@measure(
    "I3",
    goal=1,
    how="SQL statements of a recount at 100 organisations × 200 indicators ÷ those at 5 × 20",
)
def statements_of_a_recount() -> float:
    def statements(organizations: int, entered: int, derived: int) -> int:
        with transaction.atomic():
            (period,) = indicators_data.make(organizations, entered, derived, years=1)
            compute_aggregates(period=period)
            with CaptureQueriesContext(connection) as queries:
                compute_aggregates(period=period)
            assert Aggregate.objects.count() > organizations * (entered + derived) // 2
            assert IndicatorVersion.objects.count() == entered + derived
            transaction.set_rollback(True)
        return len(queries)

    return statements(100, 120, 80) / statements(5, 12, 8)


@measure(
    "I4",
    goal=50,
    at_least=True,
    how=(
        "an ORM loop over 80 derived indicators × (550 organisations + 24 scopes) of one year, timed on every 200th "
        "organisation's figure and every 20th of a scope and multiplied up ÷ full recount of that year (280 "
        "indicators, quartiles too); medians of 3, interleaved"
    ),
)
def recount_against_a_loop() -> float:
    (period,) = indicators_data.make(years=1)
    compute_aggregates(period=period)
    loops = [_looped(period) / seconds(lambda: compute_aggregates(period=period)) for _ in range(3)]
    return sorted(loops)[1]


def _looped(period: Period) -> float:
    """Seconds that a loop would take, from a sample of what it would do."""
    derived = list(IndicatorVersion.objects.filter(is_derived=True).prefetch_related("terms__input"))
    places = list(Organization.objects.order_by("pk"))
    scopes = [{}, *({"organization__kind": kind} for kind in (Kind.SCHOOL, Kind.KINDERGARTEN, Kind.ADDITIONAL))]
    scopes += [{"organization__locality": place} for place in ("urban", "rural")]
    scopes += [{"organization__groups": group} for group in Group.objects.all()]
    own = [(version, place) for version in derived for place in places]
    total = [(version, scope) for version in derived for scope in scopes]

    def parts(version: IndicatorVersion, **where: object) -> tuple[Decimal | None, Decimal | None]:
        both = {term.part: term.input.code for term in version.terms.all()}
        values = Value.objects.filter(period=period, **where)
        top = values.filter(version__indicator__code=both["n"]).aggregate(total=Sum("number"))["total"]
        return top, values.filter(version__indicator__code=both["d"]).aggregate(total=Sum("number"))["total"]

    def write(version: IndicatorVersion, scope: str, key: str, top: Decimal | None, bottom: Decimal | None) -> None:
        value = 100 * top / bottom if top is not None and bottom else None
        figure = {"numerator": top, "denominator": bottom, "value": value}
        Aggregate.objects.update_or_create(period=period, version=version, scope=scope, scope_key=key, defaults=figure)

    def of_organizations() -> None:
        for version, place in own[::200]:
            write(version, "organization", str(place.pk), *parts(version, organization=place))

    def of_scopes() -> None:
        for number, (version, scope) in enumerate(total[::20]):
            write(version, "loop", str(number), *parts(version, **scope))

    return seconds(of_organizations) * 200 + seconds(of_scopes) * 20
