"""A month as pages draw it: whole weeks from Monday, what stands on each day. Knows no room."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1990, 2100  # beyond these an address is a slip, and days run out


@dataclass(frozen=True)
class Mark:
    """A line on a day."""

    title: str
    url: str
    note: str = ""
    tone: str = "neutral"


@dataclass
class Cell:
    """A day of the grid; `inside` the month or of its neighbours."""

    day: date
    inside: bool = True
    marks: list[Any] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()


@dataclass(frozen=True)
class Month:
    """A month by weeks, Monday first; `days` are its own that have marks."""

    first: date
    weeks: Sequence[Sequence[Cell]]

    @classmethod
    def blank(cls, first: date) -> "Month":
        """Without marks; `first` is the first day of the month."""
        weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
        return cls(first, [[Cell(day, day.month == first.month) for day in week] for week in weeks])

    @property
    def opens(self) -> date:
        return self.weeks[0][0].day

    @property
    def closes(self) -> date:
        return self.weeks[-1][-1].day

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def days(self) -> list[Cell]:
        return [cell for week in self.weeks for cell in week if cell.inside and cell.marks]

    @property
    def is_empty(self) -> bool:
        return not any(cell.marks for week in self.weeks for cell in week)

    def put(self, day: date, mark: Any) -> None:
        """A day outside the grid is passed over."""
        if self.opens <= day <= self.closes:
            place = (day - self.opens).days
            self.weeks[place // 7][place % 7].marks.append(mark)


def month_of(text: str | None, otherwise: date | None = None) -> date:
    """The first day of a month of an address (`2026-11`); of `otherwise`, else of today, where it names none."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = date.min
    known = FIRST_YEAR <= first.year <= LAST_YEAR
    return first if known else (otherwise or timezone.localdate()).replace(day=1)
