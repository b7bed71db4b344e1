"""A municipality with a share measured in three years, written straight into aggregates. Nothing random."""

from datetime import date
from decimal import Decimal

from apps.indicators.models import Aggregate, IndicatorVersion
from apps.organizations.models import Organization
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory
from tests.factories.organizations import SchoolFactory

YEARS = ("2023", "2024", "2025")
SCHOOLS = 40
ADDRESSED = 12
START = date(2025, 2, 1)


def wave(number, year):
    """A fixed unevenness between −6 and 6, another one each year."""
    return (number * (7 + 4 * year) + 3 * year) % 13 - 6


def share_version(**fields):
    return VersionFactory(
        value_type=IndicatorVersion.ValueType.PERCENT,
        aggregation=IndicatorVersion.Aggregation.RATIO,
        unit="%",
        decimals=1,
        polarity=IndicatorVersion.Polarity.HIGHER,
        **fields,
    )


def schools(count=SCHOOLS):
    made = [SchoolFactory.build(number=n + 101, name=f"Школа № {n + 101}") for n in range(count)]
    return Organization.objects.bulk_create(made)


def figures(version, found, year, *, added=None, people=50):
    """Shares of a year; `added` are points more, by place in the list."""
    period = PeriodFactory(code=YEARS[year])
    rows = []
    for place, one in enumerate(found):
        value = Decimal(40 + place % 10 + wave(place, year) + (added or {}).get(place, 0))
        rows.append(
            Aggregate(
                version=version,
                period=period,
                scope=Aggregate.Scope.ORGANIZATION,
                scope_key=str(one.pk),
                numerator=value * people / 100,
                denominator=people,
                value=value,
                reported=1,
                expected=1,
            )
        )
    Aggregate.objects.bulk_create(rows)
    return period


def municipality(*, effect=0, count=SCHOOLS, addressed=ADDRESSED, after=True):
    """Every third school is addressed; the addressed gain `effect` points in the last year."""
    version, found = share_version(), schools(count)
    chosen = [place for place in range(count) if place % 3 == 0][:addressed]
    for year in (0, 1):
        figures(version, found, year)
    if after:
        figures(version, found, 2, added=dict.fromkeys(chosen, effect))
    return version, found, [found[place] for place in chosen]
