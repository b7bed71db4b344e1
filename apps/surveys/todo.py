"""What surveys ask of a person today."""

from datetime import timedelta
from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from apps.core.todo import Todo
from apps.surveys.models import FreeText, Survey, SurveyPlace
from apps.surveys.services.access import WRITERS


def todo_for(user: Any) -> list[Todo]:
    if user.is_school:
        return _for_school(user)
    return _for_writers(user) if user.has_role(*WRITERS) else []


def _for_school(user: Any) -> list[Todo]:
    running = Survey.objects.running()
    silent = SurveyPlace.objects.visible_to(user).filter(survey__in=running, responses__isnull=True)
    found = silent.aggregate(day=Min("survey__closes_on"))["day"]
    if found is None:
        return []
    note = "Раздайте ссылку или лист с кодом: ответов ещё нет."
    return [Todo("Пригласить к опросу", reverse("surveys:own_surveys"), note, "info", found, silent.count(), order=60)]


def _for_writers(user: Any) -> list[Todo]:
    waiting = FreeText.objects.visible_to(user).filter(
        state=FreeText.State.NEW, place__survey__in=Survey.objects.over()
    )
    first = waiting.values_list("place__survey_id", flat=True).order_by("place__survey_id").first()
    lines = []
    if first is not None:
        page = reverse("surveys:texts", args=[first])
        lines.append(Todo("Просмотреть свободные ответы опросов", page, tone="info", count=waiting.count(), order=70))
    recently = timezone.localdate() - timedelta(days=60)
    over = Survey.objects.over().filter(published_at__isnull=True, closes_on__gte=recently).count()
    if over:
        title = "Опросы завершены: посмотреть и опубликовать итоги"
        lines.append(Todo(title, reverse("surveys:surveys"), tone="info", count=over, order=75))
    return lines
