"""Directions, indicators with versions, values of organisations, aggregates of scopes, rules of packs."""

from apps.indicators.models.figures import Aggregate, Recount, Value
from apps.indicators.models.measures import Direction, Indicator, IndicatorVersion, Pack, Term
from apps.indicators.models.rules import Rule

__all__ = [
    "Aggregate",
    "Direction",
    "Indicator",
    "IndicatorVersion",
    "Pack",
    "Recount",
    "Rule",
    "Term",
    "Value",
]
