"""Pages of the panels."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import periods
from apps.core.findings import Refused
from apps.core.models import Period
from apps.desk.panels import reading
from apps.desk.panels.catalog import BY_SLUG
from apps.desk.panels.system import measure_system
from apps.indicators.models import Direction

SYSTEM = "system"


@require_safe
@role_required(*AUTHORITY)
def panel(request: SignedInRequest, slug: str) -> HttpResponse:
    """One panel for a school year."""
    found = BY_SLUG.get(slug)
    if found is None:
        raise Http404
    years, fullest = reading.years_of(found)
    span = next((one for one in years if one.code.replace("/", "-") == request.GET.get("year")), fullest)
    context = {
        "panel": found,
        "direction": Direction.objects.in_use().filter(code=found.direction).first(),
        "years": [(one.code.replace("/", "-"), periods.title(one)) for one in years],
        "year": span.code.replace("/", "-") if span else "",
        "blocks": reading.shown(panel=found, span=span) if span else [],
        "measurable": _measurable() if slug == SYSTEM and request.user.is_department else [],
    }
    return render(request, "desk/panels/panel.html", context)


@require_POST
@role_required(*DEPARTMENT)
def measure(request: SignedInRequest) -> HttpResponse:
    """Count the indicators of the system for a school year."""
    try:
        span = periods.from_slug(request.POST.get("year", ""))
    except periods.PeriodError as failure:
        raise Http404 from failure
    period = get_object_or_404(Period, code=span.code)
    try:
        changed = measure_system(period=period, by=request.user)
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    else:
        messages.success(request, f"Посчитано за {period}: изменилось чисел — {changed}.")
    return redirect("desk:panel", SYSTEM)


def _measurable() -> list[tuple[str, str]]:
    """School years that have begun, the newest first."""
    found = Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR, starts_on__lte=timezone.localdate())
    return [(period.slug, str(period)) for period in found[:5]]
