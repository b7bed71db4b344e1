"""Moving what was written today to the day on which it happened in the demonstration.

The services rightly write «now»; a demonstration needs a past. Only moments are changed, nothing else.
"""

from datetime import date, datetime, time, timedelta

import numpy as np
from django.db.models import Model
from django.utils import timezone

from apps.core.models import Event


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of the municipality's day."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def working_hour(day: date, lots: np.random.Generator) -> datetime:
    """Some time of a working day; a weekend's work is done on the Friday before."""
    day -= timedelta(days=max(0, day.weekday() - 4))
    return at(day, int(lots.integers(9, 18)), int(lots.integers(0, 60)))


def this_morning(today: date) -> datetime:
    return at(today, 0, 1)


def date_events(subject: Model, moments: dict[str, datetime]) -> None:
    """Give the lines of history of one object, by kind, their moments."""
    for kind, moment in moments.items():
        Event.objects.filter(subject=subject._meta.label, subject_id=str(subject.pk), kind=kind).update(at=moment)
