"""Weak and strong figures of organisations: beyond the level of attention, or in the outer quarter of all.

Only what has a better side and can be compared: sums grow with the number of pupils and are left out.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from apps.indicators import display
from apps.indicators.models import Aggregate, Direction, Indicator, IndicatorVersion
from apps.indicators.trends.standing import FEWEST
from apps.organizations.models import Organization

Scopes = Aggregate.Scope


@dataclass(frozen=True)
class Side:
    """A figure of an organisation that stands out, and by what rule."""

    organization: int
    figure: Aggregate
    whole: Aggregate | None
    is_weak: bool
    rule: str

    @property
    def indicator(self) -> Indicator:
        found: Indicator = self.figure.version.indicator
        return found

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)

    @property
    def average(self) -> str:
        return display.average(self.whole)

    @property
    def sentence(self) -> str:
        """The figure with what it is compared with: «…: 45,3 %, по муниципалитету 61,0 % (в худшей четверти…)»."""
        whole = f", по муниципалитету {self.average}" if self.average else ""
        return f"{self.figure.version.name}: {self.written} за {self.figure.period}{whole} ({self.rule})"


def sides(
    *,
    periods: Any,
    organization: Organization | None = None,
    indicator: Indicator | None = None,
    direction: Direction | None = None,
) -> list[Side]:
    """Weak and strong figures of the periods, by indicator and organisation; two statements.

    The level of attention decides where the indicator has one; a figure that is not beyond it is then never weak.
    """
    versions = Q(version__polarity__in=["higher", "lower"])
    if indicator:
        versions &= Q(version__indicator=indicator)
    if direction:
        versions &= Q(version__indicator__direction=direction)
    figures = Aggregate.objects.filter(versions, period__in=periods, scope=Scopes.ORGANIZATION, value__isnull=False)
    if organization:
        figures = figures.filter(scope_key=str(organization.pk))
    rows = list(
        figures.select_related("version__indicator__direction", "period").order_by("version__indicator__order", "pk")
    )
    wholes = {
        (one.version_id, one.period_id): one
        for one in Aggregate.objects.filter(
            period__in={row.period_id for row in rows},
            version__in={row.version_id for row in rows},
            scope=Scopes.MUNICIPALITY,
        ).select_related("version", "period")
    }
    found = (_side(row, wholes.get((row.version_id, row.period_id))) for row in rows)
    return [side for side in found if side is not None]


def _side(row: Aggregate, whole: Aggregate | None) -> Side | None:
    version: IndicatorVersion = row.version
    better = display.better(version)
    if not better or display.is_total(version) or row.value is None:
        return None
    value, attention = row.value * better, version.attention
    if attention is not None and value < attention * better:
        rule = f"хуже порога внимания {display.written(version, attention)}"
        return Side(int(row.scope_key), row, whole, True, rule)
    outer = _quarters(whole, better)
    if outer and value >= outer[1]:
        return Side(int(row.scope_key), row, whole, False, "в лучшей четверти организаций")
    if outer and attention is None and value <= outer[0]:
        return Side(int(row.scope_key), row, whole, True, "в худшей четверти организаций")
    return None


def _quarters(whole: Aggregate | None, better: int) -> tuple[Decimal, Decimal] | None:
    """Bounds of the worst and of the best quarter on a scale where more is better; None where nothing can be said."""
    if whole is None or whole.lower_quartile is None or whole.upper_quartile is None or whole.reported < FEWEST:
        return None
    worst, best = sorted((whole.lower_quartile * better, whole.upper_quartile * better))
    return (worst, best) if worst < best else None
