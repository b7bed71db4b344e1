"""What the pages of context read: expected results, funnels, factors, resilient schools, by the register."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import NormalDist

from django.core.cache import cache

from apps.analysis.context import inputs, methods, results
from apps.analysis.context.funnel import LEAST_SCHOOLS, Limits, Places, limits, places, share_limits
from apps.analysis.context.index import IndexYear, index_at
from apps.analysis.context.regression import Line, Observed, fit, least_schools
from apps.analysis.context.results import BETTER, DECIMALS, RANGE, Measure, Result, WorkResults
from apps.core.figures import plural
from apps.organizations.models import Organization
from apps.procedures.models import Procedure

INDEX = "index"
VERDICTS = {1: "выше ожидаемого", 0: "неотличимо от ожидаемого", -1: "ниже ожидаемого"}
FUNNEL_WORDS = {
    2: "выше, за границей 99,8 %",
    1: "выше, за границей 95 %",
    0: "неотличимо от общего",
    -1: "ниже, за границей 95 %",
    -2: "ниже, за границей 99,8 %",
}
A_DAY = 24 * 3600


def tone_of(verdict: int, measure: Measure) -> str:
    """By what the side means: a low share of «2» is no worry."""
    side = verdict * BETTER[measure]
    return "warn" if side < 0 else "info" if side > 0 else "neutral"


def decimal(value: float | None, decimals: int = 4) -> Decimal | None:
    """A figure of the arithmetic as it is shown."""
    return None if value is None else Decimal(str(round(value, decimals)))


def schools_of(ids: Sequence[int]) -> list[Organization]:
    """In the order of the register."""
    return list(Organization.objects.filter(pk__in=ids).order_by("number", "name_key"))


@dataclass(frozen=True)
class Factors:
    """What stands for the context: the index or indicators, by organisation; `off` says why there is none."""

    titles: list[str]
    rows: dict[int, tuple[float, ...]]
    lacking: dict[int, list[str]] = field(default_factory=dict)
    index: IndexYear | None = None
    off: str = ""

    @property
    def is_index(self) -> bool:
        return self.index is not None


def factors_of(procedure: Procedure, codes: Sequence[str]) -> Factors:
    """`("index",)` or codes of indicators, as they were in the year of the work."""
    if tuple(codes) == (INDEX,):
        year = index_at(procedure.period)
        if year is None or year.off:
            off = year.off if year else "Социальный индекс ещё не составлен."
            return Factors(["Социальный индекс"], {}, {}, year, off)
        indices: dict[int, tuple[float, ...]] = {pk: (float(row.index),) for pk, row in year.rows.items()}
        return Factors(["Социальный индекс"], indices, year.lacking, year)
    found = inputs.inputs(codes, procedure.period)
    complete, lacking = inputs.complete(found, Organization.objects.filter(kind="school"))
    rows = {pk: tuple(float(value) for value in row) for pk, row in complete.items()}
    return Factors([one.name for one in found], rows, lacking, off="" if found else "Показатели не выбраны.")


# --- expected


@dataclass(frozen=True)
class ExpectedRow:
    organization: Organization
    result: Result
    measure: Measure
    expected: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    difference: Decimal | None = None
    verdict: int | None = None
    why: str = ""

    @property
    def words(self) -> str:
        return "не сравнивается" if self.verdict is None else VERDICTS[self.verdict]

    @property
    def tone(self) -> str:
        return "neutral" if self.verdict is None else tone_of(self.verdict, self.measure)


@dataclass(frozen=True)
class Expected:
    """A work against its context. `off` says why there is no line."""

    work: WorkResults
    factors: Factors
    rows: list[ExpectedRow]
    few: list[Organization]
    least: int
    line: Line | None = None
    off: str = ""

    @property
    def decimals(self) -> int:
        return DECIMALS[self.work.measure]

    @property
    def used(self) -> int:
        return len(self.line.schools) if self.line else 0

    def row_of(self, organization: int) -> ExpectedRow | None:
        return next((row for row in self.rows if row.organization.pk == organization), None)


def expected(
    procedure: Procedure, measure: Measure, codes: Sequence[str], *, factors: Factors | None = None
) -> Expected:
    """Every school of ours; who may see which row is the caller's to decide. `factors` saves reading them again."""
    work = results.results_of(procedure, measure)
    factors = factors or factors_of(procedure, codes)
    observed = {
        pk: Observed(one.value, one.variance, factors.rows[pk])
        for pk, one in work.schools.items()
        if pk in factors.rows
    }
    least = least_schools(len(factors.titles))
    line, off = None, factors.off
    if not off and len(observed) < least:
        off = f"Результат и контекст есть у {len(observed)} школ, для линии нужно не меньше {least}."
    if not off:
        try:
            line = _fitted(observed, methods.level())
        except ValueError:
            off = "Показатели контекста у школ одинаковы или повторяют друг друга: линию провести нельзя."
    rows = [_expected_row(one, work, factors, line) for one in schools_of(list(work.schools))]
    return Expected(work, factors, rows, schools_of(list(work.few)), least, line, off)


