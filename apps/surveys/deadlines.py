"""Days of surveys, for the calendar: when each opens and its last day."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from apps.core.deadlines import Deadline
from apps.surveys.models import Survey

ROOM = "Опросы"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """Of the surveys that the person sees; one that was closed by hand has no last day to come. One query."""
    inside = Q(opens_on__range=(start, end)) | Q(closes_on__range=(start, end))
    found = Survey.objects.visible_to(user).filter(inside, closed_at__isnull=True).order_by("opens_on", "pk")
    return [line for survey in found for line in _lines(survey, user) if start <= line.on <= end]


def _lines(survey: Survey, user: Any) -> list[Deadline]:
    url = reverse("surveys:own_surveys") if user.is_school else survey.get_absolute_url()
    own = user.is_school or survey.created_by_id == user.pk
    days = f"с {survey.opens_on:%d.%m} по {survey.closes_on:%d.%m.%Y}"
    return [
        Deadline(f"{words}: {survey.title}", day, url, ROOM, is_own=own, note=days, is_event=True)
        for words, day in (("Опрос открывается", survey.opens_on), ("Последний день опроса", survey.closes_on))
    ]
