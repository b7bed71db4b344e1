"""Writes of the room: forms, campaigns, uploads of workbooks, and the way of a submission to acceptance."""

from apps.collection.services.answers import save_answers
from apps.collection.services.campaigns import (
    Addressees,
    Opened,
    addressees_of,
    close_campaign,
    extend_term,
    open_campaign,
)
from apps.collection.services.forms import refresh_forms
from apps.collection.services.submissions import (
    accept_submission,
    accept_submissions,
    explain,
    reopen_submission,
    repeat_explanation,
    return_submission,
    submit_submission,
)
from apps.collection.services.uploads import confirm_upload, preview_upload

__all__ = [
    "Addressees",
    "Opened",
    "accept_submission",
    "accept_submissions",
    "addressees_of",
    "close_campaign",
    "confirm_upload",
    "explain",
    "extend_term",
    "open_campaign",
    "preview_upload",
    "refresh_forms",
    "reopen_submission",
    "repeat_explanation",
    "return_submission",
    "save_answers",
    "submit_submission",
]
