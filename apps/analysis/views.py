"""Pages of the analysis. For the authority; what a school may know of itself stands on its own pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.analysis import selectors
from apps.analysis.models import SignRule
from apps.analysis.signs.selectors import newest_list
from apps.core.models import Period
from apps.organizations.models import Kind

VIEWS = {"marked": "требуют внимания", "few": "данных мало", "all": "все"}


def _chosen_period(request: SignedInRequest, choices: list[Period]) -> Period | None:
    asked = request.GET.get("period")
    return next((period for period in choices if period.code == asked), choices[0] if choices else None)


@require_safe
@role_required(*AUTHORITY)
def signs(request: SignedInRequest) -> HttpResponse:
    """Organisations where the share of «2» asks for attention. Sorted by name: help is given, nobody is ranked."""
    rule = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    choices = selectors.periods_with_results()
    period = _chosen_period(request, choices)
    rows = selectors.sign_rows(period=period, rule=rule) if period else []
    shown = request.GET.get("show", "marked")
    if shown not in VIEWS:
        shown = "marked"
    kind = request.GET.get("kind", "")
    kinds = {value: label for value, label in Kind.choices if value != Kind.AUTHORITY}
    if kind in kinds:
        rows = [row for row in rows if row.organization.kind == kind]
    wanted = [row for row in rows if shown == "all" or (row.is_marked if shown == "marked" else row.is_few)]
    context = {
        "rule": rule,
        "periods": choices,
        "period": period,
        "schools": selectors.by_school(wanted),
        "summary": selectors.Summary.of(rows),
        "views": VIEWS,
        "kinds": kinds,
        "kind": kind,
        "is_additional": kind == Kind.ADDITIONAL,
        "shown": shown,
        "may_act": request.user.is_department,
        "sign_list": newest_list(request.user),
    }
    return render(request, "analysis/signs.html", context)
