"""The calendar of a person: what all rooms have for a stretch of days, by list and by month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.collection import deadlines as collection_deadlines
from apps.core.deadlines import Deadline
from apps.core.months import Month
from apps.library import deadlines as library_deadlines
from apps.noko import deadlines as noko_deadlines
from apps.procedures.schedule import deadlines as schedule_deadlines
from apps.registers import deadlines as registers_deadlines
from apps.roadmaps import deadlines as roadmaps_deadlines
from apps.surveys import deadlines as surveys_deadlines

# Every room that has terms; each asks the database a fixed number of times.
ROOMS: tuple[Callable[[User, date, date], list[Deadline]], ...] = (
    collection_deadlines.deadlines_for,
    surveys_deadlines.deadlines_for,
    noko_deadlines.deadlines_for,
    registers_deadlines.deadlines_for,
    schedule_deadlines.deadlines_for,
    library_deadlines.deadlines_for,
    roadmaps_deadlines.deadlines_for,
)
TONES = {"bad": "просрочено", "warn": "ждёт", "info": "впереди", "good": "сделано"}
BACK, AHEAD = timedelta(days=60), timedelta(days=365)  # what a subscriber sees


@dataclass(frozen=True)
class Line:
    """A term as the page shows it: its state by colour and word."""

    deadline: Deadline
    tone: str
    tone_text: str


def deadlines_for(user: User, start: date, end: date) -> list[Deadline]:
    """What all rooms have for the person in the role they act in, earliest first."""
    found = [deadline for room in ROOMS for deadline in room(user, start, end)]
    return sorted(found, key=lambda one: (one.on, one.at is not None, one.at or "", one.room, one.title))


def line_of(deadline: Deadline, today: date) -> Line:
    if deadline.is_event:
        return _event(deadline, today)
    tone = deadline.tone if deadline.tone in {"warn", "info"} else "info"
    if deadline.is_done or deadline.is_late(today):
        tone = "good" if deadline.is_done else "bad"
    return Line(deadline, tone, TONES[tone])


def _event(deadline: Deadline, today: date) -> Line:
    if (deadline.until or deadline.on) < today:
        return Line(deadline, "neutral", "прошло")
    return Line(deadline, "info", "впереди" if deadline.on > today else "идёт")


def month(user: User, first: date, *, room: str = "", own: bool = False) -> tuple[Month, list[str]]:
    """One month of the person as `room` and `own` narrow it, and the rooms that have terms in it."""
    today, shown = timezone.localdate(), Month.blank(first)
    found = deadlines_for(user, shown.opens, shown.closes)
    for deadline in found:
        if (not room or deadline.room == room) and (not own or deadline.is_own):
            shown.put(deadline.on, line_of(deadline, today))
    return shown, sorted({deadline.room for deadline in found})


def of_all_roles(user: User) -> list[Deadline]:
    """For a subscriber: every role that the person holds today, each line once."""
    today = timezone.localdate()
    found: dict[tuple[str, date, str], Deadline] = {}
    for membership in Membership.objects.current().filter(user=user).select_related("organization"):
        user.acting = membership
        for deadline in deadlines_for(user, today - BACK, today + AHEAD):
            found.setdefault((deadline.url, deadline.on, deadline.title), deadline)
    return sorted(found.values(), key=lambda one: (one.on, one.title))
