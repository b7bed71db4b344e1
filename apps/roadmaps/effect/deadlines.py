"""Days of effects in the calendar: the last day of the period after, from which on they can be measured."""

from datetime import date
from typing import Any

from apps.core.deadlines import Deadline
from apps.roadmaps.effect.models import Expectation

ROOM = "Эффект мер"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    found = (
        Expectation.objects.visible_to(user)
        .standing()
        .filter(approved_at__isnull=False, follow_up__ends_on__range=(start, end))
        .select_related("follow_up", "indicator")
        .prefetch_related("measurements")
    )
    return [
        Deadline(
            f"Измерить эффект: {one.subject_title}",
            one.follow_up.ends_on,
            one.get_absolute_url(),
            ROOM,
            is_done=any(row.measured_at for row in one.measurements.all()),
            is_own=one.author_id == user.pk,
            note=f"Данные за {one.follow_up}",
        )
        for one in found
    ]
