"""Results of an organisation in a year beside the municipality's, what stands out, and quality over three years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from apps.analysis.objectivity.selectors import works_to_check
from apps.analysis.signs.judging import difference
from apps.analysis.signs.share import Counts, wilson
from apps.core import periods
from apps.core.charts import LineChart
from apps.core.figures import percent, points
from apps.core.periods import PeriodSpan
from apps.desk.profile.access import Reach
from apps.organizations.models import Organization
from apps.procedures import stored
from apps.procedures.item_analysis.charts import series
from apps.procedures.models import Procedure, ResultAggregate
from apps.procedures.statistics import ABSENT, Estimate, proportion

LEAST = 10  # participants below which shares of one school say little (own choice)
LEAST_SCHOOLS = 3  # a sum of fewer would give away another school
KINDS = (Procedure.Kind.VPR, Procedure.Kind.OGE, Procedure.Kind.GVE)
Key = tuple[str, int, int]


@dataclass
class Sums:
    """Marks of one work: of the organisation and of all of ours."""

    procedure: Procedure
    own: list[int]
    whole: list[int]
    schools: int = 0


@dataclass(frozen=True)
class WorkRow:
    """A work of the year as the profile shows it."""

    procedure: Procedure
    url: str
    items_url: str  # what exactly: items, deficits
    low: Counts
    good: Counts
    whole_good: Counts
    whole_low: Counts
    before: Counts | None
    is_whole_shown: bool
    is_to_check: bool = False  # the analysis of objectivity marks it

    @property
    def is_few(self) -> bool:
        return self.low.marked < LEAST

    @property
    def interval(self) -> str:
        found = wilson(self.good)
        return f"{percent(found.lower)} – {percent(found.upper)}" if found else ""

    @property
    def change(self) -> str:
        """Of quality since last year, with its interval; empty where there is none to compare with."""
        if self.before is None or self.is_few or self.before.marked < LEAST:
            return ""
        bounds = difference(self.before, self.good)
        if bounds is None or self.good.share is None or self.before.share is None:
            return ""
        chance = ", в пределах случайности" if bounds.lower <= 0 <= bounds.upper else ""
        return f"{points(self.good.share - self.before.share)}{chance}"

    @property
    def standing(self) -> int:
        """+1 where quality is surely above the municipality's, −1 where it is surely below, 0 where chance may be."""
        found = wilson(self.good)
        share = self.whole_good.share
        if self.is_few or found is None or share is None or not self.is_whole_shown:
            return 0
        return 1 if found.lower > share else -1 if found.upper < share else 0

    @property
    def sentence(self) -> str:
        return (
            f"{self.procedure.title}: качество {percent(self.good.share)} "
            f"при {percent(self.whole_good.share)} по муниципалитету (n = {self.good.marked})"
            f"{'; результат требует проверки на объективность' if self.is_to_check else ''}"
        )


@dataclass(frozen=True)
class Results:
    """All works of the year, and the line over three years."""

    rows: list[WorkRow]
    dynamics: LineChart | None

    @property
    def strengths(self) -> list[WorkRow]:
        return [row for row in self.rows if row.standing > 0]

    @property
    def weaknesses(self) -> list[WorkRow]:
        return [row for row in self.rows if row.standing < 0]


def results(*, organization: Organization, span: PeriodSpan, reach: Reach) -> Results:
    """One statement for three years, two for what the analysis of objectivity says of them."""
    years = {periods.previous(span, back).code if back else span.code: back for back in (0, 1, 2)}
    found: dict[int, dict[Key, Sums]] = {0: {}, 1: {}, 2: {}}
    rows = (
        ResultAggregate.objects.ours()  # type: ignore[attr-defined]
        .filter(procedure__period__code__in=years, procedure__kind__in=KINDS)
        .select_related("procedure__subject", "procedure__period", "school")
        .only("marks", "procedure", "school__organization")
    )
    if reach.subjects is not None:
        rows = rows.filter(procedure__subject__in=reach.subjects)
    for row in rows:
        work = row.procedure
        key = (work.kind, work.subject_id, work.grade)
        sums = found[years[work.period.code]].setdefault(key, Sums(work, [0] * 4, [0] * 4))
        sums.whole = [a + b for a, b in zip(sums.whole, row.marks, strict=True)]
        sums.schools += 1
        if row.school.organization_id == organization.pk:
            sums.own = [a + b for a, b in zip(sums.own, row.marks, strict=True)]
    works = [_row(sums, found[1].get(key), organization) for key, sums in found[0].items() if sum(sums.own)]
    if reach.is_whole:
        asked = works_to_check(organization, span.code)
        works = [replace(row, is_to_check=row.procedure.pk in asked) for row in works]
    works.sort(key=lambda row: (row.procedure.grade, row.procedure.title))
    return Results(works, _dynamics(organization, [found[back] for back in (2, 1, 0)], list(reversed(years))))


def _good(marks: Sequence[int]) -> Counts:
    return Counts(marks[2] + marks[3], sum(marks))


def _low(marks: Sequence[int]) -> Counts:
    return Counts(marks[0], sum(marks))


def _row(sums: Sums, before: Sums | None, organization: Organization) -> WorkRow:
    return WorkRow(
        procedure=sums.procedure,
        url=reverse("procedures:school", args=[sums.procedure.pk, organization.code]),
        items_url=reverse("procedures:school_items", args=[sums.procedure.pk, organization.code]),
        low=_low(sums.own),
        good=_good(sums.own),
        whole_good=_good(sums.whole),
        whole_low=_low(sums.whole),
        before=_good(before.own) if before and sum(before.own) else None,
        is_whole_shown=sums.schools >= LEAST_SCHOOLS,
    )


def _dynamics(organization: Organization, years: list[dict[Key, Sums]], codes: list[str]) -> LineChart | None:
    """Quality of the works that the school wrote in each of the years; others' works of other years are not mixed."""
    same = set.intersection(*({key for key, sums in year.items() if sum(sums.own)} for year in years))
    if not same:
        return None
    own, whole = [], []
    for year in years:
        lots = [year[key] for key in same]
        own.append(_quality([sums.own for sums in lots]))
        whole.append(_quality([sums.whole for sums in lots]))
    if any(one.value is None for one in own):
        return None
    return LineChart(
        title="Качество за три года",
        description=(
            f"Доля отметок «4» и «5» в работах, которые школа писала все три года: {len(same)}. Полоса и отрезки — "
            f"интервал 95 %; отметок: {', '.join(str(one.n) for one in own)}. Больше — лучше; ученики и работы разных "
            "лет — разные."
        ),
        labels=codes,
        series=[series(stored.group_name(organization), own), series("муниципалитет", whole)],
        unit="%",
        decimals=1,
    )


def _quality(lots: list[list[int]]) -> Estimate:
    """Absent where fewer than the least have a mark."""
    total = sum((_good(marks) for marks in lots), Counts(0, 0))
    return proportion(total.low, total.marked) if total.marked >= LEAST else ABSENT
