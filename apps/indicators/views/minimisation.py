"""«Пересмотр показателей»: what nothing uses, what is asked twice, what is overdue; switching off and on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core.figures import plural
from apps.core.findings import Finding, Refused
from apps.indicators.forms.minimisation import JudgeForm, SwitchForm
from apps.indicators.models import IndicatorVersion
from apps.indicators.selectors import minimisation as reviews
from apps.indicators.services import switching, twins


@require_safe
@role_required(*AUTHORITY)
def index(request: SignedInRequest) -> HttpResponse:
    """The whole review on one page."""
    return render(request, "indicators/minimisation.html", {"review": reviews.review()})


@require_POST
@role_required(*DEPARTMENT)
def off(request: SignedInRequest) -> HttpResponse:
    """Totals before and after first; with a reason the indicators are switched off."""
    return _switch(request, switching.switch_off, on=False, done=("выключен", "выключено", "выключено"))


@require_POST
@role_required(*DEPARTMENT)
def on(request: SignedInRequest) -> HttpResponse:
    return _switch(request, switching.switch_on, on=True, done=("включён", "включено", "включено"))


def _switch(
    request: SignedInRequest, service: Callable[..., int], *, on: bool, done: tuple[str, str, str]
) -> HttpResponse:
    codes = list(dict.fromkeys(request.POST.getlist("code")))
    if not codes:
        messages.error(request, "Не отмечено ни одного показателя. Отметьте те, которые хотите изменить.")
        return redirect("indicators:review")
    confirmed = "confirm" in request.POST
    form = SwitchForm(request.POST if confirmed else None)
    findings: list[Finding] = [] if on else switching.held_by_formulas(codes)
    if confirmed and form.is_valid() and not findings:
        try:
            count = service(codes=codes, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            findings = refusal.findings
        else:
            noun = plural(count, "показатель", "показателя", "показателей")
            messages.success(request, f"{count} {noun}: {plural(count, *done)}.")
            return redirect("indicators:review")
    versions = IndicatorVersion.objects.current().filter(indicator__code__in=codes).select_related("indicator")
    context: dict[str, Any] = {
        "form": form,
        "findings": findings,
        "codes": codes,
        "versions": list(versions.order_by("indicator__pack", "indicator__order")),
        "changes": reviews.changes(codes, on=on),
        "asking": [] if on else reviews.forms_asking(codes),
        "on": on,
    }
    return render(request, "indicators/switch.html", context)


@require_POST
@role_required(*DEPARTMENT)
def judge(request: SignedInRequest) -> HttpResponse:
    """«То же самое», «не дубликат», or the judgement is forgotten."""
    form = JudgeForm(request.POST)
    codes = [code.strip() for code in request.POST.getlist("code") if code.strip()]
    if not form.is_valid():
        messages.error(request, "Выберите решение; пояснение — не длиннее 500 знаков.")
        return redirect("indicators:review")
    data = form.cleaned_data
    try:
        if data["verdict"] == "forget":
            twins.forget_verdict(codes=codes, by=request.user)
            messages.success(request, "Решение отменено: показатели снова среди похожих.")
        else:
            twins.judge(codes=codes, verdict=data["verdict"], note=data["note"], by=request.user)
            messages.success(request, "Решение записано, портал его запомнит.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding).capitalize())
    return redirect("indicators:review")
