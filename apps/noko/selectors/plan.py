"""The plan: who was assessed when, who is planned, who would miss the term of the law."""

from dataclasses import dataclass

from django.utils import timezone

from apps.noko.cycle import Cycle, cycle
from apps.noko.models import Assessment, PlanEntry
from apps.organizations.models import Organization
from apps.organizations.selectors import open_register

AHEAD = 2


@dataclass(frozen=True)
class Cell:
    """A year of an organisation."""

    year: int
    assessment: Assessment | None
    entry: PlanEntry | None
    is_past: bool

    @property
    def text(self) -> str:
        if self.assessment:
            return "оценена"
        if self.entry:
            return "не проведена" if self.is_past else "в плане"
        return ""


@dataclass(frozen=True)
class Line:
    """An organisation with its years; `deadline` is the last year in which it must be assessed."""

    organization: Organization
    cells: tuple[Cell, ...]
    last: int | None
    deadline: int
    planned: int | None
    this_year: int

    @property
    def is_late(self) -> bool:
        """The term of the law has passed already."""
        return self.deadline < self.this_year

    @property
    def is_missing(self) -> bool:
        """No plan for it before the term ends."""
        return self.planned is None or self.planned > max(self.deadline, self.this_year)

    @property
    def tone(self) -> str:
        if self.is_late:
            return "bad"
        return "warn" if self.is_missing else "good"

    @property
    def text(self) -> str:
        if self.is_late and self.planned:
            return f"срок прошёл в {self.deadline}, в плане на {self.planned}"
        if self.is_late:
            return f"срок прошёл в {self.deadline}, в плане нет"
        if self.is_missing:
            return f"нужно до конца {self.deadline}, в плане нет"
        return f"в плане на {self.planned}"


@dataclass(frozen=True)
class Plan:
    cycle: Cycle
    years: tuple[int, ...]
    this_year: int
    lines: tuple[Line, ...]

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.is_missing or line.is_late]


def plan() -> Plan:
    """All working organisations; four statements."""
    rule, this_year = cycle(), timezone.localdate().year
    years = tuple(range(this_year - rule.years, this_year + AHEAD + 1))
    assessed: dict[int, dict[int, Assessment]] = {}
    for row in Assessment.objects.select_related("period"):
        assessed.setdefault(row.organization_id, {})[row.period.starts_on.year] = row
    planned: dict[int, dict[int, PlanEntry]] = {}
    for entry in PlanEntry.objects.all():
        planned.setdefault(entry.organization_id, {})[entry.year] = entry
    lines = (
        _line(each, years, rule, assessed=assessed.get(each.pk, {}), planned=planned.get(each.pk, {}))
        for each in open_register()
    )
    return Plan(rule, years, this_year, tuple(lines))


def _line(
    organization: Organization,
    years: tuple[int, ...],
    rule: Cycle,
    *,
    assessed: dict[int, Assessment],
    planned: dict[int, PlanEntry],
) -> Line:
    """Without an assessment the term is counted from the opening, or from the first year that the portal shows."""
    this_year = years[rule.years]
    last = max(assessed, default=None)
    opened = organization.opened_on.year if organization.opened_on else years[0]
    deadline = (last if last is not None else max(opened, years[0])) + rule.years
    next_planned = min((year for year in planned if year >= this_year and year not in assessed), default=None)
    cells = tuple(Cell(year, assessed.get(year), planned.get(year), year < this_year) for year in years)
    return Line(organization, cells, last, deadline, next_planned, this_year)
