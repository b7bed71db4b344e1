"""Decisions with items, the lines of their execution, annexes, approval and templates."""

from apps.roadmaps.decisions.models.acts import DecisionTemplate
from apps.roadmaps.decisions.models.assignments import Assignment, AssignmentProof, TermExtension
from apps.roadmaps.decisions.models.decisions import ApprovalStep, Decision, DecisionAnnex, DecisionItem

__all__ = [
    "ApprovalStep",
    "Assignment",
    "AssignmentProof",
    "Decision",
    "DecisionAnnex",
    "DecisionItem",
    "DecisionTemplate",
    "TermExtension",
]
