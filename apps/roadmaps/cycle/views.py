"""Screens of the cycle: the matrix and the pages of directions, of the municipality and of one organisation."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import periods
from apps.organizations.models import Organization
from apps.roadmaps.cycle import reading
from apps.roadmaps.cycle.positions import ALL

BREAKS_SHOWN = 12


def _matrix(request: SignedInRequest, organization: Organization | None) -> HttpResponse:
    span = reading.span_of(request.GET.get("year", ""))
    cycle = reading.cycle_of(user=request.user, span=span, organization=organization)
    return render(request, "roadmaps/cycle/matrix.html", {**_shared(request, cycle), "loose": cycle.loose})


def _page(request: SignedInRequest, code: str, organization: Organization | None) -> HttpResponse:
    span = reading.span_of(request.GET.get("year", ""))
    cycle = reading.cycle_of(user=request.user, span=span, organization=organization, codes=(code,))
    line = cycle.line(code)
    if line is None:
        raise Http404
    context = _shared(request, cycle) | {
        "line": line,
        "tracks": cycle.tracks.get(code, []),
        "direction": line.direction,
        "bases": _bases(cycle, line),
    }
    return render(request, "roadmaps/cycle/direction.html", context)


def _bases(cycle: reading.Cycle, line: reading.Line) -> dict[str, list[Any]]:
    """By object: what it rests on, for the words beside it."""
    return {"|".join(item.key): cycle.chain.bases(item) for item in line.items}


def _shared(request: SignedInRequest, cycle: reading.Cycle) -> dict[str, Any]:
    organization, user = cycle.organization, request.user
    told = list({(one.code, one.key, one.words): one for line in cycle.lines for one in line.breaks}.values())
    return {
        "cycle": cycle,
        "organization": organization,
        "positions": ALL,
        "years": [(one.code.replace("/", "-"), periods.title(one)) for one in reading.years()],
        "breaks": told[:BREAKS_SHOWN],
        "breaks_more": max(0, len(told) - BREAKS_SHOWN),
        "is_own": user.is_school,
        "may_write": user.is_department or (user.is_school and organization == user.organization),
        "is_head": user.role == Role.HEAD,
        "list_page": _address(cycle, user),
    }


def _address(cycle: reading.Cycle, user: Any) -> str:
    if cycle.organization is None:
        return reverse("roadmaps:cycle")
    return (
        reverse("roadmaps:own_cycle")
        if user.is_school
        else reverse("roadmaps:school_cycle", args=[cycle.organization.code])
    )


@require_safe
@role_required(*AUTHORITY)
def cycle(request: SignedInRequest) -> HttpResponse:
    """Directions by positions: states, empty places with who fills them, broken chains."""
    return _matrix(request, None)


@require_safe
@role_required(*AUTHORITY)
def direction(request: SignedInRequest, code: str) -> HttpResponse:
    return _page(request, code, None)


def own(request: SignedInRequest) -> Organization:
    organization = request.user.organization
    if organization is None:
        raise Http404
    return organization


@require_safe
@role_required(*SCHOOL)
def own_cycle(request: SignedInRequest) -> HttpResponse:
    """The cycle of the school that the person works in."""
    return _matrix(request, own(request))


@require_safe
@role_required(*SCHOOL)
def own_direction(request: SignedInRequest, code: str) -> HttpResponse:
    return _page(request, code, own(request))


@require_safe
@role_required(*AUTHORITY)
def school_cycle(request: SignedInRequest, slug: str) -> HttpResponse:
    """The cycle of a school, read by the office."""
    return _matrix(request, get_object_or_404(Organization.objects.educational(), code=slug))


@require_safe
@role_required(*AUTHORITY)
def school_direction(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    return _page(request, code, get_object_or_404(Organization.objects.educational(), code=slug))
