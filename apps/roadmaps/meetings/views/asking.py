"""What the views of meetings share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from apps.accounts.access import SignedInRequest
from apps.core.findings import Refused
from apps.roadmaps.meetings.models import Meeting
from apps.roadmaps.meetings.services import WRITERS


def meeting_of(request: SignedInRequest, pk: int) -> Meeting:
    found: Meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_details(), pk=pk)
    return found


def page(meeting: Meeting, request: SignedInRequest, tab: str) -> dict[str, Any]:
    """What every page of a meeting says of it."""
    return {"meeting": meeting, "tab": tab, "may_write": request.user.has_role(*WRITERS)}


def done(request: SignedInRequest, act: Callable[[], Any], text: str = "") -> bool:
    """Do it; say that it is done, or why it was refused."""
    try:
        act()
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, str(finding))
        return False
    if text:
        messages.success(request, text)
    return True


def filled(request: SignedInRequest, form: forms.Form, act: Callable[[], Any], text: str = "") -> bool:
    """Do what a sent form asks; its faults and those of the service stand in the form, and what was typed stays."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_error(None, [str(finding) for finding in refused.findings])
        return False
    if text:
        messages.success(request, text)
    return True


def attachment(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
