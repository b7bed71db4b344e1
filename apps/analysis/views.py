"""Pages of the analysis. For the authority; what a school may know of itself stands on its own pages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.analysis import selectors, services
from apps.analysis.forms import SignRuleForm
from apps.analysis.models import SignRule
from apps.core.findings import Refused
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
    }
    return render(request, "analysis/signs.html", context)


@role_required(*DEPARTMENT)
def rule(request: SignedInRequest) -> HttpResponse:
    """The threshold of the sign: its versions, and the form of a new one."""
    current = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    initial = {field: getattr(current, field) for field in ("threshold", "minimum_participants", "source_state", "act")}
    initial["threshold"] = f"{current.threshold.normalize():f}"
    form = SignRuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_rule(code=current.code, change=services.RuleChange(**form.cleaned_data), by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Новая версия порога действует с сегодняшнего дня.")
            return redirect(reverse("analysis:signs"))
    context = {"form": form, "rule": current, "history": SignRule.objects.history(current.code)}
    return render(request, "analysis/rule.html", context)
