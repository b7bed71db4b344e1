"""Terms of all rooms: each has `deadlines.deadlines_for(user, start, end)`, the desk joins them."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due or on which something happens, with its page.

    `is_own` says that it is asked of the person or their organisation: the calendar shows own lines or all.
    """

    title: str
    on: date
    url: str  # a path of the portal
    room: str  # Russian, as the filter shows it: «Сбор данных»
    tone: str = "info"  # bad, warn, info, good: shown in words too
    is_done: bool = False
    is_own: bool = False
    note: str = ""
    at: time | None = None  # of the municipality's time; without it the whole day
    is_event: bool = False  # it happens and then is over; nobody hands anything in, so it is never late
    until: date | None = None  # the last day of an event of several days

    def is_late(self, today: date) -> bool:
        return not self.is_done and not self.is_event and self.on < today
