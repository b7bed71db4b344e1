"""Agreed requirements, schools' own criteria and checks."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import files
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.organizations.models import Organization
from apps.procedures.instruments import selectors
from apps.procedures.instruments.forms import CheckForm, CriteriaForm, RequirementForm
from apps.procedures.instruments.models import (
    InternalCheck,
    InternalCriteria,
    MarkingRequirement,
    RequirementReceipt,
)
from apps.procedures.instruments.services import marking as services
from apps.procedures.people.forms.base import tell

READERS = (*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER, Role.EXPERT)


@require_safe
@role_required(*READERS)
def requirements(request: SignedInRequest) -> HttpResponse:
    """Agreed requirements of marking by subject and grades."""
    context = {
        "rows": selectors.requirements_of(request.user),
        "schools": selectors.schools().count(),
        "may_publish": request.user.has_role(*services.PUBLISHERS),
    }
    return render(request, "procedures/instruments/requirements.html", context)


@role_required(*services.PUBLISHERS)
def requirement_create(request: SignedInRequest) -> HttpResponse:
    """New requirements; `?replaces=` makes them the next version of current ones."""
    number = request.GET.get("replaces", "")
    old = MarkingRequirement.objects.current().filter(pk=number_in(number) or 0).first()
    initial = {}
    if old:
        names = ("title", "subject", "grade_from", "grade_to", "text")
        initial = {name: getattr(old, name) for name in names}
    subjects = selectors.subjects_for(request.user)
    form = RequirementForm(request.POST or None, request.FILES or None, subjects=subjects, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            data = services.RequirementData(**form.values)
            made = services.publish_requirement(data=data, upload=form.upload, replaces=old, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Требования опубликованы. Школы увидят их на странице «Сегодня».")
            return redirect(made)
    return render(request, "procedures/instruments/requirement_create.html", {"form": form, "old": old})


def _requirement(request: SignedInRequest, pk: int) -> MarkingRequirement:
    found = MarkingRequirement.objects.visible_to(request.user).select_related(
        "subject", "published_by", "file", "replaces", "replaced_by"
    )
    return get_object_or_404(found, pk=pk)


@require_safe
@role_required(*READERS)
def requirement(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _requirement(request, pk)
    context = {"requirement": row, "is_current": not hasattr(row, "replaced_by")}
    if request.user.is_school:
        own = RequirementReceipt.objects.filter(requirement=row, organization=request.user.organization)
        context["receipt"] = own.select_related("by").first()
    elif request.user.has_role(*services.PUBLISHERS, Role.ADMIN):
        context["receipts"] = selectors.receipts(row)
        foreign = request.user.role == Role.ASSOCIATION_LEADER and row.published_by_id != request.user.pk
        context["may_replace"] = request.user.has_role(*services.PUBLISHERS) and not foreign
    return render(request, "procedures/instruments/requirement.html", context)


@require_safe
@role_required(*READERS)
def requirement_file(request: SignedInRequest, pk: int) -> FileResponse:
    row = _requirement(request, pk)
    if row.file is None:
        raise Http404
    return files.send_private(row.file)


@require_POST
@role_required(*SCHOOL)
def requirement_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _requirement(request, pk)
    services.confirm_requirement(requirement=row, by=request.user)
    messages.success(request, "Получение подтверждено.")
    return redirect(row)


@require_safe
@role_required(*AUTHORITY)
def internal(request: SignedInRequest) -> HttpResponse:
    """Which schools have written down their criteria and checks this year."""
    period = selectors.this_year()
    rows = selectors.school_marking(period)
    context = {
        "period": period, "rows": rows,
        "without_criteria": sum(row.criteria is None for row in rows),
        "without_checks": sum(not row.checks for row in rows),
    }  # fmt: skip
    return render(request, "procedures/instruments/internal.html", context)


@require_safe
@role_required(*AUTHORITY)
def internal_school(request: SignedInRequest, code: str) -> HttpResponse:
    organization = get_object_or_404(Organization, code=code)
    context = {
        "organization": organization,
        "criteria": InternalCriteria.objects.filter(organization=organization).select_related("period"),
        "checks": InternalCheck.objects.filter(organization=organization).select_related("subject"),
    }
    return render(request, "procedures/instruments/internal_school.html", context)


@require_safe
@role_required(*SCHOOL)
def own(request: SignedInRequest) -> HttpResponse:
    """A school's page of marking: requirements to confirm, own criteria, own checks."""
    period = selectors.this_year()
    context = {
        "period": period,
        "requirements": selectors.requirements_of(request.user),
        "criteria": InternalCriteria.objects.visible_to(request.user).filter(period=period).first(),
        "checks": InternalCheck.objects.visible_to(request.user).select_related("subject"),
    }
    return render(request, "procedures/instruments/own.html", context)


@role_required(*SCHOOL)
def own_criteria(request: SignedInRequest) -> HttpResponse:
    """Criteria of this year; those of the last year are offered to begin with."""
    period = selectors.this_year()
    mine = InternalCriteria.objects.visible_to(request.user).order_by("-period__starts_on").first()
    initial = {"document": mine.document, "criteria": mine.criteria, "url": mine.url} if mine else {}
    form = CriteriaForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.save_criteria(period=period, **form.cleaned_data, by=request.user)
        messages.success(request, "Критерии сохранены.")
        return redirect("procedures:own_marking")
    return render(request, "procedures/instruments/own_criteria.html", {"form": form, "period": period})


@role_required(*SCHOOL)
def own_check(request: SignedInRequest) -> HttpResponse:
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_check(data=services.CheckData(**form.cleaned_data), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Проверка внесена.")
            return redirect("procedures:own_marking")
    return render(request, "procedures/instruments/own_check.html", {"form": form})


@require_POST
@role_required(*SCHOOL)
def own_check_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(InternalCheck.objects.visible_to(request.user), pk=pk)
    services.delete_check(check=row, by=request.user)
    messages.success(request, "Проверка удалена.")
    return redirect("procedures:own_marking")
