"""Terms of the collection of data, for the calendar."""

from datetime import date
from typing import Any

from django.urls import reverse

from apps.collection.models import Campaign, Submission
from apps.core.deadlines import Deadline

ROOM = "Сбор данных"


def deadlines_for(user: Any, start: date, end: date) -> list[Deadline]:
    """A school's forms by their own terms; for the authority the terms of campaigns. One query."""
    if user.is_school and user.organization:
        return _of_school(user.organization, start, end)
    return _of_campaigns(user, start, end) if user.is_authority else []


def _of_school(organization: Any, start: date, end: date) -> list[Deadline]:
    rows = Submission.objects.filter(organization=organization).with_due().filter(due__range=(start, end))
    return [
        Deadline(
            f"Сдать форму: {row.form.short_title}",
            row.due_on,
            row.get_absolute_url(),
            ROOM,
            tone="bad" if row.is_late else "warn",
            is_done=not row.awaits_organization,
            is_own=True,
            note=row.get_state_display(),
        )
        for row in rows.select_related("form", "campaign").order_by("due", "pk")
    ]


def _of_campaigns(user: Any, start: date, end: date) -> list[Deadline]:
    found = Campaign.objects.visible_to(user).filter(due_on__range=(start, end)).order_by("due_on", "pk")
    return [
        Deadline(
            f"Срок сдачи: {campaign.title}",
            campaign.due_on,
            reverse("collection:board", args=[campaign.pk]),
            ROOM,
            tone="warn",
            is_done=campaign.state == Campaign.State.CLOSED,
            is_own=user.is_department,
        )
        for campaign in found
    ]
