"""Figures of state exams: sums of stored parts of all days of a subject."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from apps.organizations.models import Organization
from apps.procedures import statistics, stored
from apps.procedures.models import Procedure, Subject
from apps.procedures.statistics import Estimate, Measured
from apps.procedures.stored import SchoolParts

KINDS = (Procedure.Kind.OGE, Procedure.Kind.EGE, Procedure.Kind.GVE)
# Conventional bands of the test score (not confirmed): from the minimum to 60, 61–80, 81–100.
MIDDLE, HIGH, FULL = 61, 81, 100


@dataclass(frozen=True)
class ExamFigures:
    """One subject in one group: marks of ОГЭ and ГВЭ, test scores of ЕГЭ."""

    measured: Measured
    pass_score: int | None = None

    @property
    def n(self) -> int:
        return self.measured.parts.participants

    @property
    def is_few(self) -> bool:
        return self.n < statistics.FEW

    @cached_property
    def has_tests(self) -> bool:
        return bool(self.measured.parts.test_count)

    @property
    def passed(self) -> Estimate:
        if not self.has_tests:
            return self.measured.attainment
        return self.measured.tests_between(self.pass_score, FULL) if self.pass_score is not None else statistics.ABSENT

    @property
    def below(self) -> Estimate:
        """Below the minimum of the exam: «2», or fewer test points than the lowest that pass."""
        if not self.has_tests:
            return self.measured.failed
        if self.pass_score is None:
            return statistics.ABSENT
        return self.measured.tests_between(0, self.pass_score - 1)

    @property
    def mean(self) -> Estimate:
        return self.measured.mean_test if self.has_tests else self.measured.mean_mark

    @property
    def high(self) -> Estimate:
        """ЕГЭ: 81 and more; ОГЭ and ГВЭ: «4» and «5»."""
        return self.measured.tests_between(HIGH, FULL) if self.has_tests else self.measured.quality

    @property
    def full(self) -> int | None:
        """How many have a hundred points; None where there are no test scores."""
        spread = self.measured.parts.test_histogram
        return (spread[FULL] if len(spread) > FULL else 0) if self.has_tests else None

    @property
    def bands(self) -> list[int]:
        """ЕГЭ: below the minimum, to 60, 61–80, 81–100."""
        spread, least = self.measured.parts.test_histogram, self.pass_score or 0
        return [sum(spread[:least]), sum(spread[least:MIDDLE]), sum(spread[MIDDLE:HIGH]), sum(spread[HIGH:])]


@dataclass(frozen=True)
class SubjectRow:
    subject: Subject
    own: ExamFigures
    whole: ExamFigures | None = None  # the municipality beside a school


@dataclass(frozen=True)
class SchoolRow:
    organization: Organization
    own: ExamFigures


@dataclass
class Exams:
    """What the page of a kind and year shows."""

    kind: str
    year: int
    rows: list[SubjectRow]
    schools: list[SchoolRow] = field(default_factory=list)
    years: list[tuple[int, ExamFigures]] = field(default_factory=list)


def seasons(reader: Any) -> list[tuple[str, int]]:
    """Kinds and years of exams with results that the reader may see, the newest first."""
    found = Procedure.objects.visible_to(reader).with_results().filter(kind__in=KINDS)
    pairs = set(found.values_list("kind", "year"))
    return sorted(pairs, key=lambda pair: (-pair[1], KINDS.index(Procedure.Kind(pair[0]))))


def _works(reader: Any, kind: str, **only: Any) -> list[Procedure]:
    found = Procedure.objects.visible_to(reader).with_results().filter(kind=kind, **only)
    return list(found.select_related("subject").order_by("subject__name", "session"))


def _figures(rows: Iterable[SchoolParts], works: Iterable[Procedure]) -> ExamFigures:
    passing = {work.pass_score for work in works if work.pass_score is not None}
    return ExamFigures(Measured(stored.summed(rows)), passing.pop() if len(passing) == 1 else None)


def by_subject(*, reader: Any, kind: str, year: int, organization: Organization | None) -> list[SubjectRow]:
    """Subjects of a year: of a school beside the municipality, or of the municipality."""
    works = _works(reader, kind, year=year)
    rows = stored.ours(stored.schools_of(works, columns=stored.SLIM))
    found = []
    for subject in dict.fromkeys(work.subject for work in works):
        days = [work for work in works if work.subject_id == subject.pk]
        keys = {work.pk for work in days}
        all_ours = [row for row in rows if row.procedure in keys]
        own = [row for row in all_ours if organization is None or row.organization == organization.pk]
        if not any(row.parts.participants for row in own):
            continue
        beside = organization is not None and stored.shows_sum(all_ours, reader)
        found.append(SubjectRow(subject, _figures(own, days), _figures(all_ours, days) if beside else None))
    return found


def by_school(*, reader: Any, kind: str, year: int, subject: Subject) -> list[SchoolRow]:
    """Schools of one subject in the order of the register; for those who read all schools of it."""
    works = _works(reader, kind, year=year, subject=subject)
    found: dict[int, list[SchoolParts]] = {}
    for row in stored.ours(stored.schools_of(works, columns=stored.SLIM)):
        found.setdefault(row.organization or 0, []).append(row)
    organizations = Organization.objects.filter(pk__in=found).order_by("number", "name_key")
    return [SchoolRow(one, _figures(found[one.pk], works)) for one in organizations]


def over_years(
    *, reader: Any, kind: str, subject: Subject, organization: Organization | None
) -> list[tuple[int, ExamFigures]]:
    """A subject of all years, of a school or of the municipality."""
    works = _works(reader, kind, subject=subject)
    rows = stored.ours(stored.schools_of(works, columns=stored.SLIM))
    found = []
    for year in sorted({work.year for work in works}):
        days = [work for work in works if work.year == year]
        keys = {work.pk for work in days}
        own = [
            row for row in rows
            if row.procedure in keys and (organization is None or row.organization == organization.pk)
        ]  # fmt: skip
        if any(row.parts.participants for row in own):
            found.append((year, _figures(own, days)))
    return found
