"""Lists: all roadmaps, all measures, programmes of schools."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.roadmaps.plans.filters import MeasureFilter
from apps.roadmaps.plans.models import Measure, Roadmap
from apps.roadmaps.plans.selectors import reading, shifts
from apps.roadmaps.plans.tables import MeasureTable
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
    context = {
        "sections": [one for one in sections if one[1]],
        "everything": everything,
        "orphaned": Measure.objects.without_person().count() if request.user.is_authority else 0,
    }
    return render(request, "roadmaps/plans/list.html", context)


@require_safe
@role_required(*READERS)
def measures(request: SignedInRequest) -> HttpResponse:
    """Measures of all roadmaps that the person sees, with the one who answers for each."""
    everything = Measure.objects.visible_to(request.user).with_details().exclude(roadmap__state="cancelled")
    narrowed = MeasureFilter(request.GET, queryset=everything.by_urgency())
    table = _table(request, narrowed)
    context = {"filter": narrowed, "table": table, "query": request.GET.urlencode()}
    return render(request, "roadmaps/plans/measures.html", context)


def _table(request: SignedInRequest, narrowed: MeasureFilter) -> Any:
    table = MeasureTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    return table


@require_safe
@role_required(*AUTHORITY)
def programmes(request: SignedInRequest) -> HttpResponse:
    """Programmes of schools: share fulfilled, change of the indicators that each programme named."""
    found = reading.shown_to(request.user).filter(kind=Roadmap.Kind.SCHOOL).exclude(state="cancelled")
    plans = list(found.prefetch_related("indicators", "measures"))
    asked = [shifts.Asked(one.indicators.all(), [one.organization], one.starts_on) for one in plans]
    moved = shifts.shifts_of(asked, user=request.user)
    rows = [(one, reading.progress_of(one.measures.all()), its) for one, its in zip(plans, moved, strict=True)]
    return render(request, "roadmaps/plans/programmes.html", {"rows": rows})


@require_safe
@role_required(*SCHOOL)
def own_programme(request: SignedInRequest) -> HttpResponse:
    """The improvement programme of the person's own organisation, and what the authority plans for it."""
    mine = reading.shown_to(request.user).filter(organization=request.user.organization)
    kept: dict[bool, list[Roadmap]] = defaultdict(list)
    for one in mine.filter(kind=Roadmap.Kind.SCHOOL):
        kept[one.is_open].append(one)
    addressed = Measure.objects.visible_to(request.user).exclude(roadmap__kind=Roadmap.Kind.SCHOOL).unfinished()
    context = {
        "open": kept[True],
        "closed": kept[False],
        "addressed": addressed.filter(organizations=request.user.organization).with_details().order_by("due_on")[:20],
    }
    return render(request, "roadmaps/plans/own.html", context)
