"""Instruments, requirements of marking, internal assessment, analyses of associations, explanatory events."""

from apps.procedures.instruments.models.analyses import WorkAnalysis
from apps.procedures.instruments.models.bank import Instrument, Opening
from apps.procedures.instruments.models.events import ExplanatoryEvent, Topic
from apps.procedures.instruments.models.internal import InternalCheck, InternalCriteria
from apps.procedures.instruments.models.requirements import MarkingRequirement, RequirementReceipt

__all__ = [
    "ExplanatoryEvent",
    "Instrument",
    "InternalCheck",
    "InternalCriteria",
    "MarkingRequirement",
    "Opening",
    "RequirementReceipt",
    "Topic",
    "WorkAnalysis",
]
