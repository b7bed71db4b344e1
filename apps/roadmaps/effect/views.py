"""Pages of effects."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.analysis.interpretation.services import WRITERS
from apps.core import events, papers
from apps.core.findings import Refused
from apps.roadmaps.effect import PRINT, measuring, page, promised, selectors, services, subjects
from apps.roadmaps.effect.forms import ExpectationForm
from apps.roadmaps.effect.models import Expectation

READERS = (*AUTHORITY, *SCHOOL)


def _tell(request: SignedInRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


@require_safe
@role_required(*READERS)
def effects(request: SignedInRequest) -> HttpResponse:
    """What is due, what waits, what was measured."""
    context = {"board": selectors.board(request.user), "may_write": selectors.may_write(request.user)}
    return render(request, "roadmaps/effect/list.html", context)


@role_required(*WRITERS)
def effect_new(request: SignedInRequest) -> HttpResponse:
    """Name the effect that is expected of an object: `of` is «app.Model», `id` its key."""
    asked = request.GET
    subject = subjects.find(asked.get("of", ""), asked.get("id", ""), user=request.user)
    if subject is None:
        raise Http404
    form = ExpectationForm(request.POST or None, subject=subject, initial={"figure": asked.get("figure", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.expect(new=services.NewExpectation(subject=subject, **form.cleaned_data), by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            return redirect(made)
    return render(request, "roadmaps/effect/new.html", {"subject": subject, "form": form})


@require_safe
@role_required(*READERS)
def effect(request: SignedInRequest, pk: int) -> HttpResponse:
    """One expectation: before it is approved what can be seen, after that what was measured."""
    found = _mine(request, pk)
    context = {
        "page": page.page_of(found, user=request.user),
        "may_write": selectors.may_write(request.user),
        "history": events.history(found)[:20] if request.user.is_authority else [],
    }
    return render(request, "roadmaps/effect/detail.html", context)


def _mine(request: SignedInRequest, pk: int) -> Expectation:
    return get_object_or_404(Expectation.objects.visible_to(request.user).with_details(), pk=pk)


@require_POST
@role_required(*WRITERS)
def effect_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    try:
        services.approve(expectation=found, by=request.user)
    except Refused as refusal:
        _tell(request, refusal)
    else:
        messages.success(request, "Ожидание утверждено. Портал измерит эффект сам, когда придут данные.")
    return redirect(found)


@require_POST
@role_required(*WRITERS)
def effect_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    try:
        services.withdraw(expectation=found, reason=request.POST.get("reason", ""), by=request.user)
    except Refused as refusal:
        _tell(request, refusal)
    else:
        messages.success(request, "Ожидание снято, в истории оно осталось.")
    return redirect(found)


@require_POST
@role_required(*WRITERS)
def effect_measure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a worker measure it, for the first time or again."""
    found = _mine(request, pk)
    try:
        measuring.start(expectation=found, by=request.user)
    except Refused as refusal:
        _tell(request, refusal)
    return redirect(found)


@require_POST
@role_required(*READERS)
def effect_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a worker typeset what this reader sees."""
    found = _mine(request, pk)
    job = papers.order(
        kind=PRINT,
        arguments={"expectation_id": found.pk},
        url_name="roadmaps:effect_file",
        title=f"Печать эффекта: {found.subject_title}",
        by=request.user,
    )
    return redirect("core:job", job.pk)


@require_safe
@role_required(*READERS)
def effect_file(request: SignedInRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file, for the person who asked for it."""
    return papers.give(kind=PRINT, identifier=pk, to=request.user)


@login_not_required
@cache_control(public=True, max_age=60)
@require_safe
def effect_methods(request: HttpRequest) -> HttpResponse:
    """How effects are measured, and how often that is right. No organisation is named."""
    context = {"promised": promised, "rows": page.promised_rows(), "rules": page.rules()}
    return render(request, "roadmaps/effect/methods.html", context)
