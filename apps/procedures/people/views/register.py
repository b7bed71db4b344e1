"""The register: list, card, entries of accreditation and training, invitation, nominations."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import events
from apps.core.findings import Refused
from apps.procedures.people import selectors
from apps.procedures.people.filters import PersonFilter
from apps.procedures.people.forms.base import tell
from apps.procedures.people.forms.register import AccreditationForm, DecisionForm, PersonForm, ReasonForm, TrainingForm
from apps.procedures.people.models import Person
from apps.procedures.people.services import register as services
from apps.procedures.people.tables import PersonTable


@require_safe
@role_required(*AUTHORITY)
def people(request: SignedInRequest) -> HttpResponse:
    """Who is in the register, with a flag at expired accreditation; nominations above."""
    narrowed = PersonFilter(request.GET, queryset=selectors.register())
    table = PersonTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    waiting = selectors.register().filter(state=Person.State.PROPOSED).select_related("created_by")
    context = {"filter": narrowed, "table": table, "counts": selectors.counts(), "waiting": waiting}
    return render(request, "procedures/people/register.html", context)


def _person(pk: int) -> Person:
    return get_object_or_404(selectors.register(), pk=pk)


@role_required(*DEPARTMENT)
def create(request: SignedInRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_person(data=form.person_data(), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Человек внесён в реестр. Внесите аккредитацию и обучение, пригласите на портал.")
            return redirect(made)
    return render(request, "procedures/people/edit.html", {"form": form})


@role_required(*DEPARTMENT)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _person(pk)
    form = PersonForm(request.POST or None, initial=PersonForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_person(person=row, data=form.person_data(), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Сохранено.")
            return redirect(row)
    return render(request, "procedures/people/edit.html", {"form": form, "person": row})


@role_required(*AUTHORITY)
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One card; the department adds accreditation and training, decides a nomination."""
    row = _person(pk)
    forms = _forms(request, row) if request.user.is_department else {}
    if request.method == "POST" and forms and _saved(request, row, forms):
        return redirect(row)
    context = {
        "person": row,
        "accreditation": row.accreditation_state(),
        "assignments": row.assignments.with_places().order_by("-on"),
        "sheets": row.sheets.select_related("task").order_by("-task__due_on"),
        "history": events.history(row),
        **forms,
    }
    return render(request, "procedures/people/person.html", context)


def _forms(request: SignedInRequest, row: Person) -> dict[str, Any]:
    """The forms of the card; only the pressed one is bound."""

    def data(name: str, *others: str) -> Any:
        return request.POST if any(button in request.POST for button in (name, *others)) else None

    made: dict[str, Any] = {
        "accreditation_form": AccreditationForm(data("accreditation")),
        "training_form": TrainingForm(data("training")),
    }
    if row.state == Person.State.PROPOSED:
        made["decision_form"] = DecisionForm(data("accept", "decline"))
    return made


def _saved(request: SignedInRequest, row: Person, forms: dict[str, Any]) -> bool:
    """Do what the pressed button says; a refusal is told in its form."""
    name, form = next(((name, form) for name, form in forms.items() if form.is_bound), ("", None))
    if form is None or not form.is_valid():
        return False
    try:
        if name == "accreditation_form":
            services.record_accreditation(person=row, **form.cleaned_data, by=request.user)
        elif name == "training_form":
            services.record_training(person=row, **form.cleaned_data, by=request.user)
        else:
            accept = "accept" in request.POST
            services.decide_nomination(person=row, accept=accept, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as refusal:
        tell(form, refusal)
        return False
    messages.success(request, "Сохранено.")
    return True


@require_POST
@role_required(*DEPARTMENT)
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the person an account in one of their capacities."""
    row = _person(pk)
    try:
        sent = services.invite_person(person=row, capacity=request.POST.get("capacity", ""), by=request.user)
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    else:
        messages.success(request, f"Приглашение отправлено: {row.email}." if sent else "Учётная запись связана.")
    return redirect(row)


@role_required(*DEPARTMENT)
def archive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take out of the register after a reason."""
    row = get_object_or_404(selectors.register().exclude(state=Person.State.ARCHIVED), pk=pk)
    form = ReasonForm(request.POST or None, button="Перенести в архив")
    if request.method == "POST" and form.is_valid():
        try:
            services.archive_person(person=row, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Человек перенесён в архив, его контакты удалены.")
            return redirect(row)
    return render(request, "procedures/people/archive.html", {"form": form, "person": row})
