"""What meetings ask of a person today."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.todo import Todo
from apps.roadmaps.meetings.models import Invitee, Meeting
from apps.roadmaps.meetings.querysets import SHOWN

SOON = timedelta(days=7)


def todo_for(user: Any) -> list[Todo]:
    if user.is_department:
        return _for_department()
    return _for_invited(user) if user.is_school or user.role == Role.ASSOCIATION_LEADER else []


def _for_invited(user: Any) -> list[Todo]:
    mine = Invitee.objects.visible_to(user).filter(meeting__state__in=SHOWN)
    lines = []
    unread = mine.to_confirm().count()
    if unread:
        lines.append(Todo("Прочесть решения совещаний", reverse("roadmaps:own_meetings"), "", "warn", None, unread, 32))
    now = timezone.now()
    coming = mine.filter(
        meeting__state=Meeting.State.ANNOUNCED, subgroup__starts_at__gte=now, subgroup__starts_at__lte=now + SOON
    )
    found = coming.select_related("meeting", "subgroup").order_by("-subgroup__starts_at")
    nearest = {one.meeting_id: one for one in found}  # who leads two associations goes once
    for one in sorted(nearest.values(), key=lambda each: each.subgroup.starts_at)[:3]:
        at = timezone.localtime(one.subgroup.starts_at)
        title = f"{one.meeting.get_kind_display().capitalize()}: {one.meeting.theme}"
        lines.append(
            Todo(title[:120], one.meeting.get_absolute_url(), f"{at:%d.%m в %H:%M}", "info", at.date(), order=33)
        )
    return lines


def _for_department() -> list[Todo]:
    """Meetings that are over and not recorded, and those soon to begin that nobody was told of; one query."""
    now = timezone.now()
    late = Q(state__in=["draft", "announced"], starts_at__lt=now - timedelta(days=1))
    silent = Q(state="draft", starts_at__gte=now, starts_at__lte=now + SOON)
    counts = Meeting.objects.aggregate(late=Count("pk", filter=late), silent=Count("pk", filter=silent))
    page = reverse("roadmaps:meetings")
    lines = []
    if counts["late"]:
        title = "Отметить, что совещания состоялись, и записать протокол"
        lines.append(Todo(title, page, tone="warn", count=counts["late"], order=38))
    if counts["silent"]:
        title = "Разослать приглашения: до начала меньше недели"
        lines.append(Todo(title, page, tone="warn", count=counts["silent"], order=37))
    return lines
