"""Lists: all roadmaps, all measures, programmes of schools."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.plans.selectors import reading
from apps.roadmaps.plans.views.pages import READERS


@require_safe
@role_required(*READERS)
def roadmaps(request: SignedInRequest) -> HttpResponse:
    """Roadmaps by kind, how far each is."""
    found = reading.shown_to(request.user)
    everything = request.GET.get("all") == "1"
    shown = found if everything else found.filter(state__in=("draft", "in_force"))
    sections = [
        (kind.label, [one for one in shown if one.kind == kind.value])
        for kind in Roadmap.Kind
        if kind != Roadmap.Kind.SCHOOL or request.user.is_school
    ]
    context = {"sections": [one for one in sections if one[1]], "everything": everything}
    return render(request, "roadmaps/plans/list.html", context)
