"""«Сверить с официальным текстом»: rows that are not confirmed, comparisons, the second person's word."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core.findings import Refused
from apps.indicators.models import Comparison, IndicatorVersion, Pack
from apps.indicators.selectors import comparisons as selectors
from apps.indicators.services import comparisons as services
from apps.indicators.services.comparisons import ComparedRow

STATES = [("unconfirmed", "не подтверждено"), ("proposal", "предложение")]


@require_http_methods(["GET", "POST"])
@role_required(*AUTHORITY)
def index(request: SignedInRequest) -> HttpResponse:
    """Rows of a pack to be compared with the act; several at once."""
    packs = selectors.counts()
    chosen = request.GET.get("pack") or next((one.pack.code for one in packs if one.left), "")
    pack = get_object_or_404(Pack, code=chosen) if chosen else None
    state = request.GET.get("state", "")
    if state and state not in dict(STATES):
        raise Http404
    text = request.GET.get("q", "").strip()[:100]
    rows = selectors.rows_of(pack, state, text) if pack else []
    context: dict[str, Any] = {
        "packs": packs,
        "pack": pack,
        "rows": rows,
        "state": state,
        "states": STATES,
        "q": text,
        "outcomes": Comparison.Outcome.choices,
        "waiting": selectors.waiting_comparisons(),
        "typed": {
            "compared_on": timezone.localdate().isoformat(),
            "outcome": "official",
            "act": pack.act if pack else "",
        },
        "picked": [],
    }
    if request.method == "POST":
        if not request.user.is_department:
            raise Http404
        return _compare(request, rows, context)
    return render(request, "indicators/comparisons/list.html", context)


def _compare(request: SignedInRequest, rows: list[selectors.SourceRow], context: dict[str, Any]) -> HttpResponse:
    free = [row.version for row in rows if row.waiting is None]
    wanted = set(request.POST.getlist("rows"))
    picked = free if "all" in request.POST else [one for one in free if str(one.pk) in wanted]
    typed = {name: request.POST.get(name, "") for name in ("outcome", "act", "evidence", "compared_on")}
    try:
        comparison = services.compare(
            outcome=typed["outcome"],
            act=typed["act"][:600],
            evidence=typed["evidence"][:600],
            compared_on=_day(typed["compared_on"]),
            rows=[_row(request, version) for version in picked],
            by=request.user,
        )
    except Refused as refusal:
        context |= {"typed": typed, "findings": refusal.findings, "picked": [one.pk for one in picked]}
        for row in context["rows"]:
            row.version.typed_name = request.POST.get(f"name-{row.version.pk}", "")
            row.version.typed_unit = request.POST.get(f"unit-{row.version.pk}", "")
        return render(request, "indicators/comparisons/list.html", context, status=422)
    messages.success(
        request, f"Передано второму человеку строк: {len(picked)}. До его решения они остаются неподтверждёнными."
    )
    return redirect("indicators:comparison", comparison.pk)


def _row(request: SignedInRequest, version: IndicatorVersion) -> ComparedRow:
    name = " ".join(request.POST.get(f"name-{version.pk}", "").split())[:600]
    unit = request.POST.get(f"unit-{version.pk}", "").strip()[:100]
    return ComparedRow(version.pk, name if name != version.name else "", unit if unit != version.unit else "")


def _day(text: str) -> date:
    """An empty or broken day is taken as one to come, which the service refuses with words."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.max


@require_safe
@role_required(*AUTHORITY)
def comparison(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Comparison.objects.select_related("author"), pk=pk)
    return render(request, "indicators/comparisons/comparison.html", _shown(request, found))


def _shown(request: SignedInRequest, found: Comparison) -> dict[str, Any]:
    rows = list(found.rows.select_related("version__indicator", "decided_by").order_by("version__indicator__order"))
    waiting = [row for row in rows if row.is_open]
    return {
        "comparison": found,
        "rows": rows,
        "waiting": waiting,
        "may_decide": bool(waiting) and request.user.is_department and request.user != found.author,
        "is_own": bool(waiting) and request.user == found.author,
    }


@require_POST
@role_required(*DEPARTMENT)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person agrees or not, with the marked rows or with all; the author may take them back."""
    found = get_object_or_404(Comparison, pk=pk)
    waiting = list(found.rows.filter(state="open").select_related("comparison"))
    wanted = set(request.POST.getlist("rows"))
    rows = waiting if "all" in request.POST else [row for row in waiting if str(row.pk) in wanted]
    note = request.POST.get("note", "")[:500]
    if not rows:
        messages.error(request, "Не отмечено ни одной строки. Отметьте строки или поставьте «все строки».")
        return redirect("indicators:comparison", pk)
    try:
        match request.POST.get("decision"):
            case "accept":
                text = f"Подтверждено строк: {services.confirm(rows=rows, by=request.user, note=note)}."
            case "decline":
                text = f"Отклонено строк: {services.refuse(rows=rows, by=request.user, note=note)}. Они не изменились."
            case "withdraw":
                text = f"Отозвано строк: {services.withdraw(rows=rows, by=request.user)}."
            case _:
                raise Http404
    except Refused as refusal:
        context = _shown(request, found) | {"findings": refusal.findings, "note": note}
        return render(request, "indicators/comparisons/comparison.html", context, status=422)
    messages.success(request, text)
    return redirect("indicators:comparison", pk)
