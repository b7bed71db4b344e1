"""Expertise as the department sees it, and methodical associations."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.models import User
from apps.accounts.roles import AUTHORITY, DEPARTMENT, Role
from apps.core import events
from apps.core.findings import Refused
from apps.procedures.people import selectors
from apps.procedures.people.forms.base import tell
from apps.procedures.people.forms.expertise import AssociationForm, ExpertsForm, TaskForm
from apps.procedures.people.models import Association, Capacity, ExpertSheet, ExpertTask
from apps.procedures.people.querysets import PersonQuerySet
from apps.procedures.people.services import associations as association_services
from apps.procedures.people.services import expertise as services


def judges() -> PersonQuerySet:
    """Who may be given a sheet at all."""
    return selectors.register().active().filter(capacities__overlap=[Capacity.EXPERT, Capacity.PUBLIC])


@require_safe
@role_required(*AUTHORITY)
def tasks(request: SignedInRequest) -> HttpResponse:
    found = ExpertTask.objects.select_related("subject", "procedure").prefetch_related("sheets")
    rows = [(task, sum(sheet.is_sent for sheet in task.sheets.all()), len(task.sheets.all())) for task in found[:200]]
    return render(request, "procedures/people/tasks.html", {"rows": rows})


@role_required(*DEPARTMENT)
def task_create(request: SignedInRequest) -> HttpResponse:
    form = TaskForm(request.POST or None, procedures=selectors.open_procedures(), people=judges())
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        people = data.pop("people")
        try:
            made = services.create_task(new=services.NewTask(**data), people=people, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Экспертиза создана, листы выданы.")
            return redirect(made)
    return render(request, "procedures/people/task_create.html", {"form": form})


@role_required(*AUTHORITY)
def task(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sheets side by side: points by criterion with their mean, remarks, conclusions."""
    row = get_object_or_404(ExpertTask.objects.select_related("subject", "procedure"), pk=pk)
    sheets = list(row.sheets.select_related("person"))
    form = None
    if request.user.is_department:
        having = [sheet.person_id for sheet in sheets]
        form = ExpertsForm(request.POST or None, people=judges().exclude(pk__in=having))
        if request.method == "POST" and form.is_valid():
            try:
                services.add_experts(task=row, people=form.cleaned_data["people"], by=request.user)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(request, "Листы выданы.")
                return redirect(row)
    sent = [sheet for sheet in sheets if sheet.is_sent]
    lines = []
    for criterion in row.criteria.all():
        points = [sheet.points(criterion) for sheet in sent]
        given = [each for each in points if each is not None]
        mean = sum(given, Decimal(0)) / len(given) if given else None
        remarks = [(sheet.person.short_name, sheet.answers.get(str(criterion.pk), [None, ""])[1]) for sheet in sent]
        lines.append((criterion, points, mean, [(who, text) for who, text in remarks if text]))
    context = {
        "task": row, "sheets": sheets, "sent": sent, "lines": lines, "form": form, "history": events.history(row),
    }  # fmt: skip
    return render(request, "procedures/people/task.html", context)


@require_POST
@role_required(*DEPARTMENT)
def sheet_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Release an expert who has not sent the sheet."""
    row = get_object_or_404(ExpertSheet.objects.select_related("task"), pk=pk)
    try:
        services.take_sheet_back(sheet=row, reason=request.POST.get("reason", "")[:300], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Лист отозван, эксперту сообщено.")
    return redirect(row.task)


@require_safe
@role_required(*AUTHORITY)
def associations(request: SignedInRequest) -> HttpResponse:
    rows = Association.objects.select_related("leader").prefetch_related("subjects")
    return render(request, "procedures/people/associations.html", {"rows": rows})


@role_required(*DEPARTMENT)
def association_edit(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """A new association, or a change of one."""
    row = get_object_or_404(Association, pk=pk) if pk is not None else None
    holders = User.objects.filter(
        memberships__role=Role.ASSOCIATION_LEADER, memberships__ended_at__isnull=True, is_active=True
    )
    initial = AssociationForm.initial_of(row) if row else {}
    form = AssociationForm(request.POST or None, initial=initial, leaders=holders.distinct())
    if request.method == "POST" and form.is_valid():
        try:
            association_services.save_association(**form.cleaned_data, association=row, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Сохранено.")
            return redirect("procedures:associations")
    return render(request, "procedures/people/association_edit.html", {"form": form, "association": row})