def _fitted(observed: Mapping[int, Observed], level: float) -> Line:
    """The line of these very numbers, remembered for a day: other numbers have another key."""
    key = "analysis.line." + hashlib.sha256(repr((sorted(observed.items()), level)).encode()).hexdigest()
    line: Line | None = cache.get(key)
    if line is None:
        line = fit(observed, level=level)
        cache.set(key, line, A_DAY)
    return line


def _expected_row(school: Organization, work: WorkResults, factors: Factors, line: Line | None) -> ExpectedRow:
    result = work.schools[school.pk]
    one = line.schools.get(school.pk) if line else None
    if one is None:
        missing = factors.lacking.get(school.pk)
        return ExpectedRow(
            school, result, work.measure, why=f"нет показателей контекста: {len(missing)}" if missing else ""
        )
    return ExpectedRow(
        school,
        result,
        work.measure,
        decimal(one.expected),
        decimal(one.low),
        decimal(one.high),
        decimal(result.value - one.expected),
        one.verdict(result.value),
    )


# --- funnel


@dataclass(frozen=True)
class FunnelRow:
    organization: Organization
    result: Result
    measure: Measure
    limits: Limits
    verdict: int
    place: Places | None = None

    @property
    def words(self) -> str:
        return FUNNEL_WORDS[self.verdict]

    @property
    def tone(self) -> str:
        return tone_of(self.verdict, self.measure)

    @property
    def place_text(self) -> str:
        if self.place is None:
            return ""
        best, worst = self.place.best, self.place.worst
        return str(best) if best == worst else f"{best}–{worst}, внутри неотличимы"


SHARES = frozenset({Measure.LOW, Measure.QUALITY})


@dataclass(frozen=True)
class Funnel:
    """Results against the number of participants around a common value. `off` says why there is none."""

    work: WorkResults
    rows: list[FunnelRow]
    few: list[Organization]
    centre: float | None
    variance: float
    region: float | None
    is_regional: bool
    off: str = ""

    @property
    def decimals(self) -> int:
        return DECIMALS[self.work.measure]

    @property
    def is_share(self) -> bool:
        return self.work.measure in SHARES

    def limits_of(self, n: int) -> Limits:
        """Exact for a share; by the normal law for a mean."""
        assert self.centre is not None
        low, top = RANGE[self.work.measure]
        if self.is_share:
            return share_limits(self.centre, n)
        return limits(self.centre, self.variance, n, floor=low, top=top)

    @property
    def has_places(self) -> bool:
        return any(row.place for row in self.rows)

    @property
    def outside(self) -> int:
        return sum(row.verdict != 0 for row in self.rows)


def funnel(procedure: Procedure, measure: Measure, *, regional: bool = False) -> Funnel:
    """Around the municipality's own mean, or around the region's where its files bring it.

    Places stand only where a ranking is allowed at all: never for ВПР.
    """
    work = results.results_of(procedure, measure)
    region = results.region_mean(procedure, measure)
    is_regional = regional and region is not None
    centre = region if is_regional else work.centre
    variance = centre * (100 - centre) if measure in SHARES and centre is not None else work.inside
    few, off = schools_of(list(work.few)), ""
    if len(work.schools) < LEAST_SCHOOLS:
        schools = f"{len(work.schools)} {plural(len(work.schools), 'школы', 'школ', 'школ')}"
        off = f"Достаточно участников у {schools}, нужно не меньше {LEAST_SCHOOLS}."
    if off or centre is None or not variance:
        return Funnel(work, [], few, centre, 0, region, is_regional, off or "Разброса между участниками нет.")
    placed = _places(work) if procedure.kind != Procedure.Kind.VPR else {}
    page = Funnel(work, [], few, centre, variance, region, is_regional)
    for school in schools_of(list(work.schools)):
        result = work.schools[school.pk]
        found = page.limits_of(result.n)
        page.rows.append(FunnelRow(school, result, measure, found, found.verdict(result.value), placed.get(school.pk)))
    return page


def _places(work: WorkResults) -> dict[int, Places]:
    """Intervals of 95 % of each school's own figure."""
    wide = NormalDist().inv_cdf(0.975)
    intervals = {
        pk: (one.value - wide * one.variance**0.5, one.value + wide * one.variance**0.5)
        for pk, one in work.schools.items()
    }
    return places(intervals, better=BETTER[work.measure])
