"""Indicators over all packs: by marks, and as the tree of a direction."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.core.findings import Refused
from apps.indicators.models import Direction
from apps.indicators.selectors import register as selectors
from apps.indicators.selectors import sets
from apps.indicators.services.sets import approve_set

PER_PAGE = 100


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def register(request: SignedInRequest) -> HttpResponse:
    """Every indicator by level, object, level of education, direction, source."""
    known = selectors.choices()
    chosen = {choice.name: request.GET.get(choice.name, "") for choice in known}
    for choice in known:
        if chosen[choice.name] and chosen[choice.name] not in dict(choice.values):
            raise Http404
    text = request.GET.get("q", "").strip()[:100]
    page = Paginator(selectors.chosen_versions(chosen, text), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "choices": [(choice, chosen[choice.name]) for choice in known],
        "q": text,
        "page": page,
        "rows": selectors.rows_of(list(page.object_list), request.user),
    }
    return render(request, "indicators/register.html", context)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def directions(request: SignedInRequest) -> HttpResponse:
    return render(request, "indicators/directions.html", {"directions": sets.directions_with_counts()})


@require_http_methods(["GET", "POST"])
@role_required(*AUTHORITY, *SCHOOL)
def direction_set(request: SignedInRequest, code: str) -> HttpResponse:
    """The set of a direction as a tree; the department writes down by which act it was approved."""
    direction = get_object_or_404(Direction, code=code)
    typed = {"act": request.POST.get("act", ""), "approved_on": request.POST.get("approved_on", "")}
    context: dict[str, Any] = {"typed": typed}
    if request.method == "POST":
        if not request.user.is_department:
            raise Http404
        try:
            approve_set(direction=direction, act=typed["act"], approved_on=_day(typed["approved_on"]), by=request.user)
        except Refused as refusal:
            context["findings"] = refusal.findings
        else:
            messages.success(request, "Утверждение набора записано.")
            return redirect("indicators:set", code)
    context["set"] = sets.set_of(direction, request.user)
    return render(request, "indicators/set.html", context, status=422 if "findings" in context else 200)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
