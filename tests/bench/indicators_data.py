"""Generated values for the measures of aggregates: 550 organisations × 200 indicators × 10 years = 1.1 M values."""

from django.db import connection

from apps.core.models import Period
from apps.indicators.models import Indicator, IndicatorVersion, Pack, Term
from apps.organizations.models import Group, Kind, Organization

ORGANIZATIONS, ENTERED, DERIVED, YEARS = 550, 200, 80, 10
LAST = 2025


def make(
    organizations: int = ORGANIZATIONS, entered: int = ENTERED, derived: int = DERIVED, years: int = YEARS
) -> list[Period]:
    """Make the register, the pack and its values; returns the years to be counted, the earliest first."""
    _register(organizations)
    _terms(_pack(entered, derived), entered)
    periods = [Period.objects.named(str(LAST - back)) for back in reversed(range(years))]
    for period in periods:
        _values(period)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return periods


def _register(count: int) -> None:
    kinds = [Kind.SCHOOL, Kind.KINDERGARTEN, Kind.ADDITIONAL]
    Organization.objects.bulk_create(
        Organization(
            code=f"measured-{n}",
            name=f"Организация {n}",
            kind=kinds[n % 3],
            locality=("urban", "rural")[n % 2],
            programmes=["basic"],
        )
        for n in range(count)
    )
    groups = Group.objects.bulk_create(Group(code=f"measured-{n}", name=f"Группа {n}") for n in range(18))
    membership = Group.organizations.through
    ids = Organization.objects.order_by("pk").values_list("pk", flat=True)
    membership.objects.bulk_create(
        membership(group_id=groups[n % 18].pk, organization_id=pk) for n, pk in enumerate(ids)
    )


def _pack(entered: int, derived: int) -> list[IndicatorVersion]:
    Pack.objects.create(code="measured", title="Мера", short_title="Мера", period_kind="calendar_year")
    indicators = Indicator.objects.bulk_create(
        Indicator(code=f"measured.{n}", pack="measured", number=str(n), order=n) for n in range(entered + derived)
    )
    return IndicatorVersion.objects.bulk_create(
        IndicatorVersion(
            indicator=indicator,
            name=f"Показатель {n}",
            value_type="int" if n < entered else "percent",
            aggregation="sum" if n < entered else "ratio",
            is_derived=n >= entered,
            formula="" if n < entered else f"100 * [measured.{n - entered}] / [measured.{_whole(n, entered)}]",
            scale=1 if n < entered else 100,
            source_state="unconfirmed",
        )
        for n, indicator in enumerate(indicators)
    )


def _whole(n: int, entered: int) -> int:
    return (7 * n + 3) % entered


def _terms(versions: list[IndicatorVersion], entered: int) -> None:
    Term.objects.bulk_create(
        Term(version=versions[n], part=part, input=versions[source].indicator, coefficient=1)
        for n in range(entered, len(versions))
        for part, source in (("n", n - entered), ("d", _whole(n, entered)))
    )


def _values(period: Period) -> None:
    """Numbers from a formula that differ from year to year; one of twenty is absent with a reason."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO indicators_value (organization_id, version_id, period_id, breakdown, source, number,
                absence_reason, origin, origin_id, origin_place, recorded_at)
            SELECT o.id, v.id, %(period)s, '', 'collection',
                CASE WHEN (o.id * 31 + v.id * 17) %% 20 <> 0
                    THEN 1 + (o.id * 7919 + v.id * 104729 + %(period)s * 31) %% 997 END,
                CASE WHEN (o.id * 31 + v.id * 17) %% 20 <> 0 THEN '' ELSE 'не ведётся' END, '', '', '', now()
            FROM organizations_organization o
            CROSS JOIN indicators_indicatorversion v
            WHERE NOT v.is_derived
            """,
            {"period": period.pk},
        )


# What a programmer would write for exactly these data, all years at once: one pair of terms, one group an
# organisation, no versions, no sources, no expected counts, nothing compared with what is stored.
BY_HAND = """
CREATE TEMP TABLE by_hand AS
WITH fact AS (
    SELECT period_id, version_id, organization_id, number AS top, NULL::numeric AS bottom, number AS value
    FROM indicators_value
    WHERE number IS NOT NULL AND period_id = ANY (%(periods)s)
    UNION ALL
    SELECT top.period_id, n.version_id, top.organization_id, top.number, bottom.number,
        100 * top.number / bottom.number
    FROM indicators_term n
    JOIN indicators_term d ON d.version_id = n.version_id AND d.part = 'd'
    JOIN indicators_indicatorversion nv ON nv.indicator_id = n.input_id
    JOIN indicators_indicatorversion dv ON dv.indicator_id = d.input_id
    JOIN indicators_value top ON top.version_id = nv.id AND top.period_id = ANY (%(periods)s)
    JOIN indicators_value bottom ON bottom.version_id = dv.id AND bottom.period_id = top.period_id
        AND bottom.organization_id = top.organization_id
    WHERE n.part = 'n' AND top.number IS NOT NULL AND bottom.number IS NOT NULL
)
SELECT f.period_id, f.version_id, f.organization_id, o.kind, o.locality, g.group_id, sum(top) AS numerator,
    sum(bottom) AS denominator, count(*) AS reported, coalesce(100 * sum(top) / sum(bottom), sum(top)) AS value,
    percentile_cont(ARRAY[0, 0.25, 0.5, 0.75, 1]) WITHIN GROUP (ORDER BY f.value) AS quartiles
FROM fact f
JOIN organizations_organization o ON o.id = f.organization_id
JOIN organizations_group_organizations g ON g.organization_id = o.id
GROUP BY GROUPING SETS ((f.period_id, f.version_id, f.organization_id), (f.period_id, f.version_id, o.kind),
    (f.period_id, f.version_id, o.locality), (f.period_id, f.version_id, g.group_id), (f.period_id, f.version_id))
"""
