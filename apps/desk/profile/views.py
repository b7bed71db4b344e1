"""Pages of the profile: the list of organisations, one profile, its PDF."""

import uuid

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import papers, periods
from apps.core.periods import PeriodSpan
from apps.desk.profile import access, reading
from apps.organizations.models import Organization

READERS = (*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER)
PRINT = "desk.profile_pdf"


def _span(request: SignedInRequest) -> tuple[list[tuple[str, str]], PeriodSpan]:
    """Years to choose from, and the asked one; the newest with results where none is named."""
    found = reading.years()
    asked = request.GET.get("year") or request.POST.get("year")
    chosen = next((period for period in found if period.slug == asked), found[0] if found else None)
    span = chosen.span if chosen else periods.school_year_of(timezone.localdate())
    return [(period.slug, str(period)) for period in found], span


@require_safe
@role_required(*READERS)
def profiles(request: SignedInRequest) -> HttpResponse:
    """Organisations whose profile the reader may open; a school finds its own here at once."""
    if request.user.is_school:
        assert request.user.organization
        return _page(request, request.user.organization)
    found = access.organizations_for(request.user).filter(kind="school").active()
    context = {"organizations": found, "reach": access.reach_of(request.user)}
    return render(request, "desk/profile/list.html", context)


@require_safe
@role_required(*READERS)
def profile(request: SignedInRequest, code: str) -> HttpResponse:
    return _page(request, access.readable(request.user, code))


def _page(request: SignedInRequest, organization: Organization) -> HttpResponse:
    choices, span = _span(request)
    found = reading.profile_of(
        organization=organization, span=span, user=request.user, reach=access.reach_of(request.user)
    )
    slug = span.code.replace("/", "-")
    return render(request, "desk/profile/profile.html", {"profile": found, "years": choices, "year": slug})


@require_POST
@role_required(*READERS)
def profile_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    """Have a worker typeset what this reader sees."""
    organization = access.readable(request.user, code)
    _, span = _span(request)
    job = papers.order(
        kind=PRINT,
        arguments={"organization_id": organization.pk, "period": span.code},
        url_name="desk:profile_file",
        title=f"Печать профиля: {organization}",
        by=request.user,
    )
    return redirect("core:job", job.pk)


@require_safe
@role_required(*READERS)
def profile_file(request: SignedInRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file, for the person who asked for it."""
    return papers.give(kind=PRINT, identifier=pk, to=request.user)
