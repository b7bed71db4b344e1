"""The gate of every write to a submission: lock, right, state, term, and «has anybody changed it meanwhile»."""

from typing import Any

from django.utils import timezone

from apps.collection.models import Submission
from apps.collection.states import ROLES, SCHOOL, Action, after, refusal
from apps.core.findings import Refused, error

BY_SCHOOL = frozenset({Action.FILL, Action.SUBMIT})


def lock(submission: Submission, action: Action, by: Any, *, revision: int | None = None) -> Submission:
    """The row, locked, if the step is allowed now to this person. Raises Refused.

    `by` is None for an operator at the machine, who may fill for an organisation and nothing else.
    `revision` is what the person saw; a newer one means that somebody was faster.
    """
    locked = Submission.objects.select_for_update(of=("self",)).select_related("campaign", "form", "organization")
    submission = locked.get(pk=submission.pk)
    _require_right(submission, action, by)
    if after(action, submission.state) is None:
        raise Refused([error("state", refusal(action, submission.state), action="Обновите страницу.")])
    if action in BY_SCHOOL:
        require_term(submission)
    if revision is not None and revision != submission.revision:
        message = "Пока вы смотрели форму, её изменил другой сотрудник. Ничего не записано."
        raise Refused([error("changed_meanwhile", message, action="Обновите страницу и проверьте данные ещё раз.")])
    return submission


def _require_right(submission: Submission, action: Action, by: Any) -> None:
    if by is None and action == Action.FILL:
        return
    allowed = by is not None and by.is_active and by.role in ROLES[action]
    if allowed and by.role in SCHOOL:
        allowed = by.organization == submission.organization
    if allowed:
        return
    if action == Action.SUBMIT and by is not None and by.organization == submission.organization:
        message = "Отправить форму может только руководитель организации."
        raise Refused([error("director_only", message, action="Попросите его проверить данные и отправить форму.")])
    raise Refused([error("no_right", "У вас нет права на это действие.")])


def require_term(submission: Submission) -> None:
    """The moment of receipt decides: up to the end of the closing day, municipal time."""
    campaign, today = submission.campaign, timezone.localdate()
    if submission.is_accepting(today):
        return
    if campaign.opens_on > today:
        message = f"Приём ещё не открыт: он начнётся {campaign.opens_on:%d.%m.%Y}."
    else:
        day = min(submission.closes_on, today) if campaign.state == "open" else campaign.closes_on
        message = f"Приём данных завершён ({day:%d.%m.%Y})."
    contacts = f" Контакты: {campaign.contacts}." if campaign.contacts else ""
    raise Refused([error("term", message, action=f"Обратитесь в управление образования.{contacts}")])


def move(submission: Submission, action: Action, **fields: Any) -> Submission:
    """Take the step and keep `fields` with it. The row is locked by `lock`."""
    state = after(action, submission.state)
    assert state is not None
    submission.state = state
    for name, value in fields.items():
        setattr(submission, name, value)
    submission.save(update_fields=["state", *fields])
    return submission
