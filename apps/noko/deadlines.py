"""Terms of the independent assessment, for the calendar: shortcomings to be removed."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from apps.core.deadlines import Deadline
from apps.core.figures import plural
from apps.noko.models import Measure
from apps.noko.querysets import AWAITS_ORGANIZATION

ROOM = "Независимая оценка"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """A school's measures one by one; for the authority a line a day with how many are done. One query."""
    rows = Measure.objects.visible_to(user).filter(due_on__range=(start, end))
    if user.is_authority:
        return _by_day(rows, user)
    return [
        Deadline(
            f"Устранить недостаток: {row.text}",
            row.due_on,
            row.get_absolute_url(),
            ROOM,
            tone="bad" if row.is_overdue else "warn",
            is_done=not row.awaits_organization,
            is_own=True,
            note=row.state_text,
        )
        for row in rows.select_related("shortcoming")
    ]


def _by_day(rows: Any, user: Any) -> list[Deadline]:
    waiting = Count("pk", filter=Q(state__in=AWAITS_ORGANIZATION))
    days = rows.order_by("due_on").values("due_on").annotate(all=Count("pk"), waiting=waiting)
    return [
        Deadline(
            f"Устранить недостатки: {day['all']} {plural(day['all'], 'мера', 'меры', 'мер')}",
            day["due_on"],
            reverse("noko:measures"),
            ROOM,
            tone="warn",
            is_done=not day["waiting"],
            is_own=user.is_department,
            note=f"отчитались по {day['all'] - day['waiting']} из {day['all']}",
        )
        for day in days
    ]
