"""The page on which the head of the authority says who fills which position by when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, Role
from apps.core.findings import Refused
from apps.indicators.models import Direction
from apps.roadmaps.cycle import reading, services
from apps.roadmaps.cycle.forms import TermForm
from apps.roadmaps.cycle.models import PositionTerm
from apps.roadmaps.cycle.positions import ALL
from apps.roadmaps.cycle.terms import terms_of


@role_required(*AUTHORITY)
def terms(request: SignedInRequest) -> HttpResponse:
    """The calendar of positions of the year; the head changes it."""
    is_head = request.user.role == Role.HEAD
    form = TermForm(request.POST if is_head and request.method == "POST" else None)
    if is_head and request.method == "POST" and form.is_valid():
        try:
            services.set_term(new=services.NewTerm(**form.cleaned_data), by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Срок сохранён. Он действует каждый учебный год, пока вы его не измените.")
            return redirect("roadmaps:cycle_terms")
    span = reading.span_of(request.GET.get("year", ""))
    directions = list(Direction.objects.in_use())
    whole = {}
    for scope in PositionTerm.Scope:
        found = terms_of(span=span, directions=directions[:1], scope=scope)
        rows = PositionTerm.objects.filter(scope=scope, direction__isnull=True)
        stored = {row.position: row for row in rows.select_related("user")}
        first = directions[0].code if directions else ""
        whole[scope.label] = [
            (position, stored.get(position.number), found.get((first, position.number))) for position in ALL
        ]
    own = PositionTerm.objects.filter(direction__isnull=False).select_related("direction", "user")
    context = {"form": form, "is_head": is_head, "whole": whole, "own": own}
    return render(request, "roadmaps/cycle/terms.html", context)


@require_POST
@role_required(Role.HEAD)
def term_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    services.drop_term(term=get_object_or_404(PositionTerm, pk=pk), by=request.user)
    messages.success(request, "Срок снят.")
    return redirect("roadmaps:cycle_terms")
