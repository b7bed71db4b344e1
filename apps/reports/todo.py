"""What the annual report asks of a person today."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from apps.core import periods
from apps.core.todo import Todo
from apps.reports.models import AnnualReport, Release

DUE_MONTH, DUE_DAY = 10, 25  # the year's report is published by 25 October; from practice, not confirmed for МСОКО


def todo_for(user: Any) -> list[Todo]:
    """To the department: the report of the past school year, and what waits for the second person."""
    if not user.is_department:
        return []
    return [*_approvals(user), *_due()]


def _approvals(user: Any) -> list[Todo]:
    waiting = Release.objects.filter(state=Release.State.PREPARED).select_related("report__period").defer("snapshot")
    if settings.PUBLICATION_NEEDS_SECOND_PERSON:
        waiting = waiting.exclude(prepared_by=user)
    title = "Прочитать и утвердить годовой отчёт"
    return [
        Todo(title, release.report.get_absolute_url(), str(release.report.period), "info", order=20)
        for release in waiting
    ]


def _due() -> list[Todo]:
    today = timezone.localdate()
    past = periods.previous(periods.school_year_of(today))
    if AnnualReport.objects.filter(period__code=past.code, releases__state="published").exists():
        return []
    due_on = date(past.ends_on.year, DUE_MONTH, DUE_DAY)
    report = AnnualReport.objects.filter(period__code=past.code).select_related("period").first()
    url = report.get_absolute_url() if report else reverse("reports:list")
    tone = "bad" if today > due_on else "warn"
    return [Todo("Опубликовать годовой отчёт", url, periods.title(past), tone, due_on, order=45)]
