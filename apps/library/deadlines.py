"""Terms of the library: remarks of inspections, discussions with the council, ends of trials."""

from datetime import date
from typing import Any

from apps.accounts.roles import Role
from apps.core.deadlines import Deadline
from apps.library.models import Discussion, Inspection, Remark, Trial

ROOM = "Библиотека"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """From `start` to `end`, both included. Four queries."""
    return [
        *_remarks(user, start, end),
        *_inspections(user, start, end),
        *_trials(user, start, end),
        *_discussions(user, start, end),
    ]


def _remarks(user: Any, start: date, end: date) -> list[Deadline]:
    found = (
        Remark.objects.visible_to(user).filter(due_on__range=(start, end)).select_related("inspection__organization")
    )
    return [
        Deadline(
            title=f"Устранить замечание: {one.inspection.organization}",
            on=one.due_on,
            url=one.get_absolute_url(),
            room=ROOM,
            tone=one.tone if one.tone != "neutral" else "info",
            is_done=not one.awaits_school,
            is_own=user.is_school,
            note=f"{one.inspection.get_kind_display()}; {one.state_text}",
        )
        for one in found
    ]


def _inspections(user: Any, start: date, end: date) -> list[Deadline]:
    found = Inspection.objects.visible_to(user).filter(starts_on__range=(start, end)).select_related("organization")
    return [
        Deadline(
            title=f"{one.get_kind_display().capitalize()}: {one.organization}",
            on=one.starts_on,
            url=one.get_absolute_url(),
            room=ROOM,
            is_own=user.is_school,
            note=one.body,
            is_event=True,
        )
        for one in found
    ]


def _trials(user: Any, start: date, end: date) -> list[Deadline]:
    found = Trial.objects.visible_to(user).filter(ends_on__range=(start, end))
    return [
        Deadline(
            title=f"Апробация заканчивается: {one.title}",
            on=one.ends_on,
            url=one.get_absolute_url(),
            room=ROOM,
            tone="warn" if one.awaits_decision else "info",
            is_done=one.state != Trial.State.RUNNING,
            is_own=user.is_department,
        )
        for one in found
    ]


def _discussions(user: Any, start: date, end: date) -> list[Deadline]:
    found = Discussion.objects.visible_to(user).filter(closes_on__range=(start, end))
    return [
        Deadline(
            title=f"Обсуждение с советом: {one.question}",
            on=one.closes_on,
            url=one.get_absolute_url(),
            room=ROOM,
            is_done=not one.is_running,
            is_own=user.role == Role.PUBLIC_REPRESENTATIVE,
        )
        for one in found
    ]
