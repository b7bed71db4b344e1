"""Certificates with honours beside the exams of the same summer: a reason to check, by counting alone.

Files name nobody, so a graduate is not linked to a certificate. But of N who sat an exam, M with honours and B with a
weak result, at least M + B − N are both; that many is certain, whoever they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.indicators.models import Aggregate
from apps.organizations.models import Organization
from apps.procedures.exams import selectors as exams
from apps.procedures.exams.selectors import ExamFigures
from apps.procedures.models import Procedure, Subject

# Exams that every graduate sits, with the indicator of certificates with honours and what counts as weak.
CODES = {Procedure.Kind.OGE: "so_oo.1.16", Procedure.Kind.EGE: "so_oo.1.17"}
WEAK = {Procedure.Kind.OGE: "«2» или «3»", Procedure.Kind.EGE: "ниже минимума"}
SUBJECTS = {Procedure.Kind.OGE: ("Русский язык", "Математика"), Procedure.Kind.EGE: ("Русский язык",)}


@dataclass(frozen=True)
class Honours:
    """One exam of one school: how many with honours, how many weak, how many surely both."""

    organization: Organization
    kind: str
    year: int
    subject: Subject
    honours: int
    n: int
    weak: int

    @property
    def surely(self) -> int:
        return max(0, min(self.honours, self.honours + self.weak - self.n))

    @property
    def is_checkable(self) -> bool:
        """Fewer took the exam than have honours: files are not complete, nothing follows."""
        return 0 < self.honours <= self.n

    @property
    def title(self) -> str:
        return f"{Procedure.Kind(self.kind).label} {self.year}, {self.subject}"

    @property
    def weak_word(self) -> str:
        return WEAK[Procedure.Kind(self.kind)]


def _weak(kind: str, own: ExamFigures) -> int | None:
    if kind == Procedure.Kind.OGE:
        marks = own.measured.parts.marks
        return marks[0] + marks[1] if sum(marks) else None
    if own.pass_score is None or not own.has_tests:
        return None
    return sum(own.measured.parts.test_histogram[: own.pass_score])


def honours(*, reader: Any, year: int, organization: Organization | None) -> list[Honours]:
    """Of one school all exams; of the municipality only those where somebody surely is both."""
    found = [one for kind in CODES for one in _of_kind(kind, reader, year, organization)]
    return found if organization else [one for one in found if one.surely]


def _of_kind(kind: str, reader: Any, year: int, organization: Organization | None) -> Iterator[Honours]:
    known = _certificates(CODES[Procedure.Kind(kind)], year, organization)
    subjects = Subject.objects.filter(name__in=SUBJECTS[Procedure.Kind(kind)]) if known else []
    for subject in subjects:
        for row in exams.by_school(reader=reader, kind=kind, year=year, subject=subject):
            weak = _weak(kind, row.own)
            count = known.get(row.organization.pk)
            if count is None or weak is None:
                continue
            one = Honours(row.organization, kind, year, subject, count, row.own.n, weak)
            if one.is_checkable:
                yield one


def _certificates(code: str, year: int, organization: Organization | None) -> dict[int, int]:
    """By organisation, of the year of the exams itself."""
    rows = Aggregate.objects.filter(
        version__indicator__code=code, period__code=str(year), scope=Aggregate.Scope.ORGANIZATION, value__isnull=False
    )
    if organization:
        rows = rows.filter(scope_key=str(organization.pk))
    return {int(key): int(value) for key, value in rows.values_list("scope_key", "value") if value is not None}
