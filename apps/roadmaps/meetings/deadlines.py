"""Meetings and tasks of cycles on the calendar of all terms."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from apps.core.deadlines import Deadline
from apps.roadmaps.meetings.models import Meeting, Session, Subgroup
from apps.roadmaps.meetings.selectors.calendar import own_subgroups

ROOM = "Совещания"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """Both days included."""
    visible = Meeting.objects.visible_to(user).exclude(state=Meeting.State.CANCELLED)
    return [*_meetings(user, visible, start, end), *_tasks(user, visible, start, end)]


def _meetings(user: Any, visible: Any, start: date, end: date) -> list[Deadline]:
    zone = timezone.get_current_timezone()
    first = datetime.combine(start, time(), zone)
    last = datetime.combine(end + timedelta(days=1), time(), zone)
    groups = Subgroup.objects.filter(meeting__in=visible.values("pk"), starts_at__gte=first, starts_at__lt=last)
    found = list(groups.select_related("meeting"))
    own = own_subgroups(user, {group.meeting for group in found})
    lines = []
    for group in found:
        meeting = group.meeting
        if meeting.pk in own and own[meeting.pk] != group.pk:
            continue
        at = timezone.localtime(group.starts_at)
        lines.append(
            Deadline(
                title=f"{meeting.get_kind_display().capitalize()}: {meeting.theme}",
                on=at.date(),
                url=meeting.get_absolute_url(),
                room=ROOM,
                is_own=meeting.pk in own or meeting.author_id == user.pk,
                note=group.place or meeting.place,
                at=at.time(),
                is_event=True,
            )
        )
    return lines


def _tasks(user: Any, visible: Any, start: date, end: date) -> list[Deadline]:
    rows = Session.objects.filter(meeting__in=visible.values("pk"), task_due_on__gte=start, task_due_on__lte=end)
    return [
        Deadline(
            title=f"Задание цикла «{row.series}»",
            on=row.task_due_on,
            url=row.series.get_absolute_url(),
            room=ROOM,
            is_own=not user.is_authority,
            note=row.task[:150],
            is_event=True,  # it is discussed at the next session, nobody hands it in on the portal
        )
        for row in rows.select_related("series")
        if row.task_due_on
    ]
