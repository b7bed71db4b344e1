"""Pages over years: of a school and of the municipality."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.procedures import access, stored
from apps.procedures.years import charts, selectors


@require_safe
@role_required(*access.READERS)
def municipality(request: SignedInRequest, pk: int) -> HttpResponse:
    """Years of the municipality and cohorts of all schools; a school is led to its own page."""
    procedure = access.procedure(request.user, pk)
    if request.user.is_school:
        assert request.user.organization
        return redirect("procedures:school_years", pk, request.user.organization.code)
    found = selectors.years_of(procedure=procedure, organization=None, reader=request.user)
    pairs = [selectors.cohorts_by_school(before=one.before, after=one.after) for one in found.cohorts]
    scatters = [chart for one in pairs if one and (chart := charts.cohort_scatter(one))]
    context = {
        "procedure": procedure,
        "found": found,
        "chart": charts.over_years(found),
        "scatters": scatters,
        "spread": selectors.spread_of(procedure, None),
    }
    return render(request, "procedures/years/page.html", context)


@require_safe
@role_required(*access.READERS)
def school(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Years of one school; a school opens only its own."""
    procedure = access.procedure(request.user, pk)
    organization = get_object_or_404(access.organizations(request.user), code=code)
    found = selectors.years_of(procedure=procedure, organization=organization, reader=request.user)
    if not found.years and not stored.schools_of([procedure], school__organization=organization):
        raise Http404
    context = {
        "procedure": procedure,
        "organization": organization,
        "found": found,
        "chart": charts.over_years(found),
        "spread": selectors.spread_of(procedure, organization),
    }
    return render(request, "procedures/years/page.html", context)
