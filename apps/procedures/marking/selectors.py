"""Marks of the journal beside marks of external works: sums over all works of a subject in a year."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum

from apps.organizations.models import Organization
from apps.procedures import statistics, stored
from apps.procedures.models import Procedure, ResultAggregate, Subject
from apps.procedures.statistics import Estimate, proportion

COUNTED = ("lower", "equal", "higher", "gap")


@dataclass(frozen=True)
class Compared:
    """How marks of works stand to the journal, over those who have both."""

    lower: int = 0
    equal: int = 0
    higher: int = 0
    gap: int = 0

    def __add__(self, other: "Compared") -> "Compared":
        return Compared(*(getattr(self, name) + getattr(other, name) for name in COUNTED))

    def __sub__(self, other: "Compared") -> "Compared":
        return Compared(*(getattr(self, name) - getattr(other, name) for name in COUNTED))

    @property
    def n(self) -> int:
        return self.lower + self.equal + self.higher

    @property
    def is_few(self) -> bool:
        return self.n < statistics.FEW

    def share(self, name: str) -> Estimate:
        return proportion(getattr(self, name), self.n)

    @property
    def lower_share(self) -> Estimate:
        return self.share("lower")

    @property
    def equal_share(self) -> Estimate:
        return self.share("equal")

    @property
    def higher_share(self) -> Estimate:
        return self.share("higher")

    @property
    def gap_share(self) -> Estimate:
        return self.share("gap")


@dataclass(frozen=True)
class Line:
    """A school or a subject, how it stands to the others."""

    name: str
    own: Compared
    difference: Estimate  # of «понизили» to the other schools
    code: str = ""

    @property
    def calls_for_a_look(self) -> bool:
        """More often lowered than in the other schools, beyond chance: the journal may be kinder than the work."""
        return statistics.is_apart(self.difference) and (self.difference.value or 0) > 0


@dataclass(frozen=True)
class Marking:
    """All of one year: by school and subject."""

    year: int
    cells: dict[tuple[int, int], Compared]  # (organisation, subject)
    subjects: list[Subject]
    organizations: list[Organization]

    def of_organization(self, organization: int, subject: int | None = None) -> Compared:
        return self._sum(lambda key: key[0] == organization and subject in {None, key[1]})

    def of_subject(self, subject: int | None = None) -> Compared:
        return self._sum(lambda key: subject in {None, key[1]})

    def _sum(self, wanted: Any) -> Compared:
        return sum((one for key, one in self.cells.items() if wanted(key)), Compared())

    def _line(self, name: str, organization: int, subject: int | None, code: str = "") -> Line:
        own = self.of_organization(organization, subject)
        rest = self.of_subject(subject) - own
        return Line(name, own, statistics.difference(own.lower_share, rest.lower_share), code)

    def schools(self, subject: Subject | None) -> list[Line]:
        key = subject.pk if subject else None
        lines = [self._line(str(one), one.pk, key, one.code) for one in self.organizations]
        return [line for line in lines if line.own.n]

    def of_school(self, organization: Organization) -> list[Line]:
        lines = [self._line(str(one), organization.pk, one.pk) for one in self.subjects]
        return [line for line in lines if line.own.n]

    def shows_others(self, reader: Any) -> bool:
        """Whether the reader may be told how other schools stand: a school only beside two others at least."""
        return not reader.is_school or len(self.organizations) >= stored.LEAST_SCHOOLS


def years(reader: Any) -> list[int]:
    """Years with marks of works and of journals that the reader may see, the newest first."""
    rows = ResultAggregate.objects.visible_to(reader).ours().filter(journal_equal__gt=0)
    return sorted(set(rows.values_list("procedure__year", flat=True)), reverse=True)


def marking(*, year: int, reader: Any) -> Marking:
    """All cells of a year in one statement. Shares of others are for `shows_others` only."""
    works = Procedure.objects.visible_to(reader).filter(year=year)
    rows = (
        ResultAggregate.objects.filter(procedure__in=works)
        .ours()
        .values("school__organization", "procedure__subject")
        .annotate(**{name: Sum(F(f"journal_{name}")) for name in COUNTED})
        .filter(lower__isnull=False)
    )
    cells = {
        (row["school__organization"], row["procedure__subject"]): Compared(*(row[name] for name in COUNTED))
        for row in rows
    }
    cells = {key: one for key, one in cells.items() if one.n}
    return Marking(
        year,
        cells,
        list(Subject.objects.filter(pk__in={subject for _, subject in cells})),
        list(Organization.objects.filter(pk__in={one for one, _ in cells}).order_by("number", "name_key")),
    )
