"""Figures of organisations in which an effect is looked for: an indicator, or a measure of a work."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count

from apps.analysis.context import results
from apps.analysis.context.funnel import LEAST_PARTICIPANTS
from apps.analysis.context.inputs import short_name
from apps.core import periods
from apps.core.addresses import number_in
from apps.core.figures import figure, percent, points
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Pack
from apps.procedures.models import Procedure, Subject

LEAST_CHOSEN = 10  # organisations with a figure, for an indicator to be offered
VPR = Procedure.Kind.VPR


@dataclass(frozen=True)
class Reading:
    """A figure of an organisation in a period; `noise` is its variance by chance of few people, 0 where unknown."""

    value: float
    noise: float = 0.0
    people: int = 0


@dataclass(frozen=True)
class Readings:
    """By organisation; `few` had too few people, `version` is that of the indicator."""

    values: dict[int, Reading]
    few: dict[int, int]
    version: IndicatorVersion | None = None


@dataclass(frozen=True)
class Figure:
    """What is looked at. `better` is 1 where more is better, −1 where less, 0 where neither is."""

    code: str
    title: str
    better: int
    is_share: bool
    decimals: int
    period_kind: str
    indicator: Indicator | None = None
    work: tuple[str, int, int, str] | None = None

    @property
    def is_for_help_only(self) -> bool:
        """ВПР serve help; schools are not ranked by them."""
        return self.work is not None and self.work[0] == VPR

    @property
    def url(self) -> str:
        from django.urls import reverse

        return reverse("indicators:detail", args=[self.indicator.code]) if self.indicator else ""

    @property
    def unit(self) -> str:
        return "%" if self.is_share else ""

    def written(self, value: float | Decimal | None) -> str:
        number = None if value is None else Decimal(str(value))
        return percent(number, self.decimals) if self.is_share else figure(number, self.decimals)

    def changed(self, value: float | Decimal | None) -> str:
        """With its sign; a share changes in percentage points."""
        if value is None:
            return figure(None)
        number = Decimal(str(value))
        if self.is_share:
            return points(number, self.decimals)
        sign = "+" if round(number, self.decimals) > 0 else ""
        return sign + figure(number, self.decimals)

    def size(self, value: float | Decimal) -> str:
        """A difference without its sign."""
        return self.changed(abs(Decimal(str(value)))).lstrip("+")


def of_indicator(indicator: Indicator) -> Figure | None:
    version = indicator.versions.order_by("-number").first()
    if version is None or indicator.is_group:
        return None
    kind = Pack.objects.filter(code=indicator.pack).values_list("period_kind", flat=True).first()
    return Figure(
        f"i:{indicator.code}",
        f"{indicator.number.rstrip('%')} {short_name(version)}",
        display.better(version),
        display.is_share(version),
        max(1, display.decimals(version)),
        kind or Period.Kind.CALENDAR_YEAR,
        indicator,
    )


def of_work(kind: str, subject: Subject, grade: int, measure: str) -> Figure:
    one = results.Measure(measure)
    return Figure(
        f"w:{kind}:{subject.pk}:{grade}:{measure}",
        f"{Procedure.Kind(kind).label}, {subject}, {grade} класс: {results.TITLES[one].removesuffix(', %')}",
        results.BETTER[one],
        one != results.Measure.MARK,
        results.DECIMALS[one],
        Period.Kind.SCHOOL_YEAR,
        work=(kind, subject.pk, grade, measure),
    )


def of_expectation(expectation: Any) -> Figure:
    if expectation.indicator is not None:
        found = of_indicator(expectation.indicator)
        assert found is not None
        return found
    return of_work(expectation.work_kind, expectation.work_subject, expectation.work_grade, expectation.work_measure)


def named(code: str) -> Figure | None:
    """The figure behind a choice of the form; None for anything else."""
    kind, _, rest = code.partition(":")
    if kind == "i":
        indicator = Indicator.objects.filter(code=rest, is_group=False).first()
        return of_indicator(indicator) if indicator else None
    parts = rest.split(":")
    if kind != "w" or len(parts) != 4 or parts[0] not in Procedure.Kind.values or parts[3] not in set(results.Measure):
        return None
    key, grade = number_in(parts[1]), number_in(parts[2])
    subject = Subject.objects.filter(pk=key).first() if key else None
    return of_work(parts[0], subject, grade, parts[3]) if subject and grade else None


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Works with results and indicators with figures of enough organisations; sums are no effect, they grow by size."""
    works: list[tuple[str, str]] = []
    found = Procedure.objects.filter(organization__isnull=True).with_results()
    names = Subject.objects.in_bulk()
    for kind, subject, grade in sorted(set(found.order_by().values_list("kind", "subject", "grade"))):
        works += [
            (one.code, one.title)
            for one in (of_work(kind, names[subject], grade, measure) for measure in results.Measure)
        ]
    rows = Aggregate.objects.filter(scope=Aggregate.Scope.ORGANIZATION, value__isnull=False).order_by()
    counted = rows.values("version__indicator").annotate(n=Count("scope_key", distinct=True))
    known = [one["version__indicator"] for one in counted if one["n"] >= LEAST_CHOSEN]
    versions = (
        IndicatorVersion.objects.current()
        .filter(indicator__in=known, indicator__is_group=False, indicator__is_active=True)
        .exclude(value_type__in=[IndicatorVersion.ValueType.TEXT, IndicatorVersion.ValueType.BOOLEAN])
        .select_related("indicator")
        .order_by("indicator__pack", "indicator__order")
    )
    titles = dict(Pack.objects.values_list("code", "short_title"))
    packs: dict[str, list[tuple[str, str]]] = {}
    for version in versions:
        if not display.is_total(version):
            label = f"{version.indicator.number.rstrip('%')} {short_name(version)}"
            packs.setdefault(version.indicator.pack, []).append((f"i:{version.indicator.code}", label[:160]))
    groups = [("Оценочные процедуры", works)] if works else []
    return groups + [(titles.get(pack, pack), rows) for pack, rows in packs.items()]


