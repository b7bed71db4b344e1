"""What is asked (forms), of whom and until when (campaigns), and what was answered (submissions)."""

from apps.collection.models.campaigns import Campaign
from apps.collection.models.forms import Form, FormField, FormRule
from apps.collection.models.reminders import Reminder
from apps.collection.models.submissions import Answer, AnswerChange, ReceiptCounter, Submission, SubmissionUpload

__all__ = [
    "Answer",
    "AnswerChange",
    "Campaign",
    "Form",
    "FormField",
    "FormRule",
    "ReceiptCounter",
    "Reminder",
    "Submission",
    "SubmissionUpload",
]
