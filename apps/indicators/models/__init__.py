"""Directions, indicators with versions, values, aggregates, rules, reviews, targets, goals, reference series.

Beside them what is decided about indicators (twins, sources) and what is given away (requests, exports, the log).
"""

from apps.indicators.models.figures import Aggregate, ChangedOrganization, Recount, Value
from apps.indicators.models.goals import Goal
from apps.indicators.models.measures import Direction, EducationLevel, Indicator, IndicatorVersion, Pack, Term
from apps.indicators.models.references import ReferencePoint, ReferenceSeries
from apps.indicators.models.requests import DataDispatch, DataExport, InformationRequest
from apps.indicators.models.review import ApprovedSet, Comparison, Confirmation, LevelLink, Proposal
from apps.indicators.models.rules import Rule
from apps.indicators.models.sources import DataSource, SourceLink
from apps.indicators.models.targets import Cause, Target
from apps.indicators.models.twins import Twin

__all__ = [
    "Aggregate",
    "ApprovedSet",
    "Cause",
    "ChangedOrganization",
    "Comparison",
    "Confirmation",
    "DataDispatch",
    "DataExport",
    "DataSource",
    "Direction",
    "EducationLevel",
    "Goal",
    "Indicator",
    "IndicatorVersion",
    "InformationRequest",
    "LevelLink",
    "Pack",
    "Proposal",
    "Recount",
    "ReferencePoint",
    "ReferenceSeries",
    "Rule",
    "SourceLink",
    "Target",
    "Term",
    "Twin",
    "Value",
]
