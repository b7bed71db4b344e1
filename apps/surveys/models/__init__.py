"""Questionnaires, surveys with their anonymous links, and what was answered."""

from apps.surveys.models.answers import DaySalt, DeviceMark, FreeText, NetworkCount, Response
from apps.surveys.models.questionnaires import Question, Questionnaire, Section
from apps.surveys.models.surveys import Survey, SurveyPlace

__all__ = [
    "DaySalt",
    "DeviceMark",
    "FreeText",
    "NetworkCount",
    "Question",
    "Questionnaire",
    "Response",
    "Section",
    "Survey",
    "SurveyPlace",
]
