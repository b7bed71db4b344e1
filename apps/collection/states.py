"""States of a submission and who may move it where. The one place: pages, commands and services ask here."""

from enum import StrEnum

from django.db import models

from apps.accounts.roles import DEPARTMENT, SCHOOL, Role


class State(models.TextChoices):
    NOT_STARTED = "not_started", "не начато"
    DRAFT = "draft", "заполняется"
    SUBMITTED = "submitted", "на проверке"
    RETURNED = "returned", "на доработке"
    ACCEPTED = "accepted", "принято"


TONES = {
    State.NOT_STARTED: "neutral",
    State.DRAFT: "info",
    State.SUBMITTED: "info",
    State.RETURNED: "warn",
    State.ACCEPTED: "good",
}


class Action(StrEnum):
    FILL = "fill"
    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    REOPEN = "reopen"


TRANSITIONS: dict[tuple[Action, str], State] = {
    (Action.FILL, State.NOT_STARTED): State.DRAFT,
    (Action.FILL, State.DRAFT): State.DRAFT,
    (Action.FILL, State.RETURNED): State.RETURNED,  # stays «на доработке» until it is handed in again
    (Action.SUBMIT, State.DRAFT): State.SUBMITTED,
    (Action.SUBMIT, State.RETURNED): State.SUBMITTED,
    (Action.RETURN, State.SUBMITTED): State.RETURNED,
    (Action.ACCEPT, State.SUBMITTED): State.ACCEPTED,
    (Action.REOPEN, State.ACCEPTED): State.RETURNED,
}

ROLES: dict[Action, frozenset[Role]] = {
    Action.FILL: SCHOOL,
    Action.SUBMIT: frozenset({Role.DIRECTOR}),
    Action.RETURN: DEPARTMENT,
    Action.ACCEPT: DEPARTMENT,
    Action.REOPEN: DEPARTMENT,
}

LAUNCHERS = DEPARTMENT | {Role.METHODOLOGIST}  # may compose forms and open campaigns; the department judges

REFUSALS: dict[Action, str] = {
    Action.FILL: "Изменить данные сейчас нельзя: форма {state}.",
    Action.SUBMIT: "Отправить форму сейчас нельзя: она {state}.",
    Action.RETURN: "Вернуть можно только форму, которая на проверке. Сейчас она {state}.",
    Action.ACCEPT: "Принять можно только форму, которая на проверке. Сейчас она {state}.",
    Action.REOPEN: "Открыть заново можно только принятую форму. Сейчас она {state}.",
}

_STATE_WORDS = {
    State.NOT_STARTED: "ещё не начата",
    State.DRAFT: "заполняется организацией",
    State.SUBMITTED: "на проверке",
    State.RETURNED: "на доработке",
    State.ACCEPTED: "принята",
}


def after(action: Action, state: str) -> State | None:
    """The state that follows, or None where the step does not exist."""
    return TRANSITIONS.get((action, state))


def refusal(action: Action, state: str) -> str:
    """Why the step does not exist from this state, for people."""
    return REFUSALS[action].format(state=_STATE_WORDS[State(state)])
