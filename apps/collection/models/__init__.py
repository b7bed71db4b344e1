"""What is asked (forms), of whom and until when (campaigns), and what was answered (submissions)."""

from apps.collection.models.achievements import AchievementCount, AchievementReport
from apps.collection.models.campaigns import Campaign, CampaignMaterial
from apps.collection.models.forms import Form, FormField, FormRule, SameIndicators
from apps.collection.models.selfexam import (
    SelfExamAttachment,
    SelfExamination,
    SelfExamPrint,
    SelfExamSection,
    SelfExamStep,
)
from apps.collection.models.sites import SiteLink
from apps.collection.models.statistics import StatisticsFile
from apps.collection.models.submissions import Answer, AnswerChange, ReceiptCounter, Submission, SubmissionUpload

__all__ = [
    "AchievementCount",
    "AchievementReport",
    "Answer",
    "AnswerChange",
    "Campaign",
    "CampaignMaterial",
    "Form",
    "FormField",
    "FormRule",
    "ReceiptCounter",
    "SameIndicators",
    "SelfExamAttachment",
    "SelfExamPrint",
    "SelfExamSection",
    "SelfExamStep",
    "SelfExamination",
    "SiteLink",
    "StatisticsFile",
    "Submission",
    "SubmissionUpload",
]
