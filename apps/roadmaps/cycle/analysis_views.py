"""The page on which a specialist writes the analysis of a direction, indicator by indicator."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.analysis.interpretation.figures import Target
from apps.analysis.interpretation.services import WRITERS, NewConclusion, conclude
from apps.analysis.models import Conclusion
from apps.core import periods
from apps.core.findings import Finding, Refused, error
from apps.indicators.models import Direction
from apps.roadmaps.cycle import reading
from apps.roadmaps.cycle.analysis import Analysis, AnalysisRow, analysis_of, newest_span

LONGEST = 3000  # letters of a conclusion
KINDS = [(value, label) for value, label in Conclusion.Kind.choices]


@role_required(*AUTHORITY)
def analysis(request: SignedInRequest, code: str) -> HttpResponse:
    """Figures with dynamics and clusters; a post writes conclusions, which go into the chapter of the report."""
    direction = get_object_or_404(Direction.objects.in_use(), code=code)
    year = request.POST.get("year", request.GET.get("year", ""))
    found = analysis_of(direction, reading.span_of(year) if year else newest_span(direction))
    may_write = request.user.role in WRITERS
    faults: list[Finding] = []
    if request.method == "POST":
        if not may_write:
            raise Http404
        written, faults = _save(request, found)
        if not faults:
            messages.success(request, f"Записано выводов: {written}. Они войдут в главу годового отчёта.")
            slug = found.span.code.replace("/", "-")
            return redirect(f"{reverse('roadmaps:cycle_analysis', args=[code])}?year={slug}")
    rows = [(row, request.POST.get(f"text-{row.version.pk}", ""), _kind(request, row)) for row in found.rows]
    context = {
        "direction": direction,
        "found": found,
        "rows": rows,
        "kinds": KINDS,
        "findings": faults,
        "may_write": may_write,
        "year": found.span.code.replace("/", "-"),
        "title": periods.title(found.span),
        "years": [(one.code.replace("/", "-"), periods.title(one)) for one in reading.years()],
    }
    return render(request, "roadmaps/cycle/analysis.html", context)


def _kind(request: SignedInRequest, row: AnalysisRow) -> str:
    return request.POST.get(f"kind-{row.version.pk}", str(Conclusion.Kind.CONCLUSION))


def _save(request: SignedInRequest, found: Analysis) -> tuple[int, list[Finding]]:
    """All texts that were typed, or none; faults of all of them at once."""
    faults: list[Finding] = []
    written = 0
    try:
        with transaction.atomic():
            for row in found.rows:
                text = request.POST.get(f"text-{row.version.pk}", "").strip()
                if not text:
                    continue
                if len(text) > LONGEST:
                    faults.append(error("too_long", f"{row.name}: вывод длиннее {LONGEST} знаков."))
                    continue
                target = Target(row.period, None, indicator=row.version.indicator)
                new = NewConclusion(_kind(request, row), text, in_report=True)
                try:
                    conclude(target=target, new=new, by=request.user)
                except Refused as refusal:
                    faults += [error(one.code, f"{row.name}: {one.message}") for one in refusal.findings]
                else:
                    written += 1
            if faults:
                raise Refused(faults)
    except Refused:
        return 0, faults
    if not written:
        return 0, [error("nothing", "Не написано ни одного вывода.")]
    return written, []
