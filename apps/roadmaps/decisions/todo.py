"""What decisions ask of a person today."""

from typing import Any

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.todo import Todo
from apps.roadmaps.decisions.models import ApprovalStep, Assignment, Decision


def todo_for(user: Any) -> list[Todo]:
    lines = [*_to_execute(user), *_to_control(user)]
    waiting = _to_agree(user)
    if waiting:
        title = "Согласовать проекты решений"
        url = (
            waiting[0].decision.get_absolute_url() if len(waiting) == 1 else f"{reverse('roadmaps:decisions')}?mine=on"
        )
        lines.append(Todo(title, url, tone="warn", count=len(waiting), order=32))
    return lines


def own_lines(user: Any) -> Any:
    """Lines that the person is to execute: an organisation's all, of the authority those by name."""
    visible = Assignment.objects.visible_to(user).in_force()
    if user.is_authority:
        return visible.filter(person=user)
    if user.is_school:
        return visible.filter(Q(organization=user.organization) | Q(person=user))
    return visible


def _to_execute(user: Any) -> list[Todo]:
    mine = own_lines(user).waiting()
    counted = mine.order_by().aggregate(day=Min("due_on"))
    count = mine.count()
    if not count:
        return []
    late = counted["day"] is not None and counted["day"] < timezone.localdate()
    title, url = "Исполнить пункты решений", reverse("roadmaps:own_assignments")
    return [Todo(title, url, "", "bad" if late else "warn", counted["day"], count, order=31)]


def _to_control(user: Any) -> list[Todo]:
    if not (user.is_authority or user.is_school):
        return []
    controlled = Decision.objects.controlled_by(user).in_force()
    counts = Assignment.objects.filter(item__decision__in=controlled.values("pk")).count_by_state()
    page, lines = reverse("roadmaps:decision_control"), []
    if counts["reported"]:
        title = "Рассмотреть отчёты под вашим контролем"
        lines.append(Todo(title, f"{page}?state=reported", tone="info", count=counts["reported"], order=41))
    if counts["overdue"]:
        title = "Просроченные пункты под вашим контролем"
        lines.append(Todo(title, f"{page}?overdue=on", tone="bad", count=counts["overdue"], order=34))
    return lines


def _to_agree(user: Any) -> list[ApprovalStep]:
    """Steps whose turn has come."""
    steps = ApprovalStep.objects.filter(user=user, state="waiting", decision__state="on_approval")
    found = []
    for step in steps.select_related("decision").prefetch_related("decision__steps"):
        waiting = [each for each in step.decision.steps.all() if each.state == "waiting"]
        if min(waiting, key=lambda each: each.position).pk == step.pk:
            found.append(step)
    return found
