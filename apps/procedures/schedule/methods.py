"""The rules of the schedule for the public page of methods."""

from collections.abc import Iterator

from apps.procedures.methods import Method, State
from apps.procedures.schedule.rules import RULES

_STATES = {"unconfirmed": State.UNCONFIRMED, "proposal": State.PROPOSAL}


def schedule_methods() -> Iterator[Method]:
    for rule in RULES:
        yield Method("График оценочных процедур", rule.title, rule.formula, rule.source, _STATES[rule.state])
