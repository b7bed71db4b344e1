"""Registers of decisions, terms in a calendar, items without a term."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import date as written
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.core.months import month_of
from apps.roadmaps.decisions import selectors
from apps.roadmaps.decisions.filters import DecisionFilter
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionAnnex, DecisionItem
from apps.roadmaps.decisions.reminding import IN_ADVANCE
from apps.roadmaps.decisions.tables import DecisionTable, UndatedTable

WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


@require_safe
@role_required(*AUTHORITY)
def decisions(request: SignedInRequest) -> HttpResponse:
    """The authority's register; with `of=schools` the decisions of organisations."""
    visible = Decision.objects.visible_to(request.user)
    of_schools = request.GET.get("of") == "schools"
    register = visible.exclude(organization=None) if of_schools else visible.of_authority()
    if request.GET.get("mine"):
        register = register.filter(steps__user=request.user, steps__state="waiting", state="on_approval").distinct()
    narrowed = DecisionFilter(request.GET, queryset=register.with_progress().order_by("-signed_on", "-pk"))
    table = DecisionTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    lines = Assignment.objects.visible_to(request.user).of_authority().in_force()
    context = {
        "filter": narrowed,
        "table": table,
        "counts": lines.count_by_state(),
        "total": register.count(),
        "of_schools": of_schools,
        "tab": "schools" if of_schools else "register",
    }
    return render(request, "roadmaps/decisions/register.html", context)


@require_safe
@role_required(*SCHOOL)
def own_decisions(request: SignedInRequest) -> HttpResponse:
    """The register of an organisation's own decisions."""
    register = Decision.objects.visible_to(request.user).filter(organization=request.user.organization)
    narrowed = DecisionFilter(request.GET, queryset=register.with_progress().order_by("-signed_on", "-pk"))
    table = DecisionTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"filter": narrowed, "table": table, "total": register.count(), "tab": "own"}
    return render(request, "roadmaps/decisions/own_register.html", context)


@require_safe
@role_required(*AUTHORITY)
def undated(request: SignedInRequest) -> HttpResponse:
    """Items without a term: nothing reminds of them by itself, so they stand together."""
    items = DecisionItem.objects.visible_to(request.user).undated().filter(decision__organization=None)
    items = items.select_related("decision").annotate(
        total=Count("lines", filter=~Q(lines__state="withdrawn")),
        done=Count("lines", filter=Q(lines__state="done")),
    )
    table = UndatedTable(items.order_by("-decision__signed_on", "decision", "position"))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    return render(request, "roadmaps/decisions/undated.html", {"table": table, "tab": "undated"})


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def terms(request: SignedInRequest) -> HttpResponse:
    """A month of terms."""
    first = month_of(request.GET.get("month"))
    context = {
        "month": selectors.month_of_terms(request.user, first),
        "days": WEEKDAYS,
        "title": f"Сроки решений: {written(first, 'F Y').lower()}",
        "in_advance": " и ".join(str(days) for days in IN_ADVANCE),
        "tab": "calendar",
    }
    return render(request, "roadmaps/decisions/calendar.html", context)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def control(request: SignedInRequest) -> HttpResponse:
    """Decisions under the reader's control, and what is overdue or waits to be looked at in them."""
    controlled = Decision.objects.visible_to(request.user).controlled_by(request.user).in_force()
    lines = Assignment.objects.filter(item__decision__in=controlled.values("pk")).in_force().with_details()
    shown = lines.filter(state="reported") if request.GET.get("state") == "reported" else lines.overdue()
    page = Paginator(shown.by_urgency(), 25).get_page(request.GET.get("page"))
    context = {
        "rows": selectors.control_rows(controlled),
        "counts": lines.count_by_state(),
        "page": page,
        "reported": request.GET.get("state") == "reported",
        "tab": "control",
    }
    return render(request, "roadmaps/decisions/control.html", context)


@require_safe
def open_acts(request: HttpRequest) -> HttpResponse:
    """Documents that were published by decisions: everybody may read them."""
    found = DecisionAnnex.objects.filter(published_at__isnull=False).select_related("decision", "file", "version__file")
    page = Paginator(found.order_by("-published_at", "-pk"), 25).get_page(request.GET.get("page"))
    return render(request, "roadmaps/decisions/open.html", {"page": page})
