"""What the pages of factors and of resilient schools read."""

from dataclasses import dataclass
from decimal import Decimal

from apps.analysis.context import methods, results
from apps.analysis.context.correlation import LEAST as LEAST_PAIRS
from apps.analysis.context.correlation import Correlation, correlation
from apps.analysis.context.regression import least_schools
from apps.analysis.context.resilience import Rule, Year, counts, is_resilient, percentiles
from apps.analysis.context.results import BETTER, DECIMALS, Measure, Result, WorkResults
from apps.analysis.context.selectors import INDEX, Factors, expected, factors_of, schools_of
from apps.organizations.models import Organization
from apps.procedures.models import Procedure

# --- factors


@dataclass(frozen=True)
class FactorRow:
    organization: Organization
    factor: Decimal
    result: Result


@dataclass(frozen=True)
class FactorPage:
    """A factor against a result."""

    work: WorkResults
    factors: Factors
    rows: list[FactorRow]
    found: Correlation | None
    slope: tuple[float, float] | None  # intercept and slope of the line that the chart shows
    least: int = LEAST_PAIRS

    @property
    def title(self) -> str:
        return self.factors.titles[0]

    @property
    def decimals(self) -> int:
        return DECIMALS[self.work.measure]


def factor_page(procedure: Procedure, measure: Measure, code: str) -> FactorPage:
    work, factors = results.results_of(procedure, measure), factors_of(procedure, [code])
    rows = [
        FactorRow(school, Decimal(str(factors.rows[school.pk][0])), work.schools[school.pk])
        for school in schools_of([pk for pk in work.schools if pk in factors.rows])
    ]
    found = correlation([(float(row.factor), row.result.value) for row in rows])
    slope = None
    if found is not None:
        xs, ys = [float(row.factor) for row in rows], [row.result.value for row in rows]
        mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
        squares = sum((x - mean_x) ** 2 for x in xs)
        b = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / squares
        slope = (mean_y - b * mean_x, b)
    return FactorPage(work, factors, rows, found, slope)


# --- resilient


@dataclass(frozen=True)
class ResilientRow:
    organization: Organization
    years: list[tuple[str, bool | None]]
    verdict: bool | None

    @property
    def words(self) -> str:
        return {True: "по правилу — резильентная", False: "правило не выполнено"}.get(self.verdict, "данных мало")  # type: ignore[arg-type]

    @property
    def tone(self) -> str:
        return "good" if self.verdict else "neutral"


@dataclass(frozen=True)
class Resilient:
    years: list[Procedure]
    rows: list[ResilientRow]
    rule: Rule
    off: str = ""

    @property
    def found(self) -> int:
        return sum(row.verdict is True for row in self.rows)


def resilient(procedure: Procedure, measure: Measure) -> Resilient:
    """The work and its two years before, each judged by its own context."""
    rule = methods.resilience_rule()
    works = sorted(results.family(procedure).values(), key=lambda one: one.period.starts_on)
    by_year = {one.period.code: _years(one, measure) for one in works}
    if not any(by_year.values()):
        return Resilient(works, [], rule, "Нет ни одного года, в котором есть и результат, и социальный индекс.")
    rows = []
    for school in schools_of(list({pk for year in by_year.values() for pk in year})):
        nothing = Year(None, None, None)
        years = [by_year[one.period.code].get(school.pk, nothing) for one in works]
        marks = [(one.period.code, counts(year, rule)) for one, year in zip(works, years, strict=True)]
        rows.append(ResilientRow(school, marks, is_resilient(years, rule)))
    return Resilient(works, rows, rule)


def _years(procedure: Procedure, measure: Measure) -> dict[int, Year]:
    """Place of the context and of the result among the schools that have both; residual in standard deviations."""
    page = expected(procedure, measure, (INDEX,))
    known = [pk for pk in page.work.schools if pk in page.factors.rows]
    if len(known) < least_schools(1):
        return {}
    contexts = percentiles([page.factors.rows[pk][0] for pk in known])
    better = BETTER[measure]
    marks = percentiles([better * page.work.schools[pk].value for pk in known])
    scores = {pk: better * one.score for pk, one in page.line.schools.items()} if page.line else {}
    return {pk: Year(context, mark, scores.get(pk)) for pk, context, mark in zip(known, contexts, marks, strict=True)}
