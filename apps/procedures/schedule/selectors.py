"""What the pages of the schedule show."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.months import Mark, Month
from apps.core.periods import PeriodSpan
from apps.organizations.models import Organization
from apps.procedures import catalogue as catalogue_of_works
from apps.procedures.models import Duty, Participation, Procedure, SourceState, SubjectHours
from apps.procedures.schedule import reading
from apps.procedures.schedule.reading import Entry, Group, days_of, days_text

LONG = 7  # days: of a longer window the calendar shows the first and the last day


@dataclass
class Row:
    """A procedure on the list: days, people, document, readiness, and what is wrong with it."""

    procedure: Procedure
    leads: list[Duty] = field(default_factory=list)
    remarks: list[Group] = field(default_factory=list)

    @property
    def days(self) -> str:
        days = days_of(self.procedure)
        return days_text(*days) if days else "день не назначен"

    @property
    def is_over(self) -> bool:
        days = days_of(self.procedure)
        return bool(days and days[1] < timezone.localdate())

    @property
    def broken(self) -> list[Any]:
        """The rules that its remarks speak of, each once."""
        return list({group.remark.code: group.remark.rule for group in self.remarks}.values())

    @property
    def ready_text(self) -> str:
        members, ready = self.procedure.members, self.procedure.ready  # type: ignore[attr-defined]
        return f"{ready} из {members}" if members else ""

    @property
    def ready_tone(self) -> str:
        members, ready = self.procedure.members, self.procedure.ready  # type: ignore[attr-defined]
        return "good" if members == ready else "warn"


def municipal_remarks(span: PeriodSpan) -> list[Group]:
    """Remarks on the schedule of a year, the same ones of several schools together."""
    schools = list(reading.school_organizations())
    found = reading.entries(span.starts_on, span.ends_on, organizations=schools)
    return reading.grouped(reading.remarks_of(found, span), schools)


def catalogue(span: PeriodSpan, chosen: dict[str, Any]) -> list[Row]:
    """Procedures of a school year, earliest first, those without a day last."""
    found = Procedure.objects.filter(period__code=span.code).select_related("subject", "period", "organization")
    cancelled = chosen.get("flag") == "cancelled"
    found = found.filter(cancelled_on__isnull=not cancelled)
    if not chosen.get("schools"):
        found = found.filter(organization__isnull=True)
    for name in ("kind", "level", "grade"):
        if chosen.get(name):
            found = found.filter(**{name: chosen[name]})
    if chosen.get("flag") == "document":
        found = found.filter(document="")
    if chosen.get("flag") == "people":
        found = found.exclude(pk__in=Duty.objects.current().filter(procedure__isnull=False).values("procedure"))
    part = ~Q(participations__state=Participation.State.DECLINED) & Q(participations__isnull=False)
    found = found.annotate(
        members=Count("participations", filter=part),
        ready=Count("participations", filter=part & Q(participations__readiness=Participation.Readiness.READY)),
    )
    rows = {one.pk: Row(one) for one in found}
    duties = Duty.objects.current().filter(procedure__in=rows).select_related("user")
    for duty in duties:
        rows[duty.procedure_id].leads.append(duty)
    for group in municipal_remarks(span):
        for work in {slot.work for slot in group.remark.slots} & set(rows):
            rows[work].remarks.append(group)
    wanted = [row for row in rows.values() if row.remarks] if chosen.get("flag") == "overlap" else list(rows.values())
    return sorted(wanted, key=lambda row: (days_of(row.procedure) or (date.max, date.max), row.procedure.title))


# --- month


def month(first: date, school: Organization | None = None) -> Month:
    """Works of a month: of the municipality, or of one school with its own days and works."""
    shown = Month.blank(first)
    if school is not None:
        for entry in reading.entries(shown.opens, shown.closes, organizations=[school]):
            _put(shown, entry.procedure, entry.first, entry.last, entry.classes)
    else:
        for procedure in reading.planned(shown.opens, shown.closes).filter(organization__isnull=True):
            days = days_of(procedure)
            if days:
                _put(shown, procedure, *days)
    return shown


def _put(shown: Month, procedure: Procedure, first: date, last: date, classes: str = "") -> None:
    tone = "neutral" if procedure.document else "warn"
    title = f"{procedure.title} ({classes})" if classes else procedure.title
    span = (last - first).days + 1
    for offset in range(span) if span <= LONG else (0, span - 1):
        day = first + timedelta(days=offset)
        note = "" if span == 1 else f"день {offset + 1} из {span}"
        if span > LONG:
            note = f"начало срока, по {last:%d.%m}" if offset == 0 else "последний день срока"
        shown.put(day, Mark(title, procedure.plan_url, note, tone))


# --- one school


@dataclass(frozen=True)
class SchoolPlan:
    """The year of a school: works, what the rules say, what is not said yet."""

    organization: Organization
    span: PeriodSpan
    entries: list[Entry]
    remarks: list[Group]

    @property
    def undated(self) -> list[Entry]:
        """Windows in which the school has not chosen its day."""
        return [entry for entry in self.entries if entry.needs_day and not entry.is_over]

    @property
    def without_lesson(self) -> int:
        return sum(not entry.lesson_text for entry in self.entries if not entry.is_over)

    @property
    def flagged(self) -> set[int]:
        return {slot.work for group in self.remarks for slot in group.remark.slots}


def school_plan(organization: Organization, span: PeriodSpan, grade: int | None = None) -> SchoolPlan:
    found = reading.entries(span.starts_on, span.ends_on, organizations=[organization], grade=grade)
    remarks = reading.grouped(reading.remarks_of(found, span), [organization])
    return SchoolPlan(organization, span, found, remarks)


@dataclass
class HoursRow:
    """A subject in a grade: hours of the year and what works take of them."""

    subject: Any
    grade: int
    taken: int
    usual: int | None
    own: int | None

    @property
    def name(self) -> str:
        return f"hours-{self.subject.pk}-{self.grade}"

    @property
    def share(self) -> Any:
        return reading.rules.share_of_hours(self.taken, self.own or self.usual)


def without_hours(span: PeriodSpan) -> int:
    """Subjects and grades with works in the year for which the municipality has named no usual hours."""
    works = reading.planned(span.starts_on, span.ends_on).exclude(kind__in=reading.OUTSIDE_LESSONS)
    usual = SubjectHours.objects.filter(period__code=span.code, organization__isnull=True)
    asked = set(works.order_by().values_list("subject", "grade").distinct())
    return len(asked - set(usual.values_list("subject", "grade")))


def hours_rows(span: PeriodSpan, organization: Organization | None) -> list[HoursRow]:
    """Subjects and grades that have works in the year; of the municipality, those of any school."""
    places = [organization] if organization else None
    found = [
        entry
        for entry in reading.entries(span.starts_on, span.ends_on, organizations=places)
        if entry.procedure.kind not in reading.OUTSIDE_LESSONS
    ]
    slots: dict[tuple[int, int], dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    subjects = {}
    for entry in found:
        subjects[entry.procedure.subject_id] = entry.procedure.subject
        slots[entry.procedure.subject_id, entry.procedure.grade][entry.organization.pk].append(entry.slot)
    known: dict[tuple[int | None, int, int], int] = {
        (school, subject, grade): hours
        for school, subject, grade, hours in SubjectHours.objects.filter(period__code=span.code).values_list(
            "organization", "subject", "grade", "hours"
        )
    }
    own_key = organization.pk if organization else None
    return [
        HoursRow(
            subjects[subject],
            grade,
            max(reading.rules.lessons_taken(works) for works in by_school.values()),
            known.get((None, subject, grade)) if organization else None,
            known.get((own_key, subject, grade)),
        )
        for (subject, grade), by_school in sorted(
            slots.items(), key=lambda item: (item[0][1], subjects[item[0][0]].name)
        )
    ]


@dataclass(frozen=True)
class Described:
    """What is known of the items and the scale of a procedure in its year."""

    url: str
    items: int
    bounds: str
    items_state: str
    scale_state: str
    source: str


def description_of(procedure: Procedure) -> Described:
    """Its own items once there are results, else what the catalogue has for the year."""
    work = catalogue_of_works.find(procedure.kind, procedure.year, procedure.subject.name, procedure.grade)
    args = [procedure.kind, procedure.year, procedure.grade, procedure.subject.name]
    states = dict(SourceState.choices)
    own = procedure.items.count()
    bounds = procedure.bounds or (work.bounds if work else ())
    return Described(
        url=reverse("procedures:scale", args=args),
        items=own or (len(work.items) if work else 0),
        bounds=", ".join(map(str, bounds)),
        items_state=states[procedure.items_state if own else work.items_state if work and work.items else ""],
        scale_state=states[procedure.scale_state or (work.scale_state if work else "")],
        source=work.source if work else "",
    )


def plan_row(procedure: Procedure) -> Row:
    """One procedure as the list would show it."""
    part = procedure.participations.exclude(state=Participation.State.DECLINED)
    counts = part.aggregate(members=Count("pk"), ready=Count("pk", filter=Q(readiness=Participation.Readiness.READY)))
    procedure.members, procedure.ready = counts["members"], counts["ready"]  # type: ignore[attr-defined]
    groups = municipal_remarks(procedure.period.span)
    own = [group for group in groups if procedure.pk in {slot.work for slot in group.remark.slots}]
    return Row(procedure, list(procedure.duties.current().select_related("user")), own)


def own_rows(organization: Organization, span: PeriodSpan) -> list[Row]:
    """A school's own works of a year, earliest first."""
    found = Procedure.objects.planned().filter(organization=organization, period__code=span.code)
    rows = [Row(one) for one in found.select_related("subject", "period", "organization")]
    return sorted(rows, key=lambda row: (days_of(row.procedure) or (date.max, date.max), row.procedure.title))
