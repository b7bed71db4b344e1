"""Works of the schedule, for the calendar of terms."""

from datetime import date
from typing import Any

from apps.core.deadlines import Deadline
from apps.organizations.models import Kind
from apps.procedures.models import Duty, Procedure
from apps.procedures.schedule import reading
from apps.procedures.schedule.reading import days_of, days_text

ROOM = "Процедуры"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """A school's works with its own days; for the authority the municipal ones, own are those it answers for."""
    if user.is_school:
        organization = user.organization
        if organization is None or organization.kind != Kind.SCHOOL:
            return []
        return [
            line
            for entry in reading.entries(start, end, organizations=[organization])
            for line in _lines(entry.procedure, entry.first, entry.last, entry.classes, own=True)
            if start <= line.on <= end
        ]
    return _municipal(user, start, end) if user.is_authority else []


def _municipal(user: Any, start: date, end: date) -> list[Deadline]:
    procedures = list(reading.planned(start, end).filter(organization__isnull=True))
    own = set(Duty.objects.current().filter(user=user, procedure__in=procedures).values_list("procedure", flat=True))
    lines = []
    for procedure in procedures:
        days = days_of(procedure)
        if days:
            lines += _lines(procedure, *days, "", own=procedure.pk in own)
    return [line for line in lines if start <= line.on <= end]


def _lines(procedure: Procedure, first: date, last: date, classes: str, *, own: bool) -> list[Deadline]:
    """One line for a day or a few days; the first and the last day of a long stretch."""
    title = f"{procedure.title} ({classes})" if classes else procedure.title
    if (last - first).days <= 7:
        days = [(first, "" if first == last else days_text(first, last))]
    else:
        days = [(first, f"начало, по {last:%d.%m}"), (last, "последний день")]
    return [
        Deadline(title, day, procedure.plan_url, ROOM, is_own=own, note=note, is_event=True, until=last)
        for day, note in days
    ]
