"""Meetings of a month, and as events of a calendar."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from apps.accounts.models import User
from apps.core.months import Mark, Month
from apps.roadmaps.meetings.models import Invitee, Meeting
from apps.roadmaps.meetings.services.ground import total_minutes
from apps.roadmaps.meetings.timing import starts

TYPE = "text/calendar; charset=utf-8"


def month(first: date, user: User) -> Month:
    """A month of the meetings that a person sees; of several subgroups each stands at its own hour."""
    shown = Month.blank(first)
    for meeting, moments in _moments(user, shown.opens, shown.closes):
        for moment in moments:
            tone = "warn" if meeting.state == Meeting.State.CANCELLED else "neutral"
            words = f"{moment:%H:%M}, {meeting.get_kind_display()}"
            note = f"{words}, {meeting.state_text}" if meeting.state == Meeting.State.CANCELLED else words
            url = meeting.office_url if user.is_authority else meeting.get_absolute_url()
            shown.put(moment.date(), Mark(meeting.theme, url, note, tone))
    return shown


def _moments(user: User, opens: date, closes: date) -> list[tuple[Meeting, list[datetime]]]:
    zone = timezone.get_current_timezone()
    begin = datetime.combine(opens, datetime.min.time(), zone)
    end = datetime.combine(closes + timedelta(days=1), datetime.min.time(), zone)
    found = Meeting.objects.visible_to(user).filter(subgroups__starts_at__gte=begin, subgroups__starts_at__lt=end)
    rows = found.distinct().order_by("starts_at").prefetch_related("subgroups")
    own = own_subgroups(user, rows)
    return [
        (
            row,
            [
                timezone.localtime(group.starts_at)
                for group in row.subgroups.all()
                if row.pk not in own or group.pk == own[row.pk]
            ],
        )
        for row in rows
    ]


def own_subgroups(user: User, meetings: Iterable[Meeting]) -> dict[int, int]:
    """By meeting the subgroup of the person's organisation; nothing for the authority."""
    if user.is_authority:
        return {}
    mine = Invitee.objects.visible_to(user).filter(meeting__in=[one.pk for one in meetings])
    return dict(mine.values_list("meeting", "subgroup"))


def feed(user: User, meetings: Iterable[Meeting]) -> bytes:
    """An event a subgroup that concerns the person; its key stays when the hour moves, so the entry moves too."""
    meetings = list(meetings)
    book = Calendar()
    book.add("prodid", "-//MSOKO//meetings//RU")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", "Совещания управления образования")
    book.add("x-wr-timezone", settings.TIME_ZONE)
    own = own_subgroups(user, meetings)
    for meeting in meetings:
        minutes = total_minutes(meeting)
        for group in meeting.subgroups.all():
            if meeting.pk in own and group.pk != own[meeting.pk]:
                continue
            _, end = starts(group.starts_at, [minutes])
            book.add_component(_event(meeting, group, end))
    content: bytes = book.to_ical()
    return content


def _event(meeting: Meeting, group: Any, end: datetime) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}-{group.number}@msoko")
    event.add("dtstamp", timezone.now().astimezone(UTC).replace(microsecond=0))
    event.add("summary", f"{meeting.get_kind_display().capitalize()}: {meeting.theme}")
    event.add("dtstart", group.starts_at.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("location", group.place or meeting.place)
    event.add("url", f"{settings.SITE_URL.rstrip('/')}{meeting.get_absolute_url()}")
    if meeting.state == Meeting.State.CANCELLED:
        event.add("status", "CANCELLED")
    return event
