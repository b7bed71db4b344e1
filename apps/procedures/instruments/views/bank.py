"""The bank of instruments."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import events, files
from apps.core.findings import Refused
from apps.procedures.instruments import selectors
from apps.procedures.instruments.filters import InstrumentFilter
from apps.procedures.instruments.forms import DecisionForm, InstrumentForm
from apps.procedures.instruments.models import Instrument
from apps.procedures.instruments.services import bank as services
from apps.procedures.people.forms.base import tell

READERS = (*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER, Role.EXPERT)


@require_safe
@role_required(*READERS)
def bank(request: SignedInRequest) -> HttpResponse:
    """What the person may open; the authority sees all states, what waits first."""
    visible = Instrument.objects.visible_to(request.user).select_related("subject", "created_by")
    inside = request.user.is_authority or request.user.role == Role.ASSOCIATION_LEADER
    narrowed = InstrumentFilter(request.GET, queryset=visible, with_state=inside)
    page = Paginator(narrowed.qs, 50).get_page(request.GET.get("page"))
    waiting = visible.filter(state=Instrument.State.PROPOSED) if request.user.is_authority else None
    context = {
        "filter": narrowed, "page": page, "waiting": waiting,
        "may_add": request.user.has_role(*services.ADDERS), "inside": inside, "any": visible.exists(),
    }  # fmt: skip
    return render(request, "procedures/instruments/bank.html", context)


@role_required(*services.ADDERS)
def create(request: SignedInRequest) -> HttpResponse:
    subjects = selectors.subjects_for(request.user)
    form = InstrumentForm(request.POST or None, request.FILES or None, subjects=subjects)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_instrument(
                data=services.InstrumentData(**form.values), upload=form.upload, by=request.user
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            waits = made.state == Instrument.State.PROPOSED
            messages.success(
                request, "Материал направлен на согласование методисту." if waits else "Материал добавлен в банк."
            )
            return redirect(made)
    return render(request, "procedures/instruments/instrument_edit.html", {"form": form})


def _instrument(request: SignedInRequest, pk: int) -> Instrument:
    found = Instrument.objects.visible_to(request.user).select_related("subject", "file", "created_by", "decided_by")
    return get_object_or_404(found, pk=pk)


@role_required(*services.ADDERS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _instrument(request, pk)
    if not services.may_change(row, request.user):
        raise Http404
    form = InstrumentForm(
        request.POST or None,
        request.FILES or None,
        initial=InstrumentForm.initial_of(row),
        subjects=selectors.subjects_for(request.user),
        has_file=True,
    )
    if request.method == "POST" and form.is_valid():
        try:
            data = services.InstrumentData(**form.values)
            services.change_instrument(instrument=row, data=data, upload=form.upload, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Сохранено.")
            return redirect(row)
    return render(request, "procedures/instruments/instrument_edit.html", {"form": form, "instrument": row})


@role_required(*READERS)
def instrument(request: SignedInRequest, pk: int) -> HttpResponse:
    """One instrument; who approves decides here."""
    row = _instrument(request, pk)
    may_decide = request.user.has_role(*services.APPROVERS) and row.state != Instrument.State.ARCHIVED
    form = DecisionForm(request.POST or None) if may_decide else None
    if request.method == "POST" and form is not None and form.is_valid():
        state = next((each for each in Instrument.State.values if each in request.POST), "")
        try:
            services.decide_instrument(instrument=row, state=state, answer=form.cleaned_data["answer"], by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Решение сохранено.")
            return redirect(row)
    inside = request.user.is_authority or row.created_by_id == request.user.pk
    context: dict[str, Any] = {
        "instrument": row, "form": form, "may_change": services.may_change(row, request.user), "inside": inside,
        "history": events.history(row) if inside else None,
    }  # fmt: skip
    return render(request, "procedures/instruments/instrument.html", context)


@require_safe
@role_required(*READERS)
def instrument_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The file; who opened it stays in the history."""
    row = _instrument(request, pk)
    services.record_opening(instrument=row, by=request.user)
    return files.send_private(row.file)
