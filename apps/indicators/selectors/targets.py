"""Targets of indicators: what is aimed at, whether it is within reach, whether it is reached."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from apps.core.findings import Finding
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Target
from apps.indicators.trends import realism
from apps.indicators.trends.achievement import Achievement, achievement

LEAST_SHARE, MOST_SHARE = Decimal(0), Decimal(100)

Figures = Sequence[tuple[Period, Aggregate]]  # of one scope, in the order of time


def figures_of(indicator: Indicator, scope: str, key: str) -> list[tuple[Period, Aggregate]]:
    """Figures of a scope, oldest first."""
    found = Aggregate.objects.filter(
        version__indicator=indicator, scope=scope, scope_key=key, value__isnull=False
    ).select_related("version", "period")
    return [(one.period, one) for one in found.order_by("period__starts_on")]


def since_break(figures: Figures) -> Figures:
    """The figures of the newest method only: across a break nothing can be compared."""
    if not figures:
        return []
    newest = figures[-1][1].version_id
    return [(period, figure) for period, figure in figures if figure.version_id == newest]


def judge(
    *, version: IndicatorVersion, period: Period, scope: str, key: str, number: Decimal
) -> tuple[list[Finding], Figures]:
    """What is to be said of a target before it is set, and the history that says it."""
    figures = since_break(figures_of(version.indicator, scope, key))
    points = [
        realism.Point(_year(past.starts_on), past.code, figure.value)
        for past, figure in figures
        if figure.value is not None
    ]
    aim = realism.Aim(_year(period.starts_on), number, display.better(version))
    found = realism.judge(
        aim,
        points,
        bounds_of(version),
        lambda value: display.written(version, value),
        lambda difference: display.changed(version, difference),
    )
    return found, figures


def bounds_of(version: IndicatorVersion) -> realism.Bounds:
    """What a figure of a scope can be: a share lies between 0 and 100, a sum is bounded from below only."""
    if display.is_share(version):
        least = version.minimum if version.minimum is not None else LEAST_SHARE
        most = version.maximum if version.maximum is not None else MOST_SHARE
        if version.aggregation == IndicatorVersion.Aggregation.SHARE_YES:
            least, most = LEAST_SHARE, MOST_SHARE
        return realism.Bounds(least, most)
    if version.aggregation == IndicatorVersion.Aggregation.SUM:
        return realism.Bounds(version.minimum if version.minimum is not None else LEAST_SHARE)
    return realism.Bounds(version.minimum, version.maximum)


def _year(day: date) -> Decimal:
    return day.year + Decimal(day.month - 1) / 12


def state_of(target: Target, figures: Figures, *, period: Period, today: date | None = None) -> Achievement:
    """The state of a target by the figures of its scope, oldest first; `period` is the target's own."""
    known = [(past, figure) for past, figure in figures if past.starts_on <= period.starts_on]
    values = [figure.value for _, figure in known if figure.value is not None]
    has_own = bool(known) and known[-1][0].pk == period.pk and known[-1][1].value is not None
    is_over = has_own or period.ends_on < (today or timezone.localdate())
    if is_over and not has_own:
        return achievement(target.number, None, None, 0, is_over=True)
    version = known[-1][1].version if known else None
    better = display.better(version) if version else 0
    return achievement(
        target.number,
        values[-1] if values else None,
        values[-2] if len(values) > 1 else None,
        better,
        is_over=is_over,
    )


def targets_of(
    *, indicators: Iterable[Indicator], scope: str = Aggregate.Scope.MUNICIPALITY, key: str = ""
) -> dict[tuple[int, int], Target]:
    """Targets in force of a scope by indicator and period."""
    found = Target.objects.current().filter(indicator__in=list(indicators), scope=scope, scope_key=key)
    return {(target.indicator_id, target.period_id): target for target in found.select_related("period")}
