"""Forms of decisions: they turn what was typed into domain values."""

from apps.roadmaps.decisions.forms.executing import ReportForm, ReviewForm, TermForm
from apps.roadmaps.decisions.forms.preparing import (
    AnnexForm,
    ApprovalForm,
    CancelForm,
    ControllerForm,
    DecisionForm,
    ItemForm,
    ItemsForm,
    SignForm,
    TemplateForm,
)

__all__ = [
    "AnnexForm",
    "ApprovalForm",
    "CancelForm",
    "ControllerForm",
    "DecisionForm",
    "ItemForm",
    "ItemsForm",
    "ReportForm",
    "ReviewForm",
    "SignForm",
    "TemplateForm",
    "TermForm",
]
