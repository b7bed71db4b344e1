"""Pages of discussions with the public council."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, Role
from apps.core.findings import Refused
from apps.library.access import WRITERS
from apps.library.asking import tell
from apps.library.council import services
from apps.library.council.forms import CloseForm, CommentForm, OpenForm, VoteForm
from apps.library.council.models import Discussion, Vote
from apps.library.documents.models import DocumentVersion

COUNCIL = (*AUTHORITY, Role.PUBLIC_REPRESENTATIVE)


@require_safe
@role_required(*COUNCIL)
def discussions(request: SignedInRequest) -> HttpResponse:
    found = Discussion.objects.visible_to(request.user).select_related("version__document")
    found = found.defer("version__text", "version__search", "version__document__search")
    counted = found.annotate(
        comment_count=Count("comments", distinct=True), vote_count=Count("votes", distinct=True)
    ).order_by("-opened_at", "-pk")
    page = Paginator(counted, 20).get_page(request.GET.get("page"))
    return render(request, "library/council/list.html", {"page": page})


@role_required(*WRITERS)
def discussion_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a draft to the council."""
    version = get_object_or_404(DocumentVersion.objects.visible_to(request.user).select_related("document"), pk=pk)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_discussion(version=version, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Проект открыт членам общественного совета.")
            return redirect(made)
    return render(request, "library/council/new.html", {"form": form, "version": version})


def _discussion(request: SignedInRequest, pk: int) -> Discussion:
    visible = Discussion.objects.visible_to(request.user).select_related("version__document", "version__file")
    return get_object_or_404(visible, pk=pk)


def _show(request: SignedInRequest, found: Discussion, **forms: Any) -> HttpResponse:
    votes = list(found.votes.select_related("member"))
    own = next((one for one in votes if one.member_id == request.user.pk), None)
    counts = [(text, sum(one.choice == value for one in votes)) for value, text in Vote.Choice.choices]
    may_vote = request.user.role == Role.PUBLIC_REPRESENTATIVE and found.is_running
    context = {
        "discussion": found,
        "version": found.version,
        "comments": found.comments.select_related("author"),
        "votes": votes,
        "counts": counts,
        "own": own,
        "comment_form": (forms.get("comment_form") or CommentForm()) if found.is_running else None,
        "vote_form": VoteForm(initial={"choice": own.choice if own else None}) if may_vote else None,
        "close_form": (forms.get("close_form") or CloseForm(initial={"outcome": found.outcome}))
        if request.user.role in WRITERS
        else None,
    }
    return render(request, "library/council/detail.html", context)


@require_safe
@role_required(*COUNCIL)
def discussion(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft, what was said and how the votes stand."""
    return _show(request, _discussion(request, pk))


@require_POST
@role_required(*COUNCIL)
def discussion_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _discussion(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            services.comment(discussion=found, text=form.cleaned_data["text"], by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Комментарий сохранён.")
            return redirect(found)
    return _show(request, found, comment_form=form)


@require_POST
@role_required(Role.PUBLIC_REPRESENTATIVE)
def discussion_vote(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _discussion(request, pk)
    try:
        made = services.vote(discussion=found, choice=request.POST.get("choice", ""), by=request.user)
        messages.success(
            request, f"Ваш голос записан: {made.get_choice_display()}. До конца обсуждения его можно сменить."
        )
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    return redirect(found)


@require_POST
@role_required(*WRITERS)
def discussion_close(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _discussion(request, pk)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            services.close(discussion=found, outcome=form.cleaned_data["outcome"], by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Итог записан, обсуждение завершено.")
            return redirect(found)
    return _show(request, found, close_form=form)
