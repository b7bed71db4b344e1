"""Terms of measures and stages for the common calendar."""

from datetime import date
from typing import Any

from apps.core.deadlines import Deadline
from apps.roadmaps.plans.models import Measure, Roadmap, Stage

ROOM = "Дорожные карты"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """Measures of roadmaps in force that the user sees, and ends of stages; own are those that they answer for and
    those of their organisation's own roadmaps."""
    measures = Measure.objects.visible_to(user).filter(due_on__range=(start, end), dropped_on=None)
    rows = measures.filter(roadmap__state=Roadmap.State.IN_FORCE).select_related("roadmap").order_by("due_on", "pk")
    found = [
        Deadline(
            one.title,
            one.due_on,
            one.get_absolute_url(),
            ROOM,
            tone=one.tone if one.tone != "neutral" else "info",
            is_done=one.done_on is not None,
            is_own=one.person_id == user.pk or _is_own(one.roadmap, user),
            note=one.roadmap.title,
        )
        for one in rows
    ]
    seen = Roadmap.objects.visible_to(user).filter(state=Roadmap.State.IN_FORCE)
    stages = Stage.objects.filter(roadmap__in=seen.values("pk"), ends_on__range=(start, end)).select_related("roadmap")
    return found + [
        Deadline(
            f"Отчёт: {one}",
            one.ends_on,
            f"{one.roadmap.get_absolute_url()}stages/",
            ROOM,
            tone=one.tone,
            is_done=one.reported_at is not None,
            is_own=_is_own(one.roadmap, user),
            note=one.roadmap.title,
        )
        for one in stages
    ]


def _is_own(roadmap: Roadmap, user: Any) -> bool:
    return bool(user.is_school and user.organization and roadmap.organization_id == user.organization.pk)
