"""Analyses of works by associations; explanatory events and the attitude to objective assessment."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, Role
from apps.core import events, files
from apps.core.findings import Refused
from apps.core.models import Period
from apps.procedures.instruments import selectors
from apps.procedures.instruments.forms import AnalysisForm, EventForm, HeldForm
from apps.procedures.instruments.models import ExplanatoryEvent, WorkAnalysis
from apps.procedures.instruments.services import analyses as services
from apps.procedures.models import Procedure
from apps.procedures.people.forms.base import tell

PLANNERS = (*DEPARTMENT, Role.METHODOLOGIST)


@require_safe
@role_required(*AUTHORITY, Role.ASSOCIATION_LEADER)
def analyses(request: SignedInRequest) -> HttpResponse:
    """Works with results: those without an analysis first. A leader sees their subjects, the authority all."""
    is_leader = request.user.role == Role.ASSOCIATION_LEADER
    rows = selectors.works_to_analyse(selectors.subjects_for(request.user) if is_leader else None)
    context = {"rows": rows, "gaps": selectors.subject_gaps(rows), "is_leader": is_leader, "me": request.user}
    return render(request, "procedures/instruments/analyses.html", context)


@role_required(Role.ASSOCIATION_LEADER)
def analysis_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Attach an analysis to a work of one's subject, or change it."""
    procedure = get_object_or_404(Procedure.objects.with_results().select_related("subject"), pk=pk)
    if not services.leads(request.user, procedure):
        raise Http404
    mine = WorkAnalysis.objects.filter(procedure=procedure, author=request.user).first()
    initial = {"text": mine.text, "advice": mine.advice} if mine else {}
    form = AnalysisForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_analysis(procedure=procedure, **form.values, upload=form.upload, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Разбор сохранён, его видит управление.")
            return redirect(made)
    context = {"form": form, "procedure": procedure, "analysis": mine}
    return render(request, "procedures/instruments/analysis_edit.html", context)


def _analysis(request: SignedInRequest, pk: int) -> WorkAnalysis:
    """The authority reads all; a leader those of their subjects."""
    found = WorkAnalysis.objects.select_related("procedure__subject", "author", "file")
    if not request.user.is_authority:
        found = found.filter(procedure__subject__in=selectors.subjects_for(request.user))
    return get_object_or_404(found, pk=pk)


@require_safe
@role_required(*AUTHORITY, Role.ASSOCIATION_LEADER)
def analysis(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _analysis(request, pk)
    context = {"analysis": row, "history": events.history(row), "is_mine": row.author_id == request.user.pk}
    return render(request, "procedures/instruments/analysis.html", context)


@require_safe
@role_required(*AUTHORITY, Role.ASSOCIATION_LEADER)
def analysis_file(request: SignedInRequest, pk: int) -> FileResponse:
    row = _analysis(request, pk)
    if row.file is None:
        raise Http404
    return files.send_private(row.file)


@require_safe
@role_required(*AUTHORITY)
def explanatory(request: SignedInRequest) -> HttpResponse:
    """Events of a school year, topics with schools reached, attitude by surveys over time."""
    current = selectors.this_year()
    chosen = request.GET.get("year", "")
    years = Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR).order_by("-starts_on")
    period = years.filter(code=chosen.replace("\x00", "")).first() or current
    context = {
        "events": selectors.explanatory_events(period),
        "years": [year for year in years if year.starts_on <= current.starts_on][:4],
        "attitude": selectors.attitude(),
        "may_plan": request.user.has_role(*PLANNERS),
    }
    return render(request, "procedures/instruments/explanatory.html", context)


@role_required(*PLANNERS)
def event_edit(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(ExplanatoryEvent, pk=pk, held_at__isnull=True) if pk is not None else None
    form = EventForm(request.POST or None, initial=EventForm.initial_of(row) if row else {})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_event(data=services.EventData(**form.cleaned_data), event=row, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Сохранено. Когда мероприятие пройдёт, отметьте участников и итог.")
            return redirect(made)
    return render(request, "procedures/instruments/event_edit.html", {"form": form, "event": row})


@role_required(*AUTHORITY)
def event(request: SignedInRequest, pk: int) -> HttpResponse:
    """One event; who leads it marks schools and outcome."""
    row = get_object_or_404(ExplanatoryEvent.objects.prefetch_related("organizations"), pk=pk)
    form = None
    if request.user.has_role(*PLANNERS):
        initial = {"organizations": row.organizations.all(), "outcome": row.outcome}
        form = HeldForm(request.POST or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            try:
                services.hold_event(event=row, **form.cleaned_data, by=request.user)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(request, "Итог сохранён.")
                return redirect(row)
    context = {"event": row, "form": form, "history": events.history(row)}
    return render(request, "procedures/instruments/event.html", context)
