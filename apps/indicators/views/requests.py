"""«Запросы информации»: what external users ask for and what they were answered."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import events
from apps.core.findings import Refused
from apps.indicators.forms.requests import AnswerForm, RequestFilter, RequestForm
from apps.indicators.models import InformationRequest
from apps.indicators.services.requests import answer_request, save_request


def _into_form(form: Any, refusal: Refused) -> None:
    form.add_error(None, [str(finding) for finding in refusal.findings])


@require_safe
@role_required(*AUTHORITY)
def index(request: SignedInRequest) -> HttpResponse:
    everything = InformationRequest.objects.visible_to(request.user)
    late = Q(state="open", due_on__lt=timezone.localdate())
    counts = everything.aggregate(
        total=Count("pk"),
        open=Count("pk", filter=Q(state="open")),
        overdue=Count("pk", filter=late),
        regular=Count("pk", filter=Q(need__in=["regular", "future"])),
    )
    narrow = RequestFilter(request.GET or None)
    found = everything
    if narrow.is_valid():
        state, kind = narrow.cleaned_data["state"], narrow.cleaned_data["kind"]
        found = found.overdue() if state == "overdue" else found.filter(state=state) if state else found
        found = found.filter(asker_kind=kind) if kind else found
    context = {
        "counts": counts,
        "filter": narrow,
        "requests": found.annotate(asked=Count("indicators", distinct=True), given=Count("dispatches", distinct=True)),
    }
    return render(request, "indicators/requests.html", context)


@role_required(*DEPARTMENT)
def create(request: SignedInRequest) -> HttpResponse:
    return _edit(request, None)


@role_required(*DEPARTMENT)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(InformationRequest.objects.visible_to(request.user), pk=pk, state="open")
    return _edit(request, asked)


def _edit(request: SignedInRequest, row: InformationRequest | None) -> HttpResponse:
    form = RequestForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_request(asked=form.asked(), by=request.user, request=row)
        except Refused as refusal:
            _into_form(form, refusal)
        else:
            messages.success(request, "Запрос сохранён.")
            return redirect(saved)
    return render(request, "indicators/request_edit.html", {"form": form, "row": row})


@role_required(*AUTHORITY)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request; the department answers it by a post."""
    asked = get_object_or_404(InformationRequest.objects.visible_to(request.user), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and request.user.is_department and form.is_valid():
        try:
            answer_request(request=asked, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            _into_form(form, refusal)
        else:
            messages.success(request, "Ответ записан.")
            return redirect(asked)
    context = {
        "row": asked,
        "indicators": asked.indicators.all(),
        "dispatches": asked.dispatches.select_related("export__file", "recorded_by"),
        "form": form,
        "history": events.history(asked),
    }
    return render(request, "indicators/request.html", context)
