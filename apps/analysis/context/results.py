"""Results of schools in a work as figures with their own uncertainty, from stored additive parts.

A small school is pooled over three years: same kind, subject and grade, participants added up. Below the least number
even so it has no figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from apps.analysis.context.funnel import LEAST_PARTICIPANTS, pooled_variance
from apps.core import periods
from apps.procedures.models import GroupResult, Procedure, ResultAggregate

POOLED_YEARS = 3


class Measure(StrEnum):
    COMPLETION = "completion"
    QUALITY = "quality"
    LOW = "low"
    MARK = "mark"


TITLES = {
    Measure.COMPLETION: "выполнение работы, %",
    Measure.QUALITY: "качество («4» и «5»), %",
    Measure.LOW: "доля «2», %",
    Measure.MARK: "средняя отметка",
}
BETTER = {Measure.COMPLETION: 1, Measure.QUALITY: 1, Measure.LOW: -1, Measure.MARK: 1}
RANGE = {
    Measure.COMPLETION: (0.0, 100.0),
    Measure.QUALITY: (0.0, 100.0),
    Measure.LOW: (0.0, 100.0),
    Measure.MARK: (2.0, 5.0),
}
DECIMALS = {Measure.COMPLETION: 1, Measure.QUALITY: 1, Measure.LOW: 1, Measure.MARK: 2}


@dataclass(frozen=True)
class Sums:
    """Participants, and the sum and the sum of squares of what is measured."""

    n: int = 0
    total: float = 0
    squares: float = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.n + other.n, self.total + other.total, self.squares + other.squares)

    @property
    def mean(self) -> float:
        return self.total / self.n

    @property
    def variance(self) -> float:
        """Of one participant, with n − 1."""
        return max(0.0, (self.squares - self.total**2 / self.n) / (self.n - 1)) if self.n > 1 else 0.0


@dataclass(frozen=True)
class Result:
    """A school's figure, the variance of that figure by chance of its pupils, and the years it is pooled over."""

    value: float
    variance: float
    n: int
    years: tuple[str, ...]

    @property
    def is_pooled(self) -> bool:
        return len(self.years) > 1


@dataclass(frozen=True)
class WorkResults:
    """A work by organisation. `few` are those with too few participants even over three years."""

    procedure: Procedure
    measure: Measure
    schools: dict[int, Result]
    few: dict[int, int]
    whole: Sums  # of the year of the work, all organisations of ours
    inside: float | None  # variance of a participant inside of schools

    @property
    def title(self) -> str:
        return TITLES[self.measure]

    @property
    def centre(self) -> float | None:
        return self.whole.mean if self.whole.n else None


def sums_of(row: ResultAggregate, measure: Measure, maximum: int | None) -> Sums:
    if measure == Measure.COMPLETION:
        if not maximum:
            return Sums()
        scale = 100 / maximum
        return Sums(row.participants, row.score_sum * scale, row.score_squares * scale**2)
    points = {
        Measure.LOW: (100, 0, 0, 0),
        Measure.QUALITY: (0, 0, 100, 100),
        Measure.MARK: (2, 3, 4, 5),
    }[measure]
    pairs = list(zip(row.marks, points, strict=True))
    return Sums(sum(row.marks), sum(n * x for n, x in pairs), sum(n * x * x for n, x in pairs))


def family(procedure: Procedure) -> dict[int, Procedure]:
    """The same work of this year and the two before: kind, subject, grade."""
    codes = [periods.previous(procedure.period.span, back).code for back in range(POOLED_YEARS)]
    found = Procedure.objects.filter(
        kind=procedure.kind, subject=procedure.subject_id, grade=procedure.grade, period__code__in=codes
    ).select_related("period")
    return {one.pk: one for one in found if one.session == procedure.session or one.pk == procedure.pk}


