"""What recommendations ask of a person today."""

from datetime import date
from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.todo import Todo
from apps.roadmaps.cycle import todo as cycle
from apps.roadmaps.decisions import todo as decisions
from apps.roadmaps.effect import todo as effect
from apps.roadmaps.meetings import todo as meetings_todo
from apps.roadmaps.models import RecommendationAddressee
from apps.roadmaps.plans import todo as plans_todo
from apps.roadmaps.projects import todo as projects
from apps.roadmaps.querysets import AddresseeQuerySet


def todo_for(user: Any) -> list[Todo]:
    visible = RecommendationAddressee.objects.visible_to(user)
    others = [
        *decisions.todo_for(user),
        *plans_todo.todo_for(user),
        *meetings_todo.todo_for(user),
        *projects.todo_for(user),
        *cycle.todo_for(user),
    ]
    if user.is_school or user.has_role(Role.ASSOCIATION_LEADER):
        return _for_receiver(visible) + others
    return [*(_for_department(visible) if user.is_department else ()), *effect.todo_for(user), *others]


def _nearest(rows: AddresseeQuerySet) -> date | None:
    return rows.order_by().aggregate(day=Min("recommendation__due_on"))["day"]


def _for_receiver(mine: AddresseeQuerySet) -> list[Todo]:
    counts = mine.count_by_state()
    lines = []
    if counts["sent"]:
        lines.append(_line("Подтвердить получение рекомендаций", counts["sent"], mine.filter(state="sent")))
    if counts["returned"]:
        lines.append(_line("Доработать отчёты по рекомендациям", counts["returned"], mine.filter(state="returned")))
    if counts["received"]:
        lines.append(_line("Отчитаться об исполнении рекомендаций", counts["received"], mine.filter(state="received")))
    return lines


def _line(title: str, count: int, rows: AddresseeQuerySet) -> Todo:
    due_on = _nearest(rows)
    late = due_on is not None and due_on < timezone.localdate()
    return Todo(title, reverse("roadmaps:own"), "", "bad" if late else "warn", due_on, count, order=30)


def _for_department(visible: AddresseeQuerySet) -> list[Todo]:
    counts = visible.count_by_state()
    page = reverse("roadmaps:recommendations")
    lines = []
    if counts["reported"]:
        title = "Рассмотреть отчёты по рекомендациям"
        lines.append(Todo(title, f"{page}?state=reported", tone="info", count=counts["reported"], order=40))
    if counts["overdue"]:
        title, note = "Рекомендации, срок которых прошёл", "Организации не отчитались."
        lines.append(Todo(title, f"{page}?overdue=on", note, "bad", count=counts["overdue"], order=35))
    return lines
