"""Pages of items: of the municipality with all schools, of one school."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.procedures import access
from apps.procedures.item_analysis import charts, selectors
from apps.procedures.item_analysis.rows import table_rows

HEAT_ROWS = 40


@require_safe
@role_required(*access.READERS)
def municipality(request: SignedInRequest, pk: int) -> HttpResponse:
    """Items of the municipality; a school is led to its own page."""
    procedure = access.procedure(request.user, pk)
    if request.user.is_school:
        assert request.user.organization
        return redirect("procedures:school_items", pk, request.user.organization.code)
    analysis = selectors.of_municipality(procedure=procedure)
    heat = selectors.heat(procedure=procedure, work=[line.item for line in analysis.lines])
    page = Paginator(heat.rows, HEAT_ROWS).get_page(request.GET.get("page"))
    shown = selectors.Heat(heat.items, list(page), heat.few)
    context = {"heat_chart": charts.heat(shown) if shown.rows else None, "heat": heat, "page_obj": page}
    return render(request, "procedures/items/municipality.html", {**_context(analysis), **context})


@require_safe
@role_required(*access.READERS)
def school(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Items of one school; a school opens only its own."""
    procedure = access.procedure(request.user, pk)
    organization = get_object_or_404(access.organizations(request.user), code=code)
    analysis = selectors.of_school(procedure=procedure, organization=organization, reader=request.user)
    if analysis is None:
        raise Http404
    return render(request, "procedures/items/school.html", {**_context(analysis), "organization": organization})


def _context(analysis: selectors.ItemAnalysis) -> dict[str, object]:
    drawn = charts.of_items(analysis)
    return {"procedure": analysis.procedure, "analysis": analysis, "rows": table_rows(analysis), **drawn}
