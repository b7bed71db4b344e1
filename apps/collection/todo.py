"""What awaits a person in the collection of data, for «Сегодня»."""

from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.collection.models import Campaign, Submission
from apps.collection.selectors import selfexam_todo
from apps.collection.selectors.tasks import Task, tasks_of
from apps.collection.states import State
from apps.core.figures import plural
from apps.core.todo import Todo

SOON_DAYS = 3


def todo_for(user: Any) -> list[Todo]:
    """A school's forms to fill, mend or send; the department's submissions to review and late organisations."""
    if user.is_school:
        forms = [_of_task(task, user) for task in tasks_of(user) if _is_awaited(task)]
        return [*forms, *selfexam_todo.of_school(user)]
    if user.is_department:
        return [*_to_review(), *_late(), *selfexam_todo.of_department()]
    return []


def _is_awaited(task: Task) -> bool:
    return task.submission.is_open


def _of_task(task: Task, user: Any) -> Todo:
    submission = task.submission
    due_on, title = submission.due_on, submission.form.short_title
    tone = "bad" if submission.is_late else "warn" if submission.days_left() <= SOON_DAYS else "info"
    url = submission.get_absolute_url()
    if submission.state == State.RETURNED:
        return Todo(
            f"Исправить и отправить снова: {title}", url, submission.return_comment[:150], "bad", due_on, order=10
        )
    if task.filled and not task.left:
        if user.role == Role.DIRECTOR:
            return Todo(
                f"Проверить и отправить: {title}", url, "Все обязательные строки заполнены.", tone, due_on, order=15
            )
        return Todo(
            f"Попросить руководителя отправить: {title}",
            url,
            "Все обязательные строки заполнены.",
            tone,
            due_on,
            order=30,
        )
    note = f"Заполнено {task.filled} из {task.needed}." if task.filled else "Ещё не начато."
    return Todo(f"Заполнить: {title}", url, note, tone, due_on, order=20)


def _to_review() -> list[Todo]:
    waiting = (
        Campaign.objects.filter(submissions__state=State.SUBMITTED)
        .annotate(waiting=Count("submissions"))
        .order_by("due_on")
    )
    return [
        Todo(
            f"Проверить формы: {campaign.title}",
            f"{campaign.get_absolute_url()}?state=submitted",
            _waiting(campaign.waiting),
            "info",
            count=campaign.waiting,
            order=20,
        )
        for campaign in waiting
    ]


def _waiting(count: int) -> str:
    return f"{plural(count, 'Ждёт', 'Ждут', 'Ждут')} проверки {count} {plural(count, 'форма', 'формы', 'форм')}."


def _not_handed_in(count: int) -> str:
    verb = plural(count, "Не сдала", "Не сдали", "Не сдали")
    return f"{verb} {count} {plural(count, 'организация', 'организации', 'организаций')}."


def _late() -> list[Todo]:
    """Campaigns still open with forms whose day has passed."""
    today = timezone.localdate()
    late = Submission.objects.late(today).filter(campaign__state=Campaign.State.OPEN)
    counted = late.values("campaign", "campaign__title", "campaign__due_on").annotate(
        organizations=Count("organization", distinct=True)
    )
    return [
        Todo(
            f"Напомнить просрочившим: {row['campaign__title']}",
            reverse("collection:board", args=[row["campaign"]]) + "?late=on",
            _not_handed_in(row["organizations"]),
            "bad",
            row["campaign__due_on"],
            count=row["organizations"],
            order=25,
        )
        for row in counted.order_by("campaign__due_on")
    ]
