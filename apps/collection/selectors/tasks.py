"""The task list of an organisation: each form with its state, its term and what to do next."""

from dataclasses import dataclass
from typing import Any

from apps.accounts.roles import Role
from apps.collection.models import Submission
from apps.collection.selectors.needed import Needed
from apps.collection.states import State
from apps.core.figures import plural


@dataclass(frozen=True)
class Task:
    submission: Submission
    needed: int
    filled: int
    next_step: str

    @property
    def left(self) -> int:
        return max(0, self.needed - self.filled)

    @property
    def term(self) -> str:
        """«осталось 3 дня» in words; empty when nothing is awaited."""
        return term_words(self.submission)


def days(count: int) -> str:
    return f"{count} {plural(count, 'день', 'дня', 'дней')}"


def term_words(submission: Submission) -> str:
    if not submission.awaits_organization:
        return ""
    left = submission.days_left()
    if left < 0:
        return f"срок прошёл {days(-left)} назад"
    verb = "остался" if left % 10 == 1 and left % 100 != 11 else "осталось"
    return "последний день" if left == 0 else f"{verb} {days(left)}"


def next_step(submission: Submission, left: int, role: str) -> str:
    """What the reader does now, in one sentence."""
    if not submission.awaits_organization:
        return _DONE[State(submission.state)]
    if not submission.is_accepting():
        return "Приём завершён. Обратитесь в управление образования."
    if submission.state in _BEGIN:
        return _BEGIN[State(submission.state)]
    if left:
        return f"Заполните оставшиеся строки: {left}."
    if role == Role.DIRECTOR:
        return "Проверьте данные и отправьте форму."
    return "Всё заполнено. Попросите руководителя проверить и отправить форму."


_DONE = {
    State.ACCEPTED: "Ничего делать не нужно: данные приняты.",
    State.SUBMITTED: "Ждите проверки: управление примет данные или вернёт с замечаниями.",
}
_BEGIN = {
    State.RETURNED: "Прочитайте замечания, исправьте данные и отправьте форму снова.",
    State.NOT_STARTED: "Заполните разделы на портале или скачайте книгу Excel.",
}


def tasks_of(user: Any) -> list[Task]:
    """Two queries; what awaits action first, then by term."""
    rows = list(
        Submission.objects.visible_to(user)
        .select_related("campaign__period", "form", "organization", "period")
        .with_progress()
    )
    needed = Needed.of({row.form_id for row in rows})
    tasks = [
        Task(row, total := needed.by(row), row.filled, next_step(row, total - row.filled, user.role)) for row in rows
    ]
    return sorted(tasks, key=_urgency)


def _urgency(task: Task) -> tuple[bool, Any, str]:
    submission = task.submission
    return (not submission.awaits_organization, submission.due_on, submission.form.code)
