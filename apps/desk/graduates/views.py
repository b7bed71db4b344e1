"""The page of graduates."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.desk.graduates import selectors
from apps.organizations.models import Organization


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def graduates(request: SignedInRequest) -> HttpResponse:
    """Of the municipality or of one school; a school reads its own."""
    schools = Organization.objects.filter(kind="school").order_by("number", "name_key")
    organization = request.user.organization if request.user.is_school else None
    if not request.user.is_school and (code := request.GET.get("school", "")):
        organization = get_object_or_404(schools, code=code)
    years = selectors.years(request.user)
    year = next((one for one in years if str(one) == request.GET.get("year")), years[0] if years else None)
    found = selectors.graduates(reader=request.user, year=year, organization=organization) if year else None
    context = {"years": years, "found": found, "organization": organization, "schools": schools}
    return render(request, "desk/graduates/page.html", context)
