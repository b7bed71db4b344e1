"""Days of schools, hours of the curriculum, people in charge, participation and readiness."""

from apps.procedures.schedule.models.conditions import Condition
from apps.procedures.schedule.models.days import Sitting, SubjectHours
from apps.procedures.schedule.models.duties import Duty
from apps.procedures.schedule.models.readiness import Participation, Step, StepMark

__all__ = ["Condition", "Duty", "Participation", "Sitting", "Step", "StepMark", "SubjectHours"]
