"""The calendar of a person: what all rooms have for a stretch of days, by list and by month."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.collection import deadlines as collection_deadlines
from apps.core.deadlines import Deadline
from apps.library import deadlines as library_deadlines
from apps.procedures.schedule import deadlines as schedule_deadlines
from apps.roadmaps import deadlines as roadmaps_deadlines

# Every room that has terms; each asks the database a fixed number of times.
ROOMS: tuple[Callable[[User, date, date], list[Deadline]], ...] = (
    collection_deadlines.deadlines_for,
    schedule_deadlines.deadlines_for,
    library_deadlines.deadlines_for,
    roadmaps_deadlines.deadlines_for,
    library_deadlines.deadlines_for,
)
TONES = {"bad": "просрочено", "warn": "ждёт", "info": "впереди", "good": "сделано"}
BACK, AHEAD = timedelta(days=60), timedelta(days=365)  # what a subscriber sees


@dataclass(frozen=True)
class Line:
    """A term as the page shows it: its state by colour and word."""

    deadline: Deadline
    tone: str

    @property
    def tone_text(self) -> str:
        return TONES[self.tone]


@dataclass
class Cell:
    day: date
    inside: bool = True
    lines: list[Line] = field(default_factory=list)
    is_today: bool = False


@dataclass(frozen=True)
class Month:
    """A month by weeks, Monday first; `days` are those that have lines."""

    first: date
    weeks: list[list[Cell]]
    rooms: list[str]

    @property
    def days(self) -> list[Cell]:
        return [cell for week in self.weeks for cell in week if cell.inside and cell.lines]

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)


def month_of(text: str | None) -> date:
    """The first day of a month of an address (`2026-11`); of the present one where it names none."""
    today = timezone.localdate().replace(day=1)
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today
    return first if 1990 <= first.year <= 2100 else today


def deadlines_for(user: User, start: date, end: date) -> list[Deadline]:
    """What all rooms have for the person in the role they act in, earliest first."""
    found = [deadline for room in ROOMS for deadline in room(user, start, end)]
    return sorted(found, key=lambda one: (one.on, one.at is not None, one.at or "", one.room, one.title))


def line_of(deadline: Deadline, today: date) -> Line:
    if deadline.is_done:
        return Line(deadline, "good")
    if deadline.on < today:
        return Line(deadline, "bad")
    return Line(deadline, deadline.tone if deadline.tone in {"warn", "info"} else "info")


def month(user: User, first: date, *, room: str = "", own: bool = False) -> Month:
    """One month of the person; `room` and `own` narrow it."""
    today = timezone.localdate()
    grid = [
        [Cell(day, day.month == first.month, is_today=day == today) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    cells = {cell.day: cell for week in grid for cell in week}
    found = deadlines_for(user, grid[0][0].day, grid[-1][-1].day)
    rooms = sorted({deadline.room for deadline in found})
    for deadline in found:
        if (not room or deadline.room == room) and (not own or deadline.is_own):
            cells[deadline.on].lines.append(line_of(deadline, today))
    return Month(first, grid, rooms)


def of_all_roles(user: User) -> list[Deadline]:
    """For a subscriber: every role that the person holds today, each line once."""
    today = timezone.localdate()
    found: dict[tuple[str, date, str], Deadline] = {}
    for membership in Membership.objects.current().filter(user=user).select_related("organization"):
        user.acting = membership
        for deadline in deadlines_for(user, today - BACK, today + AHEAD):
            found.setdefault((deadline.url, deadline.on, deadline.title), deadline)
    return sorted(found.values(), key=lambda one: (one.on, one.title))
