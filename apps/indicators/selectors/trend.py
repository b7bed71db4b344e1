"""One indicator over the years: figures, changes, breaks of the series, targets, references, causes."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from apps.accounts.models import User
from apps.core.charts import LineChart, Series
from apps.core.models import Period
from apps.indicators import breaks, display
from apps.indicators.models import Aggregate, Cause, Indicator, IndicatorVersion, ReferencePoint, Target
from apps.indicators.selectors.scopes import Scope
from apps.indicators.selectors.targets import state_of
from apps.indicators.selectors.tree import own_organization_scope
from apps.indicators.trends.achievement import Achievement


@dataclass
class Year:
    """A period of the trend."""

    period: Period
    figure: Aggregate | None = None
    change: display.Change | None = None
    own: Aggregate | None = None
    breaks: list[str] = field(default_factory=list)
    target: Target | None = None
    target_written: str = ""
    achievement: Achievement | None = None
    references: dict[int, Decimal] = field(default_factory=dict)  # by series
    cause: Cause | None = None

    @property
    def value(self) -> Decimal | None:
        return self.figure.value if self.figure else None

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)


@dataclass
class Trend:
    """The years of a scope, oldest first. `lines` names the reference series by id."""

    version: IndicatorVersion
    scope: Scope
    own: Scope | None
    years: list[Year]
    lines: dict[int, str]
    sources: list[str]

    @property
    def has_figures(self) -> bool:
        return any(year.value is not None for year in self.years)

    @property
    def has_targets(self) -> bool:
        return any(year.target for year in self.years)

    @property
    def breaks(self) -> list[tuple[Period, str]]:
        return [(year.period, text) for year in self.years for text in year.breaks]

    @property
    def newest(self) -> Year | None:
        """The last year that has a figure."""
        return next((year for year in reversed(self.years) if year.value is not None), None)

    def written(self, number: Decimal | None) -> str:
        return display.written(self.version, number, self.scope.kind)

    def referenced(self, year: Year) -> list[str]:
        """Figures of the reference series in the year, as people read them; in the order of `lines`."""
        return [self.written(year.references.get(key)) for key in self.lines]

    def rows(self) -> list[tuple[Year, list[str]]]:
        return [(year, self.referenced(year)) for year in self.years]


def trend_of(*, indicator: Indicator, version: IndicatorVersion, scope: Scope, user: User) -> Trend:
    """Every period that has a figure of the scope, a target or a reference. Six statements whatever the years."""
    own = own_organization_scope(user)
    years: dict[Period, Year] = {}

    def of(period: Period) -> Year:
        return years.setdefault(period, Year(period))

    for aggregate in _aggregates(indicator, scope, own, user):
        year = of(aggregate.period)
        if (aggregate.scope, aggregate.scope_key) == (scope.kind, scope.key):
            year.figure = aggregate
        else:
            year.own = aggregate
    for target in _targets(indicator, scope, user):
        of(target.period).target = target
        of(target.period).target_written = display.written(version, target.number, scope.kind)
    lines, sources = {}, []
    for point in _points(indicator):
        of(point.period).references[point.series_id] = point.number
        if point.series_id not in lines:
            lines[point.series_id] = point.series.name
            sources.append(_source(point))
    for cause in Cause.objects.visible_to(user).filter(indicator=indicator).select_related("period", "author"):
        if cause.period in years:
            years[cause.period].cause = cause
    ordered = sorted(years.values(), key=lambda year: year.period.starts_on)
    _compare(ordered)
    _break(indicator, ordered)
    return Trend(version, scope, own if own != scope else None, ordered, lines, sources)


def _aggregates(indicator: Indicator, scope: Scope, own: Scope | None, user: User) -> list[Aggregate]:
    wanted = {(scope.kind, scope.key)} | ({(own.kind, own.key)} if own else set())
    found = (
        Aggregate.objects.visible_to(user)
        .filter(version__indicator=indicator, scope__in={kind for kind, _ in wanted})
        .filter(scope_key__in={key for _, key in wanted})
        .select_related("version", "period")
    )
    return [aggregate for aggregate in found if (aggregate.scope, aggregate.scope_key) in wanted]


def _targets(indicator: Indicator, scope: Scope, user: User) -> list[Target]:
    found = Target.objects.visible_to(user).current().filter(indicator=indicator)
    return list(found.filter(scope=scope.kind, scope_key=scope.key).select_related("period", "author"))


def _points(indicator: Indicator) -> list[ReferencePoint]:
    found = ReferencePoint.objects.filter(series__indicator=indicator).select_related("series", "period")
    return list(found.order_by("-series__owner", "series__territory", "period__starts_on"))


def _source(point: ReferencePoint) -> str:
    series = point.series
    day = f", {series.source_date:%d.%m.%Y}" if series.source_date else ""
    return f"{series.territory}: {series.source}{day}"


def _compare(years: list[Year]) -> None:
    """Changes against the year before, and how far each target is reached."""
    before: Year | None = None
    for year in years:
        if before is not None and year.figure is not None:
            year.change = display.change(year.figure, before.figure)
        if year.target:
            year.achievement = state_of(year.target, _series_of(years), period=year.period)
        if year.figure is not None:
            before = year


def _series_of(years: list[Year]) -> list[tuple[Period, Aggregate]]:
    return [(year.period, year.figure) for year in years if year.figure is not None]


def _break(indicator: Indicator, years: list[Year]) -> None:
    """Name each period from which on figures are not like those before."""
    last: IndicatorVersion | None = None
    for year in years:
        if year.figure is None:
            continue
        version = year.figure.version
        if last is not None and version.pk != last.pk:
            year.breaks.append(breaks.what_changed(last, version))
        if year.change and year.change.text == display.NOT_COMPARED:
            figure = year.figure
            year.breaks.append(f"сообщили {figure.reported} из {figure.expected}: сумма не сравнивается с прошлой")
        last = version
    by_period: dict[int, list[str]] = defaultdict(list)
    for found in breaks.told(indicator):
        by_period[found.period.pk].append(found.text)
    for year in years[1:]:
        year.breaks += by_period[year.period.pk]


def chart_of(trend: Trend) -> LineChart | None:
    """Lines of the scope, of the reader's own organisation, of the targets and the references; None below two years."""
    if len(trend.years) < 2 or not trend.has_figures:
        return None
    years = trend.years
    series = [Series(trend.scope.name, [year.value for year in years])]
    if trend.own:
        series.append(Series(trend.own.name, [year.own.value if year.own else None for year in years]))
    if trend.has_targets:
        series.append(Series("цель", [year.target.number if year.target else None for year in years]))
    series += [Series(name, [year.references.get(key) for year in years]) for key, name in trend.lines.items()]
    polarity = trend.version.get_polarity_display()
    return LineChart(
        title="По годам",
        description=f"{trend.version.name}: {years[0].period.code}–{years[-1].period.code}; {polarity}",
        labels=[year.period.code for year in years],
        series=series,
        unit=display.unit_of(trend.version),
        decimals=display.decimals(trend.version),
        breaks=[(place, "; ".join(year.breaks)) for place, year in enumerate(years) if year.breaks],
    )
