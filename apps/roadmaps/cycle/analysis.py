"""The analysis of a direction by indicator: dynamics of three years, clusters, targets, what people conclude."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils import timezone

from apps.analysis.models import Cluster, Conclusion
from apps.core import periods
from apps.core.disclosure import Hidden
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.indicators import display
from apps.indicators.models import Aggregate, Direction, IndicatorVersion
from apps.indicators.protection import Protected, protected_figure, protected_totals
from apps.indicators.selectors.targets import state_of, targets_of
from apps.indicators.trends.achievement import Achievement

YEARS = 3
Scopes = Aggregate.Scope


@dataclass
class AnalysisRow:
    """An indicator with its figures of the municipality, the oldest first, and of clusters in the newest year."""

    version: IndicatorVersion
    period: Period
    figures: list[Aggregate | None]
    clusters: list[tuple[str, Aggregate, Protected]] = field(default_factory=list)
    conclusions: list[Conclusion] = field(default_factory=list)
    target: str = ""
    achievement: Achievement | None = None

    @property
    def written(self) -> list[str]:
        return [display.written_figure(one) for one in self.figures]

    @property
    def protected(self) -> list[Protected]:
        """As they may be shown to everybody."""
        return [protected_figure(one) for one in self.figures]

    @property
    def change(self) -> display.Change | None:
        return display.change(self.figures[-1], self.figures[-2])

    @property
    def cluster_texts(self) -> list[tuple[str, str]]:
        return [(name, display.written_figure(figure)) for name, figure, _ in self.clusters]

    @property
    def name(self) -> str:
        return f"{self.version.indicator.number} {self.version.name}"


@dataclass
class Analysis:
    direction: Direction
    span: PeriodSpan
    rows: list[AnalysisRow]

    @property
    def years(self) -> list[str]:
        """How the columns of the dynamics are called."""
        return [periods.previous(self.span, back).code if back else self.span.code for back in range(YEARS - 1, -1, -1)]

    @property
    def concluded(self) -> int:
        return sum(bool(row.conclusions) for row in self.rows)


def newest_span(direction: Direction) -> PeriodSpan:
    """The newest school year that most figures of the direction are known for; the present one without any."""
    counted = (
        Aggregate.objects.filter(
            version__indicator__direction=direction, scope=Scopes.MUNICIPALITY, value__isnull=False, reported__gt=0
        )
        .values("period__starts_on")
        .annotate(n=Count("pk"))
    )
    found = {row["period__starts_on"].year: row["n"] for row in counted}
    full = [year for year, n in found.items() if 2 * n >= max(found.values())]
    return periods.school_year(max(full)) if full else periods.school_year_of(timezone.localdate())


def analysis_of(direction: Direction, span: PeriodSpan) -> Analysis:
    """As many statements however many indicators. Indicators without a figure of the year are left out."""
    spans = _spans(span)
    whole: dict[int, dict[str, Aggregate]] = {}
    for one in _figures(direction, [each for years in spans.values() for each in years], scope=Scopes.MUNICIPALITY):
        whole.setdefault(one.version.indicator_id, {})[one.period.code] = one
    rows = [row for figures in whole.values() if (row := _row(figures, spans))]
    _clusters(rows, direction, [years[-1] for years in spans.values()])
    _conclusions(rows)
    _targets(rows)
    return Analysis(direction, span, rows)


def _figures(direction: Direction, spans: list[PeriodSpan], **scope: Any) -> Iterable[Aggregate]:
    """Of the direction's indicators that are numbers. Passports are long: each is read once, not with each figure."""
    return (
        Aggregate.objects.filter(
            version__indicator__direction=direction,
            version__indicator__is_group=False,
            period__code__in=[one.code for one in spans],
            **scope,
        )
        .exclude(version__value_type=IndicatorVersion.ValueType.TEXT)
        .select_related("period")
        .prefetch_related("version__indicator")
        .order_by("version__indicator__pack", "version__indicator__order", "version__number")
    )


def _spans(span: PeriodSpan) -> dict[str, list[PeriodSpan]]:
    """Three periods by kind, the oldest first."""
    school = [periods.previous(span, back) if back else span for back in range(YEARS - 1, -1, -1)]
    return {str(one[0].kind): one for one in (school, [periods.self_examination_year(each) for each in school])}


def _row(figures: Mapping[str, Aggregate], spans: Mapping[str, list[PeriodSpan]]) -> AnalysisRow | None:
    kind = str(next(iter(figures.values())).period.kind)
    codes = [one.code for one in spans.get(kind, ())]
    if not codes or codes[-1] not in figures or figures[codes[-1]].value is None:
        return None
    if not figures[codes[-1]].reported:
        return None
    newest = figures[codes[-1]]
    return AnalysisRow(newest.version, newest.period, [figures.get(code) for code in codes])


def _clusters(rows: list[AnalysisRow], direction: Direction, spans: list[PeriodSpan]) -> None:
    """Figures of the confirmed groups of similar organisations, of the newest year."""
    names = {
        str(group): name
        for group, name in Cluster.objects.filter(clustering__state="confirmed", group__isnull=False).values_list(
            "group", "name"
        )
    }
    figures = list(_figures(direction, spans, scope=Scopes.GROUP, scope_key__in=names)) if rows and names else []
    shown = protected_totals(figures)
    by_place: dict[tuple[int, int], list[Aggregate]] = {}
    for one in figures:
        if one.value is not None:
            by_place.setdefault((one.version_id, one.period_id), []).append(one)
    for row in rows:
        found = by_place.get((row.version.pk, row.period.pk), [])
        row.clusters = sorted(
            ((names[one.scope_key], one, shown.get(one.pk)) for one in found), key=lambda each: each[0]
        )


def _conclusions(rows: list[AnalysisRow]) -> None:
    by_place = {(row.version.indicator_id, row.period.pk): row for row in rows}
    found = Conclusion.objects.standing().filter(
        organization__isnull=True, indicator__in=[row.version.indicator_id for row in rows]
    )
    for one in found.select_related("author", "period").order_by("created_at", "pk"):
        row = by_place.get((one.indicator_id or 0, one.period_id))
        if row:
            row.conclusions.append(one)


def _targets(rows: list[AnalysisRow]) -> None:
    targets = targets_of(indicators=[row.version.indicator for row in rows])
    for row in rows:
        target = targets.get((row.version.indicator_id, row.period.pk))
        if target:
            row.target = display.written(row.version, target.number)
            known = [(one.period, one) for one in row.figures if one is not None]
            row.achievement = state_of(target, known, period=row.period)


def shown(value: Protected) -> bool:
    """Whether a number may be written."""
    return value is not None and not isinstance(value, Hidden)
