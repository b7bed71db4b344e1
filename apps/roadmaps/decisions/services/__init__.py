"""Writes of decisions. A refusal raises `Refused` and changes nothing."""

from apps.roadmaps.decisions.services.registering import NewDecision, NewItem, create_decision
from apps.roadmaps.decisions.services.signing import cancel_decision, sign_decision

__all__ = ["NewDecision", "NewItem", "cancel_decision", "create_decision", "sign_decision"]
