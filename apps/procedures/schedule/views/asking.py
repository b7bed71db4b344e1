"""What the views of the schedule share: a refusal shown in the form, a file sent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from apps.core.findings import Refused


def told(form: Any, action: Callable[[], Any]) -> Any:
    """What the action gave; None when it was refused and the form says why."""
    try:
        return action()
    except Refused as refusal:
        for finding in refusal.findings:
            form.add_error(None, str(finding))
        return None


def said(request: Any, action: Callable[[], Any], done: str) -> bool:
    """Do it and say so; a refusal is said in its place."""
    try:
        action()
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
        return False
    messages.success(request, done)
    return True


def attachment(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
