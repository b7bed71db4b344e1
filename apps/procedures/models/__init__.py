"""Assessment procedures: works and their scales, imported files, results as matrices and their additive parts."""

from apps.procedures.documents.models import DocumentDraft
from apps.procedures.instruments.models import Instrument
from apps.procedures.mapping.models import MappingProfile
from apps.procedures.markers.models import ExternalMarker, MarkerList
from apps.procedures.models.files import Batch, ParticipatingSchool, QuarantinedRow, ResultFile
from apps.procedures.models.results import GroupResult, ReplacedResult, ResultAggregate, ResultBlock
from apps.procedures.models.works import Item, Procedure, SourceState, Subject
from apps.procedures.olympiads.models import Olympiad, OlympiadCount, OlympiadPupils
from apps.procedures.people.models import Association, Person
from apps.procedures.scales.models import WorkDescription
from apps.procedures.schedule.models import Condition, Duty, Participation, Sitting, Step, StepMark, SubjectHours
from apps.procedures.studies.models import Study, StudyRequest

__all__ = [
    "Association",
    "Batch",
    "Condition",
    "DocumentDraft",
    "Duty",
    "GroupResult",
    "Instrument",
    "Item",
    "Participation",
    "ExternalMarker",
    "GroupResult",
    "Item",
    "MappingProfile",
    "MarkerList",
    "Olympiad",
    "OlympiadCount",
    "OlympiadPupils",
    "ParticipatingSchool",
    "Person",
    "Procedure",
    "QuarantinedRow",
    "ReplacedResult",
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
    "WorkDescription",
]
