"""The calendar as phones and mail programs subscribe to it."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from apps.core.deadlines import Deadline


def feed(deadlines: Iterable[Deadline], *, today: date) -> bytes:
    """Terms as events; a term without a time is a whole day. What is done says so."""
    book = Calendar()
    book.add("prodid", "-//MSOKO//deadlines//RU")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", f"МСОКО: сроки, {settings.MUNICIPALITY_NAME}")
    book.add("x-wr-timezone", settings.TIME_ZONE)
    book.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for deadline in deadlines:
        book.add_component(_event(deadline, today))
    content: bytes = book.to_ical()
    return content


def _event(deadline: Deadline, today: date) -> Event:
    event = Event()
    # The page and the words name a line: a term that moves keeps its entry in the subscriber's calendar.
    name = hashlib.sha256(f"{deadline.url}|{deadline.title}|{deadline.note}".encode()).hexdigest()[:32]
    event.add("uid", f"{name}@msoko")
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("summary", f"✓ {deadline.title}" if deadline.is_done else deadline.title)
    event.add("categories", [deadline.room])
    event.add("url", settings.SITE_URL.rstrip("/") + deadline.url)
    if deadline.note:
        event.add("description", deadline.note)
    if deadline.at is None:
        event.add("dtstart", deadline.on)
        event.add("dtend", deadline.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", datetime.combine(deadline.on, deadline.at, ZoneInfo(settings.TIME_ZONE)).astimezone(UTC))
    return event