def periods_of(figure: Figure, starts_on: Any, years: int) -> tuple[periods.PeriodSpan, periods.PeriodSpan]:
    """The last period before the one in which a measure starts, and the one `years` later."""
    if figure.period_kind == Period.Kind.CALENDAR_YEAR:
        now = periods.calendar_year(starts_on.year)
    else:
        now = periods.school_year_of(starts_on)
    before = periods.previous(now)
    return before, periods.previous(before, -years)


def read(figure: Figure, spans: Sequence[periods.PeriodSpan]) -> dict[str, Readings]:
    """Readings by code of a period; a period without figures has none. Three statements at most."""
    codes = [span.code for span in spans]
    if figure.indicator is not None:
        return _of_indicator(figure.indicator, codes)
    assert figure.work is not None
    kind, subject, grade, measure = figure.work
    found = Procedure.objects.filter(
        kind=kind, subject=subject, grade=grade, organization__isnull=True, period__code__in=codes
    ).select_related("period")
    sums: dict[str, dict[int, results.Sums]] = {code: {} for code in codes}
    for work in found:
        for key, one in results.sums_by_organization(work, results.Measure(measure)).items():
            own = sums[work.period.code]
            own[key] = own.get(key, results.Sums()) + one
    return {code: _of_sums(by, results.Measure(measure)) for code, by in sums.items()}


def _of_sums(sums: dict[int, results.Sums], measure: results.Measure) -> Readings:
    values, few = {}, {}
    for key, one in sums.items():
        if one.n < LEAST_PARTICIPANTS:
            few[key] = one.n
            continue
        result = results.result_of(one, measure, ())
        values[key] = Reading(result.value, result.variance, one.n)
    return Readings(values, few)


def _of_indicator(indicator: Indicator, codes: Sequence[str]) -> dict[str, Readings]:
    rows = (
        Aggregate.objects.filter(
            version__indicator=indicator,
            period__code__in=codes,
            scope=Aggregate.Scope.ORGANIZATION,
            value__isnull=False,
        )
        .select_related("version", "period")
        .order_by("version__number")
    )
    found: dict[str, dict[int, Reading]] = {code: {} for code in codes}
    versions: dict[str, IndicatorVersion] = {}
    for row in rows:
        code = row.period.code
        newest = versions.get(code)
        if newest is not None and newest.pk != row.version_id:
            found[code] = {}  # figures of an older version stand beside those of the newer one
        versions[code] = row.version
        found[code][int(row.scope_key)] = _reading(row)
    return {code: Readings(found[code], {}, versions.get(code)) for code in codes}


def _reading(row: Aggregate) -> Reading:
    """A share of people has the noise of a share; of other figures it is not known."""
    value, people = float(row.value or 0), float(row.denominator or 0)
    version = row.version
    is_share = version.aggregation == IndicatorVersion.Aggregation.RATIO and display.is_share(version)
    if not is_share or people < 1 or not 0 <= value <= 100:
        return Reading(value)
    share = (value / 100 * people + 1) / (people + 2)
    return Reading(value, 1e4 * share * (1 - share) / people, round(people))
