"""Mechanisms under trial: where, with what result, spread or stopped."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.core import events
from apps.core.findings import Refused
from apps.library.asking import tell
from apps.library.practices import services
from apps.library.practices.forms import DecideForm, TrialForm
from apps.library.practices.models import Trial


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def trials(request: SignedInRequest) -> HttpResponse:
    found = Trial.objects.visible_to(request.user).select_related("direction").prefetch_related("organizations")
    state = request.GET.get("state", "")
    narrowed = found.filter(state=state) if state in Trial.State.values else found
    context = {
        "page": Paginator(narrowed, 20).get_page(request.GET.get("page")),
        "states": Trial.State.choices,
        "state": state,
    }
    return render(request, "library/practices/trials.html", context)


def _edit(request: SignedInRequest, found: Trial | None) -> HttpResponse:
    form = TrialForm(request.POST or None, trial=found)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_trial(new=services.NewTrial(**form.cleaned_data), by=request.user, trial=found)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Апробация записана.")
            return redirect(saved)
    return render(request, "library/practices/trial_edit.html", {"form": form, "trial": found})


@role_required(*DEPARTMENT)
def trial_new(request: SignedInRequest) -> HttpResponse:
    return _edit(request, None)


@role_required(*DEPARTMENT)
def trial_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Trial.objects.visible_to(request.user), pk=pk))


@role_required(*AUTHORITY, *SCHOOL)
def trial(request: SignedInRequest, pk: int) -> HttpResponse:
    """One trial; a post of the department decides it."""
    visible = Trial.objects.visible_to(request.user).select_related("direction", "author", "decided_by")
    found = get_object_or_404(visible, pk=pk)
    may_decide = request.user.is_department and found.state == Trial.State.RUNNING
    form = DecideForm(request.POST or None, trial=found) if may_decide else None
    if request.method == "POST" and form and form.is_valid():
        try:
            services.decide_trial(trial=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Итог апробации записан.")
            return redirect(found)
    context = {
        "trial": found,
        "form": form,
        "places": found.organizations.all(),
        "spread": found.spread_to.all(),
        "history": events.history(found)[:30] if request.user.is_authority else [],
    }
    return render(request, "library/practices/trial.html", context)
