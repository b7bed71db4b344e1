"""Preparation of a procedure: the board of the authority, the page of an organisation, who takes part in studies."""

from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.core import periods
from apps.organizations.models import Organization
from apps.procedures.models import Participation, Procedure
from apps.procedures.schedule import boards, reading
from apps.procedures.schedule.day_forms import MeansForm, StepForm
from apps.procedures.schedule.services import readiness as services
from apps.procedures.schedule.views.asking import said, told
from apps.procedures.schedule.views.catalogue import plan_or_404

MORE_STEPS = 3


@require_safe
@role_required(*AUTHORITY)
def overview(request: SignedInRequest) -> HttpResponse:
    """Procedures in preparation: days left, who is not ready, which steps are late."""
    return render(request, "procedures/schedule/preparation.html", {"boards": boards.running(), "tab": "readiness"})


@require_safe
@role_required(*AUTHORITY)
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    """One procedure: organisations by steps, means and readiness."""
    procedure = plan_or_404(request, pk)
    shown = boards.board_of(procedure)
    lacking = request.GET.get("only") == "lacking"
    lines = [line for line in shown.lines if not line.is_ready] if lacking else shown.lines
    context = {"procedure": procedure, "board": shown, "lines": lines, "lacking": lacking}
    return render(request, "procedures/schedule/board.html", context)


@require_POST
@role_required(*DEPARTMENT)
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    procedure = plan_or_404(request, pk)
    done = "Подготовка начата: проверьте шаги и сроки, предложенные порталом."
    said(request, lambda: services.begin_preparation(procedure=procedure, by=request.user), done)
    return redirect("procedures:readiness", pk)


@role_required(*DEPARTMENT)
def steps(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list of steps with their terms."""
    procedure = plan_or_404(request, pk)
    old = list(procedure.steps.all())
    forms_of = formset_factory(StepForm, extra=MORE_STEPS, max_num=60, absolute_max=60)
    initial = [{"title": step.title, "due_on": step.due_on, "by_school": step.by_school} for step in old]
    forms = forms_of(request.POST or None, initial=initial, prefix="steps")
    if request.method == "POST" and forms.is_valid():
        pairs = []
        for place, form in enumerate(forms):
            data = form.cleaned_data
            new = services.NewStep(**data) if data.get("title") else None
            pairs.append((old[place] if place < len(old) else None, new))
        done = "Шаги сохранены."
        if said(request, lambda: services.set_steps(procedure=procedure, steps=pairs, by=request.user), done):
            return redirect("procedures:readiness", pk)
    return render(request, "procedures/schedule/steps.html", {"procedure": procedure, "forms": forms})


@require_POST
@role_required(*DEPARTMENT)
def own_steps(request: SignedInRequest, pk: int) -> HttpResponse:
    """The authority marks its own steps."""
    procedure = plan_or_404(request, pk)
    _mark(request, procedure, None)
    return redirect("procedures:readiness", pk)


def _mark(request: SignedInRequest, procedure: Procedure, organization: Organization | None) -> None:
    marked = set(request.POST.getlist("steps"))
    done = [step for step in procedure.steps.all() if str(step.pk) in marked]
    said(
        request,
        lambda: services.mark_steps(procedure=procedure, organization=organization, done=done, by=request.user),
        "Отметки сохранены.",
    )


def _participation(request: SignedInRequest, pk: int, code: str) -> Participation:
    found = Participation.objects.visible_to(request.user).select_related(
        "procedure__subject", "procedure__period", "organization"
    )
    row: Participation = get_object_or_404(found, procedure=pk, organization__code=code)
    if row.procedure.cancelled_on:
        raise Http404
    return row


@role_required(*AUTHORITY, *SCHOOL)
def preparation(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """One organisation in a procedure: steps, sites, people, equipment, readiness."""
    row = _participation(request, pk, code)
    may_write = request.user.is_department or request.user.is_school
    names = tuple(MeansForm.base_fields)
    initial = {name: getattr(row, name) for name in names}
    form = MeansForm(request.POST or None, initial=initial, organization=row.organization)
    if request.method == "POST":
        if not may_write:
            raise Http404
        if form.is_valid() and told(
            form, lambda: services.save_means(participation=row, means=form.means, by=request.user)
        ):
            messages.success(request, "Сведения сохранены.")
            return redirect("procedures:preparation", pk, code)
    context = {
        "row": row,
        "procedure": row.procedure,
        "line": boards.line_of(row),
        "form": form if may_write else None,
        "days": reading.days_of(row.procedure),
    }
    return render(request, "procedures/schedule/preparation_of.html", context)


@require_POST
@role_required(*DEPARTMENT, *SCHOOL)
def mark(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    row = _participation(request, pk, code)
    _mark(request, row.procedure, row.organization)
    return redirect("procedures:preparation", pk, code)


@require_safe
@role_required(*AUTHORITY)
def participation(request: SignedInRequest) -> HttpResponse:
    """Federal, regional and international studies of a year by organisation."""
    span = reading.year_of(request.GET.get("year"))
    context = {
        "table": boards.participation_table(span),
        "span_title": periods.title(span),
        "years": reading.year_choices(),
        "year": reading.slug(span),
    }
    return render(request, "procedures/studies/participation.html", context)


@role_required(*DEPARTMENT)
def participation_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which organisations take part in a study, with how many participants and how chosen."""
    procedure = plan_or_404(request, pk)
    lines = boards.participation_lines(procedure)
    faults: list[str] = []
    if request.method == "POST":
        rows: list[tuple[Organization, str, int | None, str]] = []
        for line in lines:
            key = line.organization.code
            line.state = request.POST.get(f"state-{key}", "")
            line.participants = request.POST.get(f"participants-{key}", "").strip()
            line.sample = request.POST.get(f"sample-{key}", "").strip()
            if line.state and line.state not in Participation.State.values:
                line.state = ""
            number = line.participants
            if number and not (number.isascii() and number.isdigit() and len(number) <= 6):
                faults.append(f"{line.organization}: число участников — «{number}». Нужно целое число.")
                continue
            rows.append((line.organization, line.state, int(number) if number else None, line.sample))
        if not faults:
            done = f"Участие сохранено: {procedure}."
            if said(request, lambda: services.set_participation(procedure=procedure, rows=rows, by=request.user), done):
                return redirect("procedures:participation")
    context: dict[str, Any] = {
        "procedure": procedure,
        "lines": lines,
        "faults": faults,
        "states": Participation.State.choices,
    }
    return render(request, "procedures/studies/participation_edit.html", context)
