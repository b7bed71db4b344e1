"""Assessment procedures: works and their scales, imported files, results as matrices and their additive parts."""

from apps.procedures.models.files import Batch, ParticipatingSchool, QuarantinedRow, ResultFile
from apps.procedures.models.results import GroupResult, ResultAggregate, ResultBlock
from apps.procedures.models.works import Item, Procedure, SourceState, Subject
from apps.procedures.studies.models import Study, StudyRequest

__all__ = [
    "Batch",
    "GroupResult",
    "Item",
    "ParticipatingSchool",
    "Procedure",
    "QuarantinedRow",
    "ResultAggregate",
    "ResultBlock",
    "ResultFile",
    "SourceState",
    "Study",
    "StudyRequest",
    "Subject",
]
