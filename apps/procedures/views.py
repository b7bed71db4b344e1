"""Pages of results: the list of procedures, a procedure, a school in it, the methods."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.procedures import access, beside, charts, selectors
from apps.procedures import methods as all_methods
from apps.procedures.filters import ProcedureFilter
from apps.procedures.models import Procedure
from apps.procedures.tables import ProcedureTable, SchoolTable


@require_safe
@role_required(*access.READERS)
def procedure_list(request: SignedInRequest) -> HttpResponse:
    """Procedures with results; a school sees those it took part in, with its own figures."""
    everything = selectors.procedures_with_results(request.user)
    narrowed = ProcedureFilter(request.GET, queryset=everything)
    table = ProcedureTable(narrowed.qs)
    if request.user.is_school:
        table.columns.hide("whole")
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    return render(request, "procedures/list.html", {"filter": narrowed, "table": table})


@require_safe
@role_required(*access.READERS)
def procedure_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Results of the municipality; a school is led to its own page."""
    procedure = access.procedure(request.user, pk)
    if request.user.is_school:
        assert request.user.organization
        return redirect("procedures:school", pk, request.user.organization.code)
    analysis = selectors.municipality_analysis(procedure)
    table = SchoolTable(analysis.schools, procedure=procedure)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return render(
        request, "procedures/detail.html", {**_context(analysis), "table": table, "levels": Procedure.Level.choices}
    )


@require_safe
@role_required(*access.READERS)
def school_detail(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """One school against schools like it and the municipality; a school opens only its own."""
    procedure = access.procedure(request.user, pk)
    organization = get_object_or_404(access.organizations(request.user), code=code)
    analysis = selectors.school_analysis(procedure, organization, request.user)
    if analysis is None:
        raise Http404
    return render(request, "procedures/school.html", {**_context(analysis), "organization": organization})


@require_safe
@role_required(*access.READERS)
def school_context(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """What stands beside the result of a school: a part of its page, read on its own so that both stay quick."""
    procedure, organization = access.participation(request.user, pk, code)
    blocks = beside.blocks(user=request.user, procedure=procedure, organization=organization)
    template = "procedures/beside.html" if request.htmx else "procedures/context.html"
    return render(request, template, {"procedure": procedure, "organization": organization, "blocks": blocks})


def _context(analysis: selectors.Analysis) -> dict[str, object]:
    drawn = charts.of_work(analysis)
    return {"procedure": analysis.procedure, "analysis": analysis, **drawn, "few": selectors.FEW}


@require_safe
@login_not_required
def methods(request: HttpRequest) -> HttpResponse:
    """Methods of the analysis for everybody: formula, source, state, interval, least number."""
    return render(request, "procedures/methods.html", {"sections": all_methods.sections()})
