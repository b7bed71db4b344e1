"""Independent assessment of conditions: the plan, the operator's reports, what came out, what is mended."""

from apps.noko.models.assessments import Assessment, OperatorReport, PlanEntry
from apps.noko.models.measures import Measure, Shortcoming

__all__ = ["Assessment", "Measure", "OperatorReport", "PlanEntry", "Shortcoming"]
