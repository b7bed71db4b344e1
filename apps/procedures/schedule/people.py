"""Who answers for what: directions, coming procedures, and the staff with their duties."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.indicators.models import Direction
from apps.procedures.models import Duty, Procedure
from apps.procedures.schedule.reading import days_of, days_text
from apps.procedures.schedule.services.duties import staff


@dataclass
class Target:
    """A direction or a procedure with its people."""

    subject: Any
    note: str
    key: str  # what a form sends: «direction» or «procedure»
    value: str
    duties: list[Duty] = field(default_factory=list)

    @property
    def has_lead(self) -> bool:
        return any(duty.part == Duty.Part.LEAD for duty in self.duties)


def directions() -> list[Target]:
    found = {one.pk: Target(one, one.code, "direction", one.code) for one in Direction.objects.in_use()}
    for duty in Duty.objects.current().filter(direction__in=found).select_related("user"):
        found[duty.direction_id].duties.append(duty)
    return list(found.values())


def procedures() -> list[Target]:
    """Municipal procedures that are not over; those without a responsible person first, then the nearest."""
    today = timezone.localdate()
    coming = Procedure.objects.planned().filter(
        Q(held_on__gte=today) | Q(held_on__isnull=True, window_ends_on__gte=today), organization__isnull=True
    )
    rows = {one.pk: one for one in coming.select_related("subject")}
    found = {
        pk: Target(one, days_text(*days) if (days := days_of(one)) else "", "procedure", str(pk))
        for pk, one in rows.items()
    }
    for duty in Duty.objects.current().filter(procedure__in=found).select_related("user"):
        found[duty.procedure_id].duties.append(duty)
    return sorted(
        found.values(), key=lambda one: (one.has_lead, days_of(one.subject) or (date.max, date.max), one.subject.title)
    )


@dataclass
class StaffLine:
    user: User
    duties: list[Duty] = field(default_factory=list)


def staff_lines() -> list[StaffLine]:
    """The staff with what each answers for."""
    by_user: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.current().select_related("direction", "procedure"):
        by_user[duty.user_id].append(duty)
    return [StaffLine(person, by_user[person.pk]) for person in staff()]
