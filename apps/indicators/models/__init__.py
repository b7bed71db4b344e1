"""Directions, indicators with versions, values, aggregates, rules, reviews, targets, goals, reference series."""

from apps.indicators.models.figures import Aggregate, Recount, Value
from apps.indicators.models.goals import Goal
from apps.indicators.models.measures import Direction, EducationLevel, Indicator, IndicatorVersion, Pack, Term
from apps.indicators.models.references import ReferencePoint, ReferenceSeries
from apps.indicators.models.review import ApprovedSet, Comparison, Confirmation, LevelLink, Proposal
from apps.indicators.models.rules import Rule
from apps.indicators.models.targets import Cause, Target

__all__ = [
    "Aggregate",
    "ApprovedSet",
    "Cause",
    "Comparison",
    "Confirmation",
    "Direction",
    "EducationLevel",
    "Goal",
    "Indicator",
    "IndicatorVersion",
    "LevelLink",
    "Pack",
    "Proposal",
    "Recount",
    "ReferencePoint",
    "ReferenceSeries",
    "Rule",
    "Target",
    "Term",
    "Value",
]
