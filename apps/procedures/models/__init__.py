"""Assessment procedures: works and their scales, imported files, results as matrices and their additive parts."""

from apps.procedures.documents.models import DocumentDraft
from apps.procedures.models.files import Batch, ParticipatingSchool, QuarantinedRow, ResultFile
from apps.procedures.models.results import GroupResult, ResultAggregate, ResultBlock
from apps.procedures.models.works import Item, Procedure, SourceState, Subject
from apps.procedures.schedule.models import Duty, Participation, Sitting, Step, StepMark, SubjectHours
from apps.procedures.studies.models import Study, StudyRequest

__all__ = [
    "Batch",
    "DocumentDraft",
    "Duty",
    "GroupResult",
    "Item",
    "Participation",
    "ParticipatingSchool",
    "Procedure",
    "QuarantinedRow",
    "ResultAggregate",
    "ResultBlock",
    "ResultFile",
    "Sitting",
    "SourceState",
    "Step",
    "StepMark",
    "Study",
    "StudyRequest",
    "Subject",
    "SubjectHours",
]
