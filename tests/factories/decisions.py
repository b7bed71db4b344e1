"""Factories of decisions: repeatable, invented."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from apps.accounts.models import User
from apps.roadmaps.decisions.models import Assignment, Decision
from apps.roadmaps.decisions.services import NewDecision, NewItem, create_decision, sign_decision

SIGNED_ON = date(2022, 3, 24)


def draft(by: User, items: Sequence[NewItem] = (), **changes: Any) -> Decision:
    """A draft that states a reason instead of an analysis."""
    values = {"title": "Об итогах семинара", "signer": "Н. Е. Дерябина", "reason_without_analysis": "по плану работы"}
    return create_decision(new=NewDecision(**{**values, "items": items, **changes}), by=by)


def signed(
    by: User, items: Sequence[NewItem], *, number: str = "390", on: date = SIGNED_ON, **changes: Any
) -> Decision:
    return sign_decision(decision=draft(by, items, **changes), number=number, signed_on=on, by=by)


def line_of(decision: Decision, number: str = "", **where: Any) -> Assignment:
    """The first line of an item; of the first item without a number."""
    found = Assignment.objects.filter(item__decision=decision, **where).order_by("item__position", "pk")
    line = (found.filter(item__number=number) if number else found).first()
    assert line is not None
    return line
