"""The page on which procedures are carried over: each with its new days, as proposed or as typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date

from apps.core.findings import Finding, error
from apps.procedures.models import Procedure
from apps.procedures.schedule.rules import day_off
from apps.procedures.schedule.services import repeating
from apps.procedures.schedule.services.repeating import Days


@dataclass
class Line:
    """A procedure of the old year: whether it goes on, and when."""

    row: Any  # selectors.Row
    is_marked: bool
    has_successor: bool
    is_window: bool
    first: str  # as proposed or typed
    last: str = ""

    @property
    def key(self) -> str:
        return str(self.row.procedure.pk)

    @property
    def note(self) -> str:
        """A proposed day on which no lessons are held."""
        day = _read(self.first)
        why = day_off(day) if day and not self.is_window else ""
        return f"{why}: выберите другой день" if why else ""

    def days(self, found: list[Finding]) -> Days:
        """The days; what is no date is told."""
        first, last = _read(self.first), _read(self.last)
        for text, day in ((self.first, first), (self.last, last)):
            if text and day is None:
                found.append(error("no_date", f"{self.row.procedure}: «{text[:20]}» — не дата."))
        return Days(starts_on=first, ends_on=last) if self.is_window else Days(held_on=first)


def _read(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def lines(rows: list[Any], *, weeks: int, typed: Mapping[str, Any] | None = None, marked: set[str]) -> list[Line]:
    """The lines of the page; without `typed` those of `weeks` later, all marked that have no successor."""
    found, done = [], repeating.succeeded(row.procedure for row in rows)
    for row in rows:
        old: Procedure = row.procedure
        key, is_done = str(old.pk), old.pk in done
        days = repeating.proposed(old, weeks)
        window = bool(old.window_starts_on and old.window_ends_on)
        first, last = _text(days.first), _text(days.ends_on)
        if typed is not None:
            first, last = typed.get(f"first-{key}", first).strip(), typed.get(f"last-{key}", last).strip()
        chosen = key in marked if typed is not None else True
        found.append(Line(row, chosen and not is_done, is_done, window, first, last))
    return found


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
