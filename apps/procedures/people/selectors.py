"""What the pages of people read: each page a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from apps.core.findings import Finding
from apps.core.periods import PeriodSpan
from apps.procedures.models import Procedure
from apps.procedures.people import rules
from apps.procedures.people.models import Act, ActForm, Assignment, Capacity, Person, Remark, Venue
from apps.procedures.people.models.act_forms import GENERAL
from apps.procedures.people.querysets import PersonQuerySet
from apps.procedures.schedule.models import Sitting
from apps.procedures.schedule.reading import days_of, days_text


def register() -> PersonQuerySet:
    found: PersonQuerySet = Person.objects.select_related("workplace", "user", "invitation__accepted_by")
    return found.prefetch_related("accreditations", "subjects")


def open_procedures() -> QuerySet[Procedure]:
    """Procedures that people may still be sent to: of the last two years and not cancelled."""
    recent = Procedure.objects.filter(year__gte=timezone.localdate().year - 1, cancelled_on__isnull=True)
    return recent.select_related("subject").order_by("-year", "kind", "grade", "subject__name")


@dataclass(frozen=True)
class Refusal:
    """A person who cannot be sent, and why."""

    person: Person
    reasons: list[Finding]


@dataclass(frozen=True)
class Choice:
    """Who may be sent to a venue, as a queryset for the form, and who may not."""

    free: QuerySet[Person]
    refused: list[Refusal]


def choice_for(venue: Venue) -> Choice:
    """People of the register asked in the first of their capacities that suits best: an observer as one."""
    place = rules.place_of(venue.organization, venue.on)
    people = register().active().prefetch_related("avoids")
    free, refused = [], []
    for person in people:
        best = min((rules.objections(person, place, capacity) for capacity in person.capacities), key=len)
        if best:
            refused.append(Refusal(person, best))
        else:
            free.append(person.pk)
    return Choice(Person.objects.filter(pk__in=free), refused)


@dataclass(frozen=True)
class Coverage:
    """A procedure with its places: how many have no observer."""

    procedure: Procedure
    venues: list[Venue]
    chosen: dict[int, list[date]] = field(default_factory=dict)  # days that organisations chose in the schedule

    @property
    def lines(self) -> list[tuple[Venue, str]]:
        """Places with what is wrong with their day, if anything."""
        return [(venue, self._fault(venue)) for venue in self.venues]

    def _fault(self, venue: Venue) -> str:
        own = self.chosen.get(venue.organization_id)
        if own:
            days = ", ".join(f"{day:%d.%m.%Y}" for day in own)
            return "" if venue.on in own else f"школа выбрала {days}"
        term = days_of(self.procedure)
        return "" if term is None or term[0] <= venue.on <= term[1] else f"срок процедуры: {days_text(*term)}"

    @property
    def stray(self) -> int:
        return sum(bool(fault) for _, fault in self.lines)

    @property
    def uncovered(self) -> int:
        return sum(not venue.observers for venue in self.venues)  # type: ignore[attr-defined]

    @property
    def uncovered_text(self) -> str:
        return str(self.uncovered)


def coverage(*, past: bool = False) -> list[Coverage]:
    """Places from today on (or those of the last year), by procedure in the order of their first day."""
    today = timezone.localdate()
    days = (
        Q(on__lt=today, on__gte=today.replace(year=today.year - 1, day=min(today.day, 28)))
        if past
        else Q(on__gte=today)
    )
    venues = Venue.objects.counted().filter(days).select_related("procedure", "organization", "site")
    found: dict[int, list[Venue]] = {}
    for venue in venues.order_by("-on" if past else "on", "organization__number", "pk"):
        found.setdefault(venue.procedure_id, []).append(venue)
    chosen: dict[int, dict[int, list[date]]] = {}
    for procedure, organization, on in (
        Sitting.objects.filter(procedure__in=found)
        .values_list("procedure", "organization", "held_on")
        .order_by("held_on")
    ):
        chosen.setdefault(procedure, {}).setdefault(organization, []).append(on)
    return [Coverage(each[0].procedure, each, {} if past else chosen.get(key, {})) for key, each in found.items()]


def stray_venues(procedure: Procedure) -> list[Venue]:
    """Coming places of a procedure whose day is not one of its days any more."""
    return [venue for row in coverage() if row.procedure.pk == procedure.pk for venue, fault in row.lines if fault]


def scheduled_without_venues() -> QuerySet[Procedure]:
    """Procedures for which schools have chosen days to come, and no place is known yet."""
    chosen = Sitting.objects.filter(procedure=OuterRef("pk"), held_on__gte=timezone.localdate())
    known = Venue.objects.filter(procedure=OuterRef("pk"))
    return open_procedures().filter(Exists(chosen), ~Exists(known))


@dataclass(frozen=True)
class Participation:
    """How a procedure is attended by the public."""

    procedure: Procedure
    assignments: list[Assignment]
    acts: int

    @property
    def people(self) -> int:
        return len({each.person_id for each in self.assignments})

    @property
    def places(self) -> int:
        return len({each.venue.organization_id for each in self.assignments})


def public_participation() -> list[Participation]:
    """Observers and representatives of the public by procedure, the newest first."""
    kinds = (Capacity.PUBLIC, Capacity.OBSERVER)
    rows = Assignment.objects.current().filter(capacity__in=kinds).with_places().select_related("person__registered_by")
    found: dict[int, list[Assignment]] = {}
    for row in rows.order_by("-on", "venue__organization__number", "pk"):
        found.setdefault(row.venue.procedure_id, []).append(row)
    return [Participation(each[0].venue.procedure, each, sum(_sent(row) for row in each)) for each in found.values()]


def _sent(row: Assignment) -> bool:
    act = getattr(row, "act", None)
    return bool(act and act.is_sent)


def remarks(*, is_open: bool) -> QuerySet[Remark]:
    found = Remark.objects.filter(closed_at__isnull=is_open)
    return found.select_related(
        "act__assignment__venue__procedure", "act__assignment__venue__organization", "act__assignment__venue__site"
    )


SHEET_HEADERS = ("День", "Организация", "Здание", "Адрес", "Фамилия, имя, отчество", "Кем", "Аккредитация", "Контакт")


def sheet_rows(procedure: Procedure) -> Iterable[list[Any]]:
    """The list of assignments of a procedure as it is printed and handed out."""
    rows = Assignment.objects.current().filter(venue__procedure=procedure).with_places()
    rows = rows.prefetch_related("person__accreditations")
    for row in rows.order_by("on", "venue__organization__number", "venue__organization__name_key", "pk"):
        venue, person = row.venue, row.person
        valid = [each for each in person.accreditations.all() if each.valid_from <= row.on <= each.valid_to]
        accreditation = f"№ {valid[0].number} до {valid[0].valid_to:%d.%m.%Y}" if valid else ""
        address = venue.site.address if venue.site else venue.organization.address
        contact = ", ".join(part for part in (person.phone, person.email) if part)
        site = str(venue.site or "")
        yield [
            row.on, str(venue.organization), site, address, str(person), row.get_capacity_display(), accreditation,
            contact,
        ]  # fmt: skip


def counts() -> dict[str, int]:
    """Figures above the register."""
    today = timezone.localdate()
    active = Person.objects.active()
    return {
        **active.aggregate(
            observers=Count("pk", filter=Q(capacities__contains=["observer"])),
            experts=Count("pk", filter=Q(capacities__contains=["expert"])),
            public=Count("pk", filter=Q(capacities__contains=["public"])),
            coordinators=Count("pk", filter=Q(capacities__contains=["coordinator"])),
        ),
        "lapsed": active.lapsed(today).count(),
        "proposed": Person.objects.filter(state=Person.State.PROPOSED).count(),
    }


@dataclass(frozen=True)
class ActFormLine:
    """A kind of procedure with the form its acts ask; without one of its own, the general form."""

    kind: str
    title: str
    own: ActForm | None
    acts: int

    @property
    def slug(self) -> str:
        return self.kind or GENERAL


def act_forms() -> list[ActFormLine]:
    """The general form first, then every kind of procedure."""
    newest: dict[str, ActForm] = {}
    acts: Counter[str] = Counter()
    for form in ActForm.objects.annotate(sent=Count("acts", filter=Q(acts__state="sent"))).order_by("-version"):
        newest.setdefault(form.kind, form)
        acts[form.kind] += form.sent
    kinds = [("", "Все остальные процедуры"), *Procedure.Kind.choices]
    return [
        ActFormLine(kind, str(title), form if (form := newest.get(kind)) and not form.ended_at else None, acts[kind])
        for kind, title in kinds
    ]


@dataclass(frozen=True)
class Answered:
    """A question of the acts of a school year: how many said yes, no, or did not see it."""

    text: str
    yes: int
    no: int
    unseen: int

    @property
    def asked(self) -> int:
        return self.yes + self.no + self.unseen


def answers_of(span: PeriodSpan) -> list[Answered]:
    """Answers of the sent acts of a school year by question, those with most «нет» first.

    A question is the same in several forms when its words are the same.
    """
    counts: dict[str, Counter[str]] = {}
    acts = Act.objects.filter(
        state=Act.State.SENT, assignment__on__gte=span.starts_on, assignment__on__lte=span.ends_on
    ).select_related("form")
    for act in acts.only("answers", "form__questions"):
        for question in act.form.asked:
            counts.setdefault(question.text, Counter())[act.answers.get(question.code, "")] += 1
    found = [Answered(text, each["yes"], each["no"], each["none"]) for text, each in counts.items()]
    return sorted(found, key=lambda one: -one.no)
