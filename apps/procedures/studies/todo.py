"""What requests for studies ask of a person today."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.core.todo import Todo
from apps.procedures.studies.models import StudyRequest

FRESH = timedelta(days=14)
State = StudyRequest.State


def todo_for(user: Any) -> list[Todo]:
    if user.is_school:
        return _for_school(user)
    return _for_department() if user.is_department else []


def _for_department() -> list[Todo]:
    lines = []
    waiting = StudyRequest.objects.filter(state=State.SENT).count()
    if waiting:
        title = "Рассмотреть запросы на обследование"
        lines.append(Todo(title, reverse("procedures:studies"), "Ответ нужен с причиной.", count=waiting, order=50))
    promised = StudyRequest.objects.filter(state=State.ACCEPTED, studies__isnull=True).order_by("due_on")
    first = promised.first()
    if first is not None:
        late = first.due_on is not None and first.due_on < timezone.localdate()
        title, tone = "Провести обещанные обследования", "bad" if late else "info"
        page = reverse("procedures:studies")
        lines.append(Todo(title, page, "", tone, first.due_on, promised.count(), order=51))
    return lines


def _for_school(user: Any) -> list[Todo]:
    since = timezone.now() - FRESH
    answered = StudyRequest.objects.visible_to(user).filter(decided_at__gte=since)
    return [
        Todo(
            f"Ответ на запрос: {row.topic}",
            row.get_absolute_url(),
            row.get_state_display().capitalize(),
            "good" if row.state == State.ACCEPTED else "warn",
            row.due_on,
            order=80,
        )
        for row in answered[:5]
    ]
