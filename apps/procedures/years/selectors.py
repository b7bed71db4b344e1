"""Years of one work and cohorts, from stored parts: a few statements whatever the number of years and schools."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q

from apps.organizations.models import Organization
from apps.procedures import statistics, stored
from apps.procedures.models import Item, Procedure
from apps.procedures.statistics import Estimate, Measured, Parts
from apps.procedures.statistics.parts import total
from apps.procedures.stored import SchoolParts

WORSE_BY = Decimal(10)  # growth of «2» in percentage points that is read as negative dynamics (ФИОКО, not confirmed)
FELL_BY = Decimal(20)  # fall of quality between ВПР 8 and ОГЭ that is worth a look (not confirmed)
CHANGED_BY = Decimal(20)  # percent of participants more or fewer: the cohort is another one


@dataclass(frozen=True)
class Year:
    """One year of the work in one group and in the municipality."""

    procedure: Procedure
    own: Measured
    whole: Measured | None
    is_new_work: bool  # its items are not those of the year before

    @property
    def n(self) -> int:
        return self.own.parts.participants


@dataclass(frozen=True)
class Cohort:
    """The same children in two works: by school, as codes of participants do not link."""

    before: Procedure
    after: Procedure
    own_before: Measured
    own_after: Measured

    @property
    def counts(self) -> tuple[int, int]:
        return self.own_before.parts.participants, self.own_after.parts.participants

    @property
    def has_changed(self) -> bool:
        """Whether the numbers differ so much that the children are not the same."""
        one, two = self.counts
        return not one or not two or Decimal(100) * abs(two - one) / one > CHANGED_BY

    @property
    def is_few(self) -> bool:
        return min(self.counts) < statistics.FEW

    @property
    def quality(self) -> Estimate:
        return statistics.difference(self.own_after.quality, self.own_before.quality)

    @property
    def failed(self) -> Estimate:
        return statistics.difference(self.own_after.failed, self.own_before.failed)

    @property
    def completion(self) -> Estimate:
        return statistics.difference(self.own_after.completion, self.own_before.completion)

    @property
    def calls_for_a_look(self) -> bool:
        """Quality fell by more than the bound on the way to the exam (a reason to look, not a conclusion)."""
        fell = self.quality.value
        is_exam = self.after.kind == Procedure.Kind.OGE
        return is_exam and fell is not None and fell < -FELL_BY and not self.is_few


@dataclass
class Years:
    """What the page shows."""

    procedure: Procedure
    name: str
    years: list[Year]
    cohorts: list[Cohort] = field(default_factory=list)

    @property
    def worsened(self) -> Year | None:
        """The last year, when the share of «2» grew by more than the bound in the same work."""
        if len(self.years) < 2 or self.years[-1].is_new_work:
            return None
        before, last = self.years[-2].own.failed, self.years[-1].own.failed
        grew = statistics.difference(last, before)
        if grew.value is None or grew.value < WORSE_BY or grew.n < statistics.FEW:
            return None
        return self.years[-1]


def _series(procedure: Procedure) -> list[Procedure]:
    """The same kind, subject and grade in all years; days of one exam stand together."""
    found = Procedure.objects.filter(
        kind=procedure.kind, subject_id=procedure.subject_id, grade=procedure.grade
    ).with_results()
    return sorted(found.select_related("subject", "period"), key=lambda one: (one.year, one.session))


def _neighbours(procedure: Procedure) -> tuple[Procedure | None, Procedure | None]:
    """The work that the same children wrote a grade earlier, and the one a grade later."""
    earlier = Q(kind=Procedure.Kind.VPR, grade=procedure.grade - 1, year=procedure.year - 1)
    later = Q(grade=procedure.grade + 1, year=procedure.year + 1)
    if procedure.kind == Procedure.Kind.VPR:
        later &= Q(kind=Procedure.Kind.OGE if procedure.grade == 8 else Procedure.Kind.VPR)
    else:
        later = Q(pk__in=[])
    if procedure.kind not in {Procedure.Kind.VPR, Procedure.Kind.OGE}:
        return None, None
    found = list(
        Procedure.objects.filter(earlier | later, subject_id=procedure.subject_id)
        .with_results()
        .select_related("subject", "period")
    )
    return (
        next((one for one in found if one.grade < procedure.grade), None),
        next((one for one in found if one.grade > procedure.grade), None),
    )


def _works(procedures: Sequence[Procedure]) -> dict[int, list[tuple[object, ...]]]:
    """What a work is made of, by procedure: years are compared only where it is the same."""
    found: dict[int, list[tuple[object, ...]]] = {one.pk: [] for one in procedures}
    rows = Item.objects.filter(procedure__in=found).order_by("procedure", "position")
    for procedure, *item in rows.values_list("procedure_id", "number", "maximum", "level", "skill", "block"):
        found[procedure].append(tuple(item))
    return found


def _measured(rows: Iterable[SchoolParts], procedure: Procedure) -> Measured:
    return Measured(stored.summed(rows), procedure.max_score)


def _of(rows: Iterable[SchoolParts], organization: Organization | None) -> list[SchoolParts]:
    if organization is None:
        return stored.ours(rows)
    return [row for row in rows if row.organization == organization.pk]


def years_of(*, procedure: Procedure, organization: Organization | None, reader: Any) -> Years:
    """Years of a work in a school (or the municipality) and its cohorts.

    The municipality stands beside a school where the reader may see its sum.
    """
    series = _series(procedure)
    earlier, later = _neighbours(procedure)
    wanted = {one.pk: one for one in (*series, earlier, later) if one is not None}
    rows: dict[int, list[SchoolParts]] = {pk: [] for pk in wanted}
    for row in stored.schools_of(list(wanted.values()), columns=stored.SLIM):
        rows[row.procedure].append(row)
    works = _works(series)
    found: list[Year] = []
    known: dict[int, list[tuple[object, ...]]] = {}
    for year in sorted({one.year for one in series}):
        days = [one for one in series if one.year == year]
        together = [row for one in days for row in rows[one.pk]]
        own = _of(together, organization)
        if not any(row.parts.participants for row in own):
            continue
        ours = stored.ours(together)
        whole = _measured(ours, days[0]) if organization and stored.shows_sum(ours, reader) else None
        before = known.get(found[-1].procedure.year) if found else None
        known[year] = works[days[0].pk]
        found.append(Year(days[0], _measured(own, days[0]), whole, before is not None and before != known[year]))
    name = stored.group_name(organization) if organization else "Муниципалитет"
    return Years(procedure, name, found, _cohorts(procedure, (earlier, later), rows, organization))


def _cohorts(
    procedure: Procedure, neighbours: tuple[Procedure | None, Procedure | None], rows: dict[int, list[SchoolParts]],
    organization: Organization | None,
) -> list[Cohort]:  # fmt: skip
    earlier, later = neighbours
    pairs = [(earlier, procedure), (procedure, later)]
    found = []
    for before, after in pairs:
        if before is None or after is None:
            continue
        one, two = (_of(rows.get(work.pk, []), organization) for work in (before, after))
        if one and two:
            found.append(Cohort(before, after, _measured(one, before), _measured(two, after)))
    return found


# --- index 25/75 over grades


GRADES = range(4, 9)


@dataclass(frozen=True)
class SpreadIndex:
    """Индекс 25/75 of a subject in a year: by grade, and the mean of the grades that have enough participants."""

    subject: str
    year: int
    by_grade: list[tuple[int, Decimal]]

    @property
    def mean(self) -> Decimal:
        return sum((value for _, value in self.by_grade), Decimal(0)) / len(self.by_grade)


def spread_of(procedure: Procedure, organization: Organization | None) -> SpreadIndex | None:
    """Of ВПР of the same subject and year in grades 4–8; None for other works and where all grades are small."""
    if procedure.kind != Procedure.Kind.VPR:
        return None
    same = Procedure.objects.filter(
        kind=procedure.kind, subject_id=procedure.subject_id, year=procedure.year, grade__in=GRADES
    )
    grades = dict(same.values_list("pk", "grade"))
    parts: dict[int, list[Parts]] = {}
    for row in _of(stored.schools_of(list(grades), columns=("participants", "histogram")), organization):
        parts.setdefault(grades[row.procedure], []).append(row.parts)
    found = []
    for grade in sorted(parts):
        together = total(parts[grade])
        index = statistics.spread_index(together) if together.participants >= statistics.FEW else None
        if index is not None:
            found.append((grade, index))
    return SpreadIndex(str(procedure.subject), procedure.year, found) if found else None


# --- cohorts of all schools, for the authority


@dataclass(frozen=True)
class SchoolPair:
    organization: Organization
    cohort: Cohort


def cohorts_by_school(*, before: Procedure, after: Procedure) -> list[SchoolPair]:
    """Every school of ours that wrote both works with at least ten, in the order of the register."""
    found: dict[int, dict[int, list[Parts]]] = {}
    for row in stored.ours(stored.schools_of([before, after], columns=stored.SLIM)):
        found.setdefault(row.organization or 0, {}).setdefault(row.procedure, []).append(row.parts)
    pairs = []
    for organization in Organization.objects.filter(pk__in=found).order_by("number", "name_key"):
        parts = found[organization.pk]
        if before.pk in parts and after.pk in parts:
            one, two = (Measured(total(parts[work.pk]), work.max_score) for work in (before, after))
            cohort = Cohort(before, after, one, two)
            if not cohort.is_few:
                pairs.append(SchoolPair(organization, cohort))
    return pairs
