"""Pages of the self-assessment and of its criteria."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import files, periods
from apps.core.findings import Finding, Refused, error
from apps.organizations.models import Kind, Organization
from apps.roadmaps.cycle import reading, services
from apps.roadmaps.cycle.assessment import Assessment, assessment_of, period_of
from apps.roadmaps.cycle.forms import CriterionForm
from apps.roadmaps.cycle.models import Criterion, PositionMark
from apps.roadmaps.cycle.positions import ALL

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@role_required(*AUTHORITY)
def assessment(request: SignedInRequest) -> HttpResponse:
    """Levels by direction; a post marks those of one direction."""
    span = reading.span_of(request.POST.get("year", request.GET.get("year", "")))
    found = assessment_of(user=request.user, span=span)
    faults: list[Finding] = []
    if request.method == "POST" and request.user.is_department:
        faults = _save(request, found)
        if not faults:
            messages.success(request, "Отметки сохранены.")
            return redirect(f"{reverse('roadmaps:cycle_assessment')}?year={found.cycle.slug}")
    typed = request.POST if faults else {}
    context: dict[str, Any] = {
        "found": found,
        "findings": faults,
        "levels": PositionMark.Level.choices,
        "parts": [
            (
                part,
                [(row, *_typed(row, typed)) for row in part.rows],
                any(f"level-{row.name}" in typed for row in part.rows),
            )
            for part in found.parts
        ],
        "years": [(one.code.replace("/", "-"), periods.title(one)) for one in reading.years()],
        "may_write": request.user.is_department,
    }
    return render(request, "roadmaps/cycle/assessment.html", context)


def _typed(row: Any, typed: Any) -> tuple[str, str]:
    """What the fields of a row hold: what was just typed, else the mark, else the proposal."""
    level = typed.get(f"level-{row.name}", str(row.level))
    return level, typed.get(f"words-{row.name}", row.mark.words if row.mark else "")


def _save(request: SignedInRequest, found: Assessment) -> list[Finding]:
    """All levels that were sent, or none; all faults at once."""
    faults: list[Finding] = []
    try:
        with transaction.atomic():
            for part in found.parts:
                for row in part.rows:
                    level = request.POST.get(f"level-{row.name}")
                    if level is None:
                        continue
                    try:
                        services.mark_position(
                            period=period_of(found.cycle.span),
                            direction=part.direction,
                            position=row.cell.position.number,
                            level=int(level) if level.isascii() and level.isdigit() else -1,
                            words=request.POST.get(f"words-{row.name}", ""),
                            proposed=row.proposal.level,
                            by=request.user,
                        )
                    except Refused as refusal:
                        faults += refusal.findings
            if faults:
                raise Refused(faults)
    except Refused:
        return faults or [error("refused", "Не сохранено.")]
    return []


@require_safe
@role_required(*AUTHORITY)
def assessment_docx(request: SignedInRequest) -> HttpResponse:
    from io import BytesIO

    from apps.roadmaps.cycle.assessment_file import written

    found = assessment_of(user=request.user, span=reading.span_of(request.GET.get("year", "")))
    authority = Organization.objects.filter(kind=Kind.AUTHORITY).first()
    body = written(found, author=str(authority or ""))
    name = f"Самооценка цикла {found.cycle.slug}.docx"
    return files.send(BytesIO(body), name=name, content_type=DOCX)  # type: ignore[return-value]


@role_required(*DEPARTMENT)
def criteria(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """All criteria with their sources; a new one, or one to change."""
    old = get_object_or_404(Criterion, pk=pk) if pk else None
    names = ("position", "text", "source_state", "act", "is_active")
    initial = {name: getattr(old, name) for name in names} if old else {"source_state": "unconfirmed"}
    form = CriterionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        if old:
            data["position"] = old.position
        try:
            services.set_criterion(**data, criterion=old, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Критерий сохранён.")
            return redirect("roadmaps:cycle_criteria")
    rows = list(Criterion.objects.all())
    [(common, times)] = Counter(row.act for row in rows if row.act).most_common(1) or [("", 0)]
    context = {
        "form": form,
        "criterion": old,
        "parts": [(position, [row for row in rows if row.position == position.number]) for position in ALL],
        "common": common if times > 1 else "",
    }
    return render(request, "roadmaps/cycle/criteria.html", context)
