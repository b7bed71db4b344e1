"""The social index of a year, counted from the figures as they stand: nothing to renew when a figure is mended."""

from dataclasses import dataclass, field
from decimal import Decimal

from apps.analysis.clusters.rules import BANDS
from apps.analysis.context import inputs
from apps.analysis.context.inputs import Input
from apps.analysis.context.models import SocialIndex
from apps.analysis.context.weighing import LEAST, Weighed, Weight, weigh
from apps.core import periods
from apps.core.models import Period
from apps.organizations.models import Kind, Organization

YEARS_BACK = 2  # how old an index may be that stands beside a result


@dataclass(frozen=True)
class IndexYear:
    """A version of the index in a school year. `off` says why there is none; `lacking` who has no index and why."""

    index: SocialIndex
    period: Period
    parts: list[Input]
    weights: list[Weight]
    organizations: list[Organization]
    rows: dict[int, Weighed] = field(default_factory=dict)
    lacking: dict[int, list[str]] = field(default_factory=dict)
    off: str = ""

    def band_of(self, organization: int) -> str:
        row = self.rows.get(organization)
        return BANDS[row.band] if row else ""


def index_of(index: SocialIndex, period: Period) -> IndexYear:
    """Schools open at the end of the year; four statements."""
    parts = list(index.parts.select_related("indicator"))
    found = inputs.inputs([part.indicator.code for part in parts], period)
    schools = list(Organization.objects.filter(kind=Kind.SCHOOL).active(period.ends_on))
    weights = [Weight(part.weight, part.harder) for part in parts]
    complete, lacking = inputs.complete(found, schools)
    year = IndexYear(index, period, found, weights, schools, {}, lacking)
    if len(found) < len(parts):
        return IndexYear(index, period, found, weights, schools, {}, lacking, "Не все показатели индекса существуют.")
    try:
        rows = weigh(complete, weights)
    except ValueError:
        few = f"Все показатели есть у {len(complete)} школ, нужно не меньше {LEAST}."
        off = few if len(complete) < LEAST else "Показатели у всех школ одинаковы."
        return IndexYear(index, period, found, weights, schools, {}, lacking, off)
    return IndexYear(index, period, year.parts, weights, schools, rows, lacking)


def index_at(period: Period, index: SocialIndex | None = None) -> IndexYear | None:
    """The current index of the year, or of the nearest year before that has one; None where there is no index."""
    index = index or SocialIndex.objects.current()
    if index is None:
        return None
    span = period.span if period.kind == Period.Kind.SCHOOL_YEAR else periods.school_year(period.starts_on.year)
    codes = [periods.previous(span, back).code for back in range(YEARS_BACK + 1)]
    known = {one.code: one for one in Period.objects.filter(code__in=codes)}
    years = [index_of(index, known[code]) for code in codes[:1] if code in known]
    for code in codes[1:]:
        if years and not years[-1].off:
            break
        if code in known:
            years.append(index_of(index, known[code]))
    return next((year for year in years if not year.off), years[0] if years else None)


def years_of(index: SocialIndex) -> list[Period]:
    """School years in which the parts have figures, the newest first."""
    from apps.indicators.models import Aggregate

    codes = list(index.parts.values_list("indicator__code", flat=True))
    found = Aggregate.objects.filter(
        version__indicator__code__in=codes, scope=Aggregate.Scope.MUNICIPALITY, value__isnull=False
    )
    seen = set(found.values_list("period__code", flat=True).distinct())
    school_years = Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR).order_by("-starts_on")
    return [one for one in school_years if one.code in seen or periods.self_examination_year(one.span).code in seen]


def as_percent(weights: list[Weight]) -> list[Decimal]:
    """Shares of the parts in the index."""
    whole = sum((one.weight for one in weights), Decimal(0))
    return [100 * one.weight / whole for one in weights]