def results_of(procedure: Procedure, measure: Measure, *, pool: bool = True) -> WorkResults:
    """Every organisation of ours that took part; one statement beside that of the works."""
    works = family(procedure) if pool else {procedure.pk: procedure}
    by_year: dict[int, dict[str, Sums]] = {}
    for row in _rows(works):
        organization, year = row.school.organization_id, works[row.procedure_id].period.code
        assert organization is not None
        own = by_year.setdefault(organization, {})
        own[year] = own.get(year, Sums()) + sums_of(row, measure, works[row.procedure_id].max_score)
    now = procedure.period.code
    whole = sum((years[now] for years in by_year.values() if now in years), Sums())
    parts = [(years[now].n, years[now].variance) for years in by_year.values() if now in years and years[now].n]
    schools, few = {}, {}
    for organization, years in by_year.items():
        if now not in years or not years[now].n:
            continue  # it did not write this year
        used = {now: years[now]} if years[now].n >= LEAST_PARTICIPANTS else years
        sums = sum(used.values(), Sums())
        if sums.n >= LEAST_PARTICIPANTS:
            schools[organization] = result_of(sums, measure, tuple(sorted(used)))
        else:
            few[organization] = sums.n
    return WorkResults(procedure, measure, schools, few, whole, pooled_variance(parts))


def _rows(works: Iterable[int]) -> Iterable[ResultAggregate]:
    return (
        ResultAggregate.objects.ours()  # type: ignore[attr-defined]
        .filter(procedure__in=list(works))
        .select_related("school")
        .only("procedure_id", "marks", "score_sum", "score_squares", "participants", "school__organization_id")
    )


def result_of(sums: Sums, measure: Measure, years: tuple[str, ...]) -> Result:
    """Where all pupils are alike the variance is that of one more of either kind: nobody is certain."""
    variance = sums.variance
    if measure in {Measure.LOW, Measure.QUALITY}:
        share = (sums.total / 100 + 1) / (sums.n + 2)
        variance = max(variance, share * (1 - share) * 100**2)
    return Result(sums.mean, max(variance, 1e-6) / sums.n, sums.n, years)


def region_mean(procedure: Procedure, measure: Measure) -> float | None:
    """From the line of the region in an aggregate report; None switches the comparison off."""
    if measure == Measure.COMPLETION:
        return None
    line = GroupResult.objects.filter(procedure=procedure, level="region", report="marks").order_by("pk").first()
    shares = line.mark_values if line else []
    if not shares or any(share is None for share in shares):
        return None
    two, three, four, five = (float(share) for share in shares if share is not None)
    whole = two + three + four + five
    if not whole:
        return None
    return {
        Measure.LOW: 100 * two / whole,
        Measure.QUALITY: 100 * (four + five) / whole,
        Measure.MARK: (2 * two + 3 * three + 4 * four + 5 * five) / whole,
    }[measure]


def sums_by_organization(procedure: Procedure, measure: Measure) -> dict[int, Sums]:
    """Of those that wrote; one statement."""
    found: dict[int, Sums] = {}
    for row in _rows([procedure.pk]):
        organization = row.school.organization_id
        if organization is not None:
            found[organization] = found.get(organization, Sums()) + sums_of(row, measure, procedure.max_score)
    return {key: sums for key, sums in found.items() if sums.n}


def cluster_sums(procedure: Procedure, measure: Measure, members: Iterable[int]) -> tuple[Sums, int]:
    """The sum over organisations of a cluster, and how many of them wrote."""
    own = sums_by_organization(procedure, measure)
    parts = [own[pk] for pk in members if pk in own]
    return sum(parts, Sums()), len(parts)


def works(user: object, *, kinds: Q | None = None) -> list[Procedure]:
    """Works of our organisations that can be looked at beside their context, the newest first."""
    found = Procedure.objects.visible_to(user).with_results().select_related("subject", "period")
    if kinds is not None:
        found = found.filter(kinds)
    return list(found.order_by("-year", "kind", "grade", "subject__name"))
