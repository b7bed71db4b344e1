"""Pages of olympiads: the year by stages, one subject of a stage, its counts."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.core import events, files
from apps.core.findings import Refused
from apps.procedures.olympiads import selectors, services
from apps.procedures.olympiads.forms import CountForm, OlympiadForm
from apps.procedures.olympiads.models import Olympiad

WRITERS = (*DEPARTMENT, Role.METHODOLOGIST)


def _may_write(request: SignedInRequest) -> bool:
    return request.user.has_role(*WRITERS)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def olympiads(request: SignedInRequest) -> HttpResponse:
    """Stages of a school year with their measures; a school reads its own."""
    periods = selectors.periods_of(request.user)
    period = next((one for one in periods if one.code == request.GET.get("year")), periods[0] if periods else None)
    stages = selectors.report(request.user, period) if period else []
    context = {"periods": periods, "period": period, "stages": stages, "may_write": _may_write(request)}
    return render(request, "procedures/olympiads/list.html", context)


@role_required(*WRITERS)
def olympiad_create(request: SignedInRequest) -> HttpResponse:
    form = OlympiadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (made := _save(form, request, None)):
        messages.success(request, "Этап записан. Теперь внесите итоги организаций или загрузите файл.")
        return redirect(made)
    return render(request, "procedures/olympiads/edit.html", {"form": form})


@role_required(*WRITERS)
def olympiad_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Olympiad.objects.select_related("subject", "period"), pk=pk)
    names = ("stage", "contest", "held_on", "sites", "observers", "document", "note")
    initial = {name: getattr(row, name) for name in names}
    initial |= {"period": row.period.code, "subject": row.subject.name}
    form = OlympiadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and (saved := _save(form, request, row)):
        messages.success(request, "Сохранено.")
        return redirect(saved)
    return render(request, "procedures/olympiads/edit.html", {"form": form, "olympiad": row})


def _save(form: OlympiadForm, request: SignedInRequest, row: Olympiad | None) -> Olympiad | None:
    try:
        return services.save_olympiad(written=services.Written(**form.cleaned_data), by=request.user, olympiad=row)
    except Refused as refusal:
        for finding in refusal.findings:
            form.add_error(None, finding.message)
    return None


@role_required(*AUTHORITY)
def olympiad(request: SignedInRequest, pk: int) -> HttpResponse:
    """One subject of a stage: sites, observers, protocol, counts by organisation and grade."""
    row = get_object_or_404(Olympiad.objects.select_related("subject", "period", "protocol"), pk=pk)
    if request.method == "POST" and not _may_write(request):
        raise Http404
    form = CountForm(request.POST or None) if _may_write(request) else None
    if form and request.method == "POST" and form.is_valid():
        services.save_count(olympiad=row, **form.cleaned_data, by=request.user)
        messages.success(request, "Итоги организации записаны.")
        return redirect(row)
    context = {
        "olympiad": row,
        "organizations": selectors.by_organization(row),
        "grades": selectors.by_grade(row),
        "form": form,
        "history": events.history(row),
    }
    return render(request, "procedures/olympiads/detail.html", context)


@require_safe
@role_required(*AUTHORITY)
def protocol(request: SignedInRequest, pk: int) -> FileResponse:
    """The protocol of a stage as a file."""
    row = get_object_or_404(Olympiad.objects.select_related("protocol"), pk=pk)
    if row.protocol is None:
        raise Http404
    return files.send_private(row.protocol)
