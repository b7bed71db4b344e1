"""Figures over time: targets, causes of changes, the trend as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.core import events, periods
from apps.core.files import XLSX
from apps.core.findings import Refused, Severity
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.forms.series import CauseForm, ReasonForm, TargetForm, target_periods
from apps.indicators.models import Cause, Indicator, IndicatorVersion, Target
from apps.indicators.selectors import detail as details
from apps.indicators.selectors.comparison import comparison_of
from apps.indicators.selectors.scopes import MUNICIPALITY, Scope, find_scope, scopes_for
from apps.indicators.selectors.targets import figures_of
from apps.indicators.selectors.trend import Trend, chart_of, trend_of
from apps.indicators.services import targets as services
from apps.indicators.trend_file import HEADERS, file_rows
from apps.indicators.views.look import Look, look_of, pack_of
from apps.workbooks.writing import export_table

NO_FIGURE = "сводное число показывается, когда сообщили не меньше трёх организаций"
NO_OWN_FIGURE = "организация за этот период не сообщила или её форма ещё не принята"


def _indicator(code: str) -> Indicator:
    return get_object_or_404(Indicator, code=code, is_group=False)


def series_context(
    *, indicator: Indicator, version: IndicatorVersion, look: Look, request: SignedInRequest
) -> dict[str, Any]:
    """What the page of an indicator shows of its years."""
    trend = trend_of(indicator=indicator, version=version, scope=look.scope, user=request.user)
    return {
        "trend": trend,
        "years": chart_of(trend),
        "comparison": comparison_of(trend=trend, period=look.period, user=request.user) if look.period else [],
        "may_set_targets": request.user.is_department,
        "no_figure_note": NO_OWN_FIGURE if look.scope.is_organization else NO_FIGURE,
    }


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def trend_export(request: SignedInRequest, code: str) -> HttpResponse:
    """Years of a scope with changes, targets, references, breaks and causes as xlsx."""
    indicator = _indicator(code)
    look = look_of(request, pack_of(indicator))
    version = details.version_of(indicator, look.period)
    if version is None:
        raise Http404
    trend: Trend = trend_of(indicator=indicator, version=version, scope=look.scope, user=request.user)
    headers = [*HEADERS, *trend.lines.values()]
    content = export_table(headers, file_rows(trend), title=f"{indicator.number} по годам")
    disposition = f'attachment; filename="{indicator.pack}-{indicator.pk}-trend.xlsx"'
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


def target_scopes(request: SignedInRequest) -> list[tuple[str, list[Scope]]]:
    return scopes_for(request.user)


@role_required(*DEPARTMENT)
def target(request: SignedInRequest, code: str) -> HttpResponse:
    """Set the target of an indicator; what history says of it stands beside."""
    indicator = _indicator(code)
    spans = target_periods(pack_of(indicator))
    scopes = target_scopes(request)
    initial = {"period": request.GET.get("period", spans[2].code), "scope": request.GET.get("scope", MUNICIPALITY.slug)}
    form = TargetForm(request.POST or None, spans=spans, scopes=scopes, initial=initial)
    version = details.version_of(indicator, None)
    if version is None:
        raise Http404
    findings = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        scope = find_scope(scopes, data["scope"]) or MUNICIPALITY
        new = services.NewTarget(
            indicator=indicator,
            period=Period.objects.named(periods.parse_period(data["period"])),
            number=data["number"],
            basis=data["basis"],
            basis_text=data["basis_text"],
            explanation=data["explanation"],
            scope=scope.kind,
            key=scope.key,
        )
        try:
            services.set_target(new=new, by=request.user)
        except Refused as refusal:
            findings = refusal.findings
            for finding in findings:
                if finding.severity == Severity.QUERY:
                    form.add_error("explanation", f"{finding.message} {finding.action}")
                elif finding.severity == Severity.ERROR:
                    form.add_error("number", f"{finding.message} {finding.action}".strip())
        else:
            messages.success(request, f"Цель на {new.period} поставлена.")
            return redirect(f"{reverse('indicators:detail', args=[code])}?scope={scope.slug}")
    scope = find_scope(scopes, form.data.get("scope", "") or str(initial["scope"])) or MUNICIPALITY
    context = {
        "indicator": indicator,
        "version": version,
        "form": form,
        "scope": scope,
        "past": [
            (period, display.written(version, one.value))
            for period, one in figures_of(indicator, scope.kind, scope.key)
        ],
        "targets": _history(indicator, version, scopes),
        "reason_form": ReasonForm(),
        "events": events.history(indicator).filter(kind__startswith="indicators.target")[:20],
    }
    return render(request, "indicators/series/target.html", context)


def _history(
    indicator: Indicator, version: IndicatorVersion, scopes: list[tuple[str, list[Scope]]]
) -> list[dict[str, Any]]:
    """All targets of the indicator, those in force first."""
    names = {(scope.kind, scope.key): scope.name for _, group in scopes for scope in group}
    found = indicator.targets.select_related("period", "author").order_by("-period__starts_on", "-created_at")
    rows = [
        {
            "target": one,
            "written": display.written(version, one.number),
            "scope": names.get((one.scope, one.scope_key), one.get_scope_display()),
        }
        for one in found
    ]
    return sorted(rows, key=lambda row: row["target"].ended_at is not None)  # type: ignore[union-attr]


@require_POST
@role_required(*DEPARTMENT)
def target_end(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a target out of force, for a reason."""
    found = get_object_or_404(Target.objects.current(), pk=pk, indicator__code=code)
    form = ReasonForm(request.POST)
    if form.is_valid():
        services.end_target(target=found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Цель на {found.period} снята, в истории она осталась.")
    else:
        messages.error(request, "Цель не снята: напишите, почему она снимается.")
    return redirect("indicators:target", code)


@role_required(*DEPARTMENT)
def cause(request: SignedInRequest, code: str, period: periods.PeriodSpan) -> HttpResponse:
    """«Причины изменения» of an indicator in a period."""
    indicator = _indicator(code)
    stored = get_object_or_404(Period, code=period.code)
    version = details.version_of(indicator, stored)
    if version is None:
        raise Http404
    old = Cause.objects.filter(indicator=indicator, period=stored).first()
    form = CauseForm(request.POST or None, initial={"text": old.text if old else ""})
    if request.method == "POST" and form.is_valid():
        services.write_cause(indicator=indicator, period=stored, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Причины изменения сохранены.")
        return redirect(f"{reverse('indicators:detail', args=[code])}?period={stored.slug}")
    trend = trend_of(indicator=indicator, version=version, scope=MUNICIPALITY, user=request.user)
    context = {
        "indicator": indicator,
        "version": version,
        "period": stored,
        "form": form,
        "year": next((year for year in trend.years if year.period == stored), None),
        "events": events.history(indicator).filter(kind="indicators.cause")[:20],
    }
    return render(request, "indicators/series/cause.html", context)
