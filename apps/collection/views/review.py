"""A submission as the authority sees it: values beside last year, remarks, explanations, history; accept or return."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.collection import services
from apps.collection.forms import CommentForm, ExtensionForm
from apps.collection.models import Submission
from apps.collection.selectors.page import SubmissionPage
from apps.collection.views import tell
from apps.core import events
from apps.core.findings import Refused

UNPROCESSABLE = 422


def _submission(request: SignedInRequest, pk: int) -> Submission:
    found = Submission.objects.visible_to(request.user).select_related(
        "campaign__period",
        "organization",
        "form",
        "period",
        "submitted_by",
        "returned_by",
        "accepted_by",
        "extended_by",
    )
    return get_object_or_404(found, pk=pk)


@require_safe
@role_required(*AUTHORITY)
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    return _review(request, _submission(request, pk), ExtensionForm())


def _review(
    request: SignedInRequest, submission: Submission, extension_form: ExtensionForm, status: int = 200
) -> HttpResponse:
    context = {
        "extension_form": extension_form,
        "submission": submission,
        "page": SubmissionPage(submission),
        "comment_form": CommentForm(),
        "changes": submission.changes.select_related("field__version__indicator", "changed_by")[:100],
        "history": events.history(submission)[:50],
        "uploads": submission.uploads.select_related("file", "uploaded_by")[:20],
    }
    return render(request, "collection/review.html", context, status=status)


@require_POST
@role_required(*DEPARTMENT)
def extend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the organisation a later day for all its forms of the campaign."""
    submission = _submission(request, pk)
    form = ExtensionForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.extend_term(
                campaign=submission.campaign, organization=submission.organization, due_on=data["due_on"],
                reason=data["reason"], by=request.user,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("due_on", [str(finding) for finding in refusal.findings])
        else:
            messages.success(
                request, f"Срок продлён до {data['due_on']:%d.%m.%Y}. Организация увидит это в своих формах."
            )
            return redirect("collection:review", pk=pk)
    return _review(request, submission, form, status=UNPROCESSABLE)


@require_POST
@role_required(*DEPARTMENT)
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept what was seen: an older revision in the form is told."""
    submission = _submission(request, pk)
    seen = request.POST.get("revision", "")
    try:
        revision = int(seen) if seen.isascii() and seen.isdigit() else -1
        services.accept_submission(submission=submission, by=request.user, revision=revision)
        messages.success(request, "Данные приняты. Показатели пересчитываются.")
    except Refused as refusal:
        tell(request, refusal)
        return redirect("collection:review", pk=pk)
    return redirect(submission.campaign)


def _commented(request: SignedInRequest, pk: int, act: Callable[[Submission, str], Any], done: str) -> HttpResponse:
    submission = _submission(request, pk)
    form = CommentForm(request.POST)
    comment = form.cleaned_data["comment"] if form.is_valid() else ""
    try:
        act(submission, comment)
        messages.success(request, done)
    except Refused as refusal:
        tell(request, refusal)
    return redirect("collection:review", pk=pk)


@require_POST
@role_required(*DEPARTMENT)
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    def act(submission: Submission, comment: str) -> None:
        services.return_submission(submission=submission, comment=comment, by=request.user)

    return _commented(request, pk, act, "Форма возвращена на доработку. Организация увидит ваш комментарий.")


@require_POST
@role_required(*DEPARTMENT)
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    def act(submission: Submission, reason: str) -> None:
        services.reopen_submission(submission=submission, reason=reason, by=request.user)

    return _commented(request, pk, act, "Форма открыта заново. Принятые значения действуют до новой приёмки.")
