"""Directions, indicators with versions, values of organisations, aggregates of scopes, rules of packs, reviews."""

from apps.indicators.models.figures import Aggregate, Recount, Value
from apps.indicators.models.measures import Direction, EducationLevel, Indicator, IndicatorVersion, Pack, Term
from apps.indicators.models.review import ApprovedSet, Comparison, Confirmation, LevelLink, Proposal
from apps.indicators.models.rules import Rule

__all__ = [
    "Aggregate",
    "ApprovedSet",
    "Comparison",
    "Confirmation",
    "Direction",
    "EducationLevel",
    "Indicator",
    "IndicatorVersion",
    "LevelLink",
    "Pack",
    "Proposal",
    "Recount",
    "Rule",
    "Term",
    "Value",
]
