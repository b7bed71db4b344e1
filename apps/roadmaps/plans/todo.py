"""What roadmaps ask of a person today."""

from datetime import timedelta
from typing import Any

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.todo import Todo
from apps.roadmaps.plans.models import Measure, Stage

SOON = timedelta(days=14)


def todo_for(user: Any) -> list[Todo]:
    """Own measures whose term is near or over; for the department those that nobody answers for any more."""
    today = timezone.localdate()
    mine = Q(person=user)
    if user.is_school and user.organization:
        mine |= Q(roadmap__kind="school", roadmap__organization=user.organization)
    own = Measure.objects.unfinished().filter(mine)
    page = reverse("roadmaps:own_programme") if user.is_school else f"{reverse('roadmaps:measures')}?person={user.pk}"
    lines = []
    near = own.filter(due_on__range=(today, today + SOON))
    for title, rows, tone, order in (
        ("Просроченные мероприятия дорожных карт", own.filter(due_on__lt=today), "bad", 34),
        ("Мероприятия дорожных карт на ближайшие две недели", near, "warn", 45),
    ):
        if count := rows.count():
            first = rows.order_by().aggregate(day=Min("due_on"))["day"]
            url = rows.get().get_absolute_url() if count == 1 else page
            lines.append(Todo(title, url, "", tone, first, count, order=order))
    lines += _stages(user)
    if user.is_department and (count := Measure.objects.without_person().count()):
        note = "Человек больше не работает или не назначен."
        url = f"{reverse('roadmaps:measures')}?orphaned=on"
        lines.append(Todo("Мероприятия без действующего ответственного", url, note, "bad", None, count, order=36))
    return lines


def _stages(user: Any) -> list[Todo]:
    """Stages that are over and have no report: the department's, and those of the organisation's own roadmaps."""
    silent = Stage.objects.filter(
        roadmap__state="in_force", ends_on__lt=timezone.localdate(), reported_at=None
    ).select_related("roadmap")
    if user.is_school and user.organization:
        silent = silent.filter(roadmap__organization=user.organization)
    elif user.is_department:
        silent = silent.exclude(roadmap__kind="school")
    else:
        return []
    found = list(silent.order_by("ends_on")[:20])
    if not found:
        return []
    first = found[0]
    url = reverse("roadmaps:roadmap_stages", args=[first.roadmap_id])
    title = "Этапы дорожных карт без отчёта"
    return [Todo(title, url, first.roadmap.title, "bad", first.ends_on, len(found), order=37)]
