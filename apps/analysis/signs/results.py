"""Results of three years that the signs read: works with marks, exams with marks or test scores, by organisation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from apps.analysis.signs.share import Counts
from apps.core import periods
from apps.core.periods import PeriodSpan
from apps.organizations.models import Organization
from apps.procedures import statistics, stored
from apps.procedures.exams.selectors import KINDS as EXAMS
from apps.procedures.exams.selectors import ExamFigures
from apps.procedures.models import Procedure

Kind = Procedure.Kind
WORKS = (Kind.VPR, *EXAMS)
PROTOCOL = "протоколы экзамена"

Key = tuple[str, int, int]  # kind, subject, grade


@dataclass
class Lot:
    """One organisation in one work of one year; merged schools and several days of an exam bring several parts."""

    procedure: Procedure
    parts: list[stored.SchoolParts] = field(default_factory=list)
    passing: set[int] = field(default_factory=set)  # of the days; more than one is none

    @property
    def figures(self) -> ExamFigures:
        passing = next(iter(self.passing)) if len(self.passing) == 1 else None
        return ExamFigures(statistics.Measured(stored.summed(self.parts)), passing)

    @property
    def is_exam(self) -> bool:
        return self.procedure.kind in EXAMS

    @property
    def low(self) -> Counts | None:
        """«2», or fewer test points than the lowest that pass; None where nobody has either or no minimum is known."""
        figures, parts = self.figures, stored.summed(self.parts)
        if figures.has_tests:
            if figures.pass_score is None:
                return None
            return Counts(sum(parts.test_histogram[: figures.pass_score]), parts.test_count)
        return Counts(parts.marks[0], parts.marked) if parts.marked else None

    @property
    def good(self) -> Counts:
        """«4» and «5»."""
        marks = stored.summed(self.parts).marks
        return Counts(marks[2] + marks[3], sum(marks))

    @property
    def mean(self) -> tuple[Decimal, int] | None:
        """Sum and number of what the mean of an exam is of: test scores, else marks."""
        parts = stored.summed(self.parts)
        if parts.test_count:
            return Decimal(parts.test_sum), parts.test_count
        marks = sum((mark * count for mark, count in zip((2, 3, 4, 5), parts.marks, strict=True)), 0)
        return (Decimal(marks), parts.marked) if parts.marked else None


Lots = dict[int, dict[int, dict[Key, Lot]]]  # organisation → years back → work


def read_results(year: PeriodSpan) -> Lots:
    """Our organisations in works of the year and the two before; three statements.

    What a school wrote that has joined another one by the end of the year counts for the one it joined.
    """
    back_of = {periods.previous(year, back).code if back else year.code: back for back in (0, 1, 2)}
    works = Procedure.objects.filter(period__code__in=back_of, kind__in=WORKS).select_related("subject", "period")
    by_key = {work.pk: work for work in works}
    found: Lots = defaultdict(lambda: defaultdict(dict))
    joined = heirs(year)
    for row in stored.ours(stored.schools_of(by_key, columns=stored.SLIM)):
        work = by_key[row.procedure]
        assert row.organization
        lots = found[joined.get(row.organization, row.organization)][back_of[work.period.code]]
        lot = lots.setdefault((work.kind, work.subject_id, work.grade), Lot(work))
        lot.parts.append(row)
        if work.pass_score is not None:
            lot.passing.add(work.pass_score)
    return found


def heirs(year: PeriodSpan) -> dict[int, int]:
    """Schools that had joined another by the end of the year, and the one that stands at the end of the chain."""
    rows = Organization.objects.filter(closed_on__lte=year.ends_on, successor__isnull=False)
    step = {pk: heir for pk, heir in rows.values_list("pk", "successor") if heir is not None}
    found = {}
    for one in step:
        last, seen = one, {one}
        while last in step and step[last] not in seen:
            last = step[last]
            seen.add(last)
        found[one] = last
    return found


def is_of(subject: str, wanted: Iterable[str]) -> bool:
    """Whether a subject is a named one or a level of it: «Математика базовая» is of «Математика»."""
    name = subject.casefold()
    return any(name == one or name.startswith((f"{one} ", f"{one}.", f"{one},")) for one in map(str.casefold, wanted))


def exam_means(lots: Lots) -> dict[Key, Decimal]:
    """Means of the municipality by exam of the year, over all participants."""
    sums: dict[Key, list[tuple[Decimal, int]]] = defaultdict(list)
    for years in lots.values():
        for key, lot in years.get(0, {}).items():
            if lot.is_exam and (mean := lot.mean):
                sums[key].append(mean)
    return {key: sum((total for total, _ in rows), Decimal(0)) / sum(n for _, n in rows) for key, rows in sums.items()}
