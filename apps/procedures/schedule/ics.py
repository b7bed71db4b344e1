"""The schedule as a calendar that phones and mail programs subscribe to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Day:
    """A work of the calendar; `key` stays the same when its day moves, so that a subscriber's entry moves too.

    It holds letters, digits and hyphens only: not every calendar reads an escaped comma in a UID.
    """

    key: str
    title: str
    first: date
    last: date
    note: str = ""


def feed(name: str, days: Iterable[Day], *, today: date) -> bytes:
    """All-day events; the beginning of `today` stamps them: the same schedule gives the same bytes for a day.

    No METHOD: that would ask for an ORGANIZER (RFC 5546), and a calendar one reads has none.
    """
    stamp = timezone.make_aware(datetime.combine(today, time())).astimezone(UTC)
    book = Calendar()
    book.add("prodid", "-//MSOKO//schedule//RU")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    book.add("x-wr-timezone", settings.TIME_ZONE)
    book.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for day in days:
        event = Event()
        event.add("uid", f"{day.key}@msoko")
        event.add("dtstamp", stamp)
        event.add("summary", day.title)
        event.add("dtstart", day.first)
        event.add("dtend", day.last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        if day.note:
            event.add("description", day.note)
        book.add_component(event)
    content: bytes = book.to_ical()
    return content
