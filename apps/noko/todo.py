"""What the independent assessment asks of a person today."""

from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from apps.core.todo import Todo
from apps.noko.models import Measure, OperatorReport, Shortcoming
from apps.noko.selectors.plan import plan


def todo_for(user: Any) -> list[Todo]:
    if user.is_school:
        return _for_school(user)
    return _for_department(user) if user.is_department else []


def _for_school(user: Any) -> list[Todo]:
    page, lines = reverse("noko:own"), []
    bare = Shortcoming.objects.visible_to(user).without_measures().count()
    if bare:
        note = "Впишите меру, срок и должность ответственного."
        lines.append(Todo("Недостатки по независимой оценке без мер", page, note, "warn", count=bare, order=45))
    waiting = Measure.objects.visible_to(user).awaiting_organization()
    count = waiting.count()
    if count:
        due_on = waiting.aggregate(day=Min("due_on"))["day"]
        tone = "bad" if due_on < timezone.localdate() else "info"
        lines.append(Todo("Отчитаться об устранении недостатков", page, "", tone, due_on, count, order=46))
    return lines


def _for_department(user: Any) -> list[Todo]:
    board, lines = reverse("noko:measures"), []
    measures = Measure.objects.visible_to(user)
    overdue = measures.overdue()
    count = overdue.count()
    if count:
        due_on = overdue.aggregate(day=Min("due_on"))["day"]
        title = "Недостатки не устранены в срок"
        lines.append(Todo(title, f"{board}?overdue=on", "По независимой оценке.", "bad", due_on, count, order=47))
    reported = measures.filter(state=Measure.State.REPORTED).count()
    if reported:
        title = "Проверить отчёты об устранении недостатков"
        lines.append(Todo(title, f"{board}?state=reported", tone="info", count=reported, order=48))
    preview = OperatorReport.objects.filter(state=OperatorReport.State.PREVIEW).count()
    if preview:
        title = "Принять отчёт оператора независимой оценки"
        lines.append(Todo(title, reverse("noko:reports"), tone="info", count=preview, order=49))
    late = sum(1 for line in plan().lines if line.is_late or (line.is_missing and line.deadline == line.this_year))
    if late:
        title = "Независимая оценка: срок организаций кончается, в плане их нет"
        lines.append(Todo(title, reverse("noko:plan"), tone="warn", count=late, order=65))
    return lines
