"""The one table of steps: every action from every state, and who may take it."""

import pytest

from apps.accounts.roles import Role
from apps.collection.states import ROLES, Action, State, after, refusal

ALLOWED = {
    (Action.FILL, State.NOT_STARTED): State.DRAFT,
    (Action.FILL, State.DRAFT): State.DRAFT,
    (Action.FILL, State.RETURNED): State.RETURNED,
    (Action.SUBMIT, State.DRAFT): State.SUBMITTED,
    (Action.SUBMIT, State.RETURNED): State.SUBMITTED,
    (Action.RETURN, State.SUBMITTED): State.RETURNED,
    (Action.ACCEPT, State.SUBMITTED): State.ACCEPTED,
    (Action.REOPEN, State.ACCEPTED): State.RETURNED,
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(Action))
def test_every_action_from_every_state(action: Action, state: State) -> None:
    assert after(action, state) == ALLOWED.get((action, state))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(Action))
def test_a_refusal_says_the_state_in_words(action: Action, state: State) -> None:
    assert "{" not in refusal(action, state)


def test_only_the_director_hands_in_and_only_the_department_decides() -> None:
    assert ROLES[Action.SUBMIT] == {Role.DIRECTOR}
    for action in (Action.RETURN, Action.ACCEPT, Action.REOPEN):
        assert ROLES[action] == {Role.HEAD, Role.SPECIALIST}
    assert ROLES[Action.FILL] == {Role.DIRECTOR, Role.COORDINATOR}
