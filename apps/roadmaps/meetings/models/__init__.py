"""Meetings with their agenda, people, protocol, task sheets and series."""

from apps.roadmaps.meetings.models.agenda import AgendaItem, ApprovedDocument, Material, Talk, Vote
from apps.roadmaps.meetings.models.meetings import Meeting, Subgroup
from apps.roadmaps.meetings.models.people import Invitee, QualityOfficer
from apps.roadmaps.meetings.models.series import Series, Session
from apps.roadmaps.meetings.models.sheets import AnswerGroup, Sheet, SheetCell, SheetFill

__all__ = [
    "AgendaItem",
    "AnswerGroup",
    "ApprovedDocument",
    "Invitee",
    "Material",
    "Meeting",
    "QualityOfficer",
    "Series",
    "Session",
    "Sheet",
    "SheetCell",
    "SheetFill",
    "Subgroup",
    "Talk",
    "Vote",
]
