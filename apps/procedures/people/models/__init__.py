"""People of procedures, their assignments, acts and sheets."""

from apps.procedures.people.models.act_forms import ActForm
from apps.procedures.people.models.associations import Association
from apps.procedures.people.models.expertise import Criterion, ExpertSheet, ExpertTask
from apps.procedures.people.models.observing import Act, Assignment, Remark, Venue
from apps.procedures.people.models.register import Accreditation, Capacity, Person, Training

__all__ = [
    "Accreditation",
    "Act",
    "ActForm",
    "Assignment",
    "Association",
    "Criterion",
    "Capacity",
    "ExpertSheet",
    "ExpertTask",
    "Person",
    "Remark",
    "Training",
    "Venue",
]
