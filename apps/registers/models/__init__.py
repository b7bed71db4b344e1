"""Registers of organisations: one abstract base, an explicit model each."""

from apps.registers.models.base import Entry
from apps.registers.models.education import EducationalProgramme, TalentTeacher, UpbringingPractice
from apps.registers.models.partners import Agreement, GraduateChoice, JointAction, LabourNeed, ProfessionGroup

__all__ = [
    "Agreement",
    "EducationalProgramme",
    "Entry",
    "GraduateChoice",
    "JointAction",
    "LabourNeed",
    "ProfessionGroup",
    "TalentTeacher",
    "UpbringingPractice",
]
