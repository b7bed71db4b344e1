"""The single schedule: procedures, the days that schools chose, and their own works. Every page and file reads here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.core import periods
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.organizations.models import Kind, Organization, Programme
from apps.procedures.models import Participation, Procedure, Sitting, SubjectHours
from apps.procedures.schedule import rules
from apps.procedures.schedule.rules import Remark, Slot

_PRIMARY, _BASIC = 4, 9
OUTSIDE_LESSONS = frozenset({"oge", "ege", "gve", "vsosh"})


def programme_of(grade: int) -> str:
    """The level of education a grade belongs to."""
    if grade <= _PRIMARY:
        return Programme.PRIMARY
    return Programme.BASIC if grade <= _BASIC else Programme.SECONDARY


def days_text(first: date | None, last: date | None) -> str:
    """«25.11.2026», «25–26.11.2026», «30.11 – 02.12.2026»."""
    first, last = first or last, last or first
    if first is None or last is None:
        return "день не назначен"
    if first == last:
        return f"{last:%d.%m.%Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d}–{last:%d.%m.%Y}"
    return f"{first:%d.%m} – {last:%d.%m.%Y}" if first.year == last.year else f"{first:%d.%m.%Y} – {last:%d.%m.%Y}"


def days_of(procedure: Procedure) -> tuple[date, date] | None:
    """The day of a procedure or its window; None without either."""
    first = procedure.held_on or procedure.window_starts_on or procedure.window_ends_on
    last = procedure.held_on or procedure.window_ends_on or procedure.window_starts_on
    return (first, last) if first and last else None


@dataclass(frozen=True)
class Entry:
    """A work in one school: on the day it chose, on the day of all, or in a window."""

    procedure: Procedure
    organization: Organization
    first: date
    last: date
    sitting: Sitting | None = None

    @property
    def is_fixed(self) -> bool:
        return self.first == self.last

    @property
    def needs_day(self) -> bool:
        """A window of several days in which the school has not chosen its own."""
        return self.sitting is None and not self.is_fixed

    @property
    def is_own(self) -> bool:
        return self.procedure.organization_id is not None

    @property
    def days(self) -> str:
        return days_text(self.first, self.last)

    @property
    def classes(self) -> str:
        return self.sitting.classes if self.sitting else ""

    @property
    def grade_text(self) -> str:
        return self.classes or f"{self.procedure.grade} классы"

    @property
    def lesson_text(self) -> str:
        if self.sitting is None or self.sitting.lesson is None:
            return ""
        of = f" из {self.sitting.lessons_in_day}" if self.sitting.lessons_in_day else ""
        return f"урок {self.sitting.lesson}{of}"

    @property
    def is_over(self) -> bool:
        return self.last < timezone.localdate()

    @property
    def slot(self) -> Slot:
        sitting = self.sitting
        return Slot(
            work=self.procedure.pk,
            title=self.procedure.title,
            school=self.organization.pk,
            grade=self.procedure.grade,
            subject=self.procedure.subject_id,
            first=self.first,
            last=self.last,
            classes=rules.class_names(self.classes, self.procedure.grade),
            lesson=sitting.lesson if sitting else None,
            lessons_in_day=sitting.lessons_in_day if sitting else None,
            length=sitting.length if sitting else 1,
            in_lessons=self.procedure.kind not in OUTSIDE_LESSONS,
        )


def school_organizations() -> Any:
    """Who holds works: organisations that are open and teach by school programmes."""
    return Organization.objects.filter(kind=Kind.SCHOOL).active()


def takes_part(procedures: Sequence[Procedure], organizations: Iterable[Organization]) -> dict[int, list[Organization]]:
    """Organisations of each procedure: those named as taking part, else all that teach the grade but who declined."""
    named: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Participation.objects.filter(procedure__in=[one.pk for one in procedures])
    for procedure, organization, state in rows.values_list("procedure", "organization", "state"):
        named[procedure][organization] = state
    found = {}
    everybody = list(organizations)
    for one in procedures:
        found[one.pk] = [each for each in everybody if _is_in(one, each, named[one.pk])]
    return found


def _is_in(procedure: Procedure, organization: Organization, named: dict[int, str]) -> bool:
    if procedure.organization_id:
        return procedure.organization_id == organization.pk
    state = named.get(organization.pk)
    if state:
        return state != Participation.State.DECLINED
    if any(other != Participation.State.DECLINED for other in named.values()):
        return False
    return programme_of(procedure.grade) in organization.programmes


def planned(first: date, last: date, *, public: bool = False) -> Any:
    """Procedures of a stretch of days as they stand on the schedule, those of single schools included."""
    found = Procedure.objects.planned().between(first, last).select_related("subject", "period", "organization")
    if public:
        found = found.filter(is_public=True)
    return found.order_by("grade", "subject__name", "pk")


def entries(
    first: date,
    last: date,
    *,
    organizations: Iterable[Organization] | None = None,
    grade: int | None = None,
    public: bool = False,
) -> list[Entry]:
    """Works by school, earliest first, of the days from `first` to `last`."""
    schools = list(school_organizations()) if organizations is None else list(organizations)
    found = planned(first, last, public=public)
    found = found.filter(Q(organization__isnull=True) | Q(organization__in=schools))
    if grade is not None:
        found = found.filter(grade=grade)
    procedures = list(found)
    chosen: dict[tuple[int, int], list[Sitting]] = defaultdict(list)
    for sitting in Sitting.objects.filter(procedure__in=procedures, organization__in=schools):
        chosen[sitting.procedure_id, sitting.organization_id].append(sitting)
    places = takes_part(procedures, schools)
    rows = [
        entry
        for procedure in procedures
        for place in places[procedure.pk]
        for entry in _entries_of(procedure, place, chosen.get((procedure.pk, place.pk), []))
    ]
    return sorted(rows, key=lambda row: (row.first, row.last, row.procedure.grade, row.procedure.title, row.classes))


def _entries_of(procedure: Procedure, organization: Organization, chosen: list[Sitting]) -> list[Entry]:
    if chosen:
        return [Entry(procedure, organization, one.held_on, one.held_on, one) for one in chosen]
    days = days_of(procedure)
    return [Entry(procedure, organization, *days)] if days else []


def year_of(text: str | None) -> PeriodSpan:
    """The school year of an address (`2026-27`); the present one where it names none."""
    try:
        span = periods.from_slug(text or "")
    except periods.PeriodError:
        return periods.school_year_of(timezone.localdate())
    return span if span.kind == periods.PeriodKind.SCHOOL_YEAR else periods.school_year_of(timezone.localdate())


def years() -> list[PeriodSpan]:
    """School years that have procedures, and the present and the next one; newest first."""
    now = periods.school_year_of(timezone.localdate())
    known = Period.objects.filter(pk__in=Procedure.objects.values("period"), kind=Period.Kind.SCHOOL_YEAR)
    spans = {period.span for period in known} | {now, periods.school_year(now.starts_on.year + 1)}
    return sorted(spans, reverse=True)


def slug(span: PeriodSpan) -> str:
    """A school year as it stands in addresses."""
    return span.code.replace("/", "-")


def year_choices() -> list[tuple[str, str]]:
    return [(slug(span), periods.title(span)) for span in years()]


def hours_of(span: PeriodSpan, organizations: Iterable[Organization]) -> dict[tuple[int, int, int], int]:
    """Hours by (school, subject, grade): the school's own, else the municipality's usual ones."""
    schools = [one.pk for one in organizations]
    rows = SubjectHours.objects.filter(period__code=span.code).filter(
        Q(organization__isnull=True) | Q(organization__in=schools)
    )
    usual: dict[tuple[int, int], int] = {}
    own: dict[tuple[int, int, int], int] = {}
    for school, subject, grade, hours in rows.values_list("organization", "subject", "grade", "hours"):
        if school is None:
            usual[subject, grade] = hours
        else:
            own[school, subject, grade] = hours
    return {(school, *key): hours for school in schools for key, hours in usual.items()} | own


def remarks_of(found: Iterable[Entry], span: PeriodSpan) -> list[Remark]:
    """What the rules say of works of a school year."""
    rows = list(found)
    schools = {row.organization.pk: row.organization for row in rows}
    return rules.check([row.slot for row in rows], hours_of(span, schools.values()))


@dataclass(frozen=True)
class Group:
    """The same remark in several schools."""

    remark: Remark
    schools: list[Organization]

    @property
    def days(self) -> str:
        return days_text(min(s.first for s in self.remark.slots), max(s.last for s in self.remark.slots))


def grouped(remarks: Iterable[Remark], schools: Iterable[Organization]) -> list[Group]:
    """Remarks of a municipality: one line for the same works on the same days, with the schools it concerns."""
    by_key: dict[tuple[Any, ...], list[Remark]] = defaultdict(list)
    for remark in remarks:
        key = (remark.code, remark.grade, remark.note, tuple((s.work, s.first, s.last) for s in remark.slots))
        by_key[key].append(remark)
    names = {school.pk: school for school in schools}
    order = {rule.code: place for place, rule in enumerate(rules.RULES)}
    groups = [Group(found[0], [names[one.school] for one in found if one.school in names]) for found in by_key.values()]
    return sorted(groups, key=lambda one: (order[one.remark.code], one.remark.slots[0].first, one.remark.grade))
