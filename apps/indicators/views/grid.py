"""Targets of a direction's set for a year, all on one page."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT
from apps.core import periods
from apps.core.findings import Refused, Severity
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.forms.series import AHEAD, RowTargetForm
from apps.indicators.models import Aggregate, Direction, IndicatorVersion, Pack, Target
from apps.indicators.selectors.targets import targets_of
from apps.indicators.services import targets as services


@dataclass
class GridRow:
    """An indicator of the set: its newest figure, the target in force and the fields of a new one."""

    version: IndicatorVersion
    span: periods.PeriodSpan
    figure: Aggregate | None
    target: Target | None
    form: RowTargetForm

    @property
    def written(self) -> str:
        return display.written_figure(self.figure)

    @property
    def is_touched(self) -> bool:
        return self.form.cleaned_data.get("number") is not None and self.form.has_changed()


@role_required(*DEPARTMENT)
def targets_grid(request: SignedInRequest) -> HttpResponse:
    """All targets of a direction for a year; either every row that was typed is taken, or none and all faults shown."""
    directions = list(Direction.objects.in_use())
    code = request.GET.get("direction") or (directions[0].code if directions else "")
    direction = get_object_or_404(Direction.objects.in_use(), code=code)
    years = [
        periods.school_year(periods.school_year_of(timezone.localdate()).starts_on.year - 1 + n)
        for n in range(AHEAD + 2)
    ]
    span = next((year for year in years if year.code.replace("/", "-") == request.GET.get("year")), years[1])
    rows = _rows(direction, span, request.POST if request.method == "POST" else None)
    valid = [row.form.is_valid() for row in rows]  # each of them, so that all faults are shown at once
    if request.method == "POST" and all(valid) and _save(rows, request):
        messages.success(request, f"Цели на {periods.title(span)} сохранены.")
        return redirect(
            f"{reverse('indicators:targets')}?direction={direction.code}&year={span.code.replace('/', '-')}"
        )
    context = {
        "direction": direction,
        "directions": directions,
        "years": [(year.code.replace("/", "-"), periods.title(year)) for year in years],
        "year": span.code.replace("/", "-"),
        "span": periods.title(span),
        "packs": _by_pack(rows),
        "faults": [
            (row, error) for row in rows if row.form.is_bound for errors in row.form.errors.values() for error in errors
        ],
    }
    return render(request, "indicators/series/grid.html", context)


def _rows(direction: Direction, span: periods.PeriodSpan, data: Any) -> list[GridRow]:
    versions = (
        IndicatorVersion.objects.in_force(min(span.ends_on, timezone.localdate()))
        .filter(indicator__direction=direction, indicator__is_group=False, indicator__is_active=True)
        .exclude(value_type=IndicatorVersion.ValueType.TEXT)
        .exclude(polarity=IndicatorVersion.Polarity.NEUTRAL)
        .select_related("indicator")
        .order_by("indicator__pack", "indicator__order")
    )
    kinds = dict(Pack.objects.values_list("code", "period_kind"))
    calendar = periods.self_examination_year(span)
    stored = {period.code: period.pk for period in Period.objects.filter(code__in=[span.code, calendar.code])}
    targets = targets_of(indicators=[version.indicator for version in versions])
    figures = _newest(versions)
    rows = []
    for version in versions:
        own = calendar if kinds.get(version.indicator.pack) == Period.Kind.CALENDAR_YEAR else span
        target = targets.get((version.indicator_id, stored.get(own.code, 0)))
        initial = (
            {key: getattr(target, key) for key in ("number", "basis", "basis_text", "explanation")} if target else {}
        )
        if target:
            initial["number"] = Decimal(f"{target.number.normalize():f}")
        form = RowTargetForm(data, prefix=f"row{version.indicator_id}", initial=initial, name=version.name)
        rows.append(GridRow(version, own, figures.get(version.indicator_id), target, form))
    return rows


def _newest(versions: Any) -> dict[int, Aggregate]:
    """The newest municipal figure of each indicator."""
    found = (
        Aggregate.objects.filter(
            version__indicator__in=[version.indicator_id for version in versions],
            scope=Aggregate.Scope.MUNICIPALITY,
            value__isnull=False,
        )
        .select_related("version", "period")
        .order_by("period__starts_on")
    )
    return {figure.version.indicator_id: figure for figure in found}


def _by_pack(rows: list[GridRow]) -> list[tuple[str, list[GridRow]]]:
    titles = dict(Pack.objects.values_list("code", "short_title"))
    found: dict[str, list[GridRow]] = {}
    for row in rows:
        found.setdefault(titles.get(row.version.indicator.pack, row.version.indicator.pack), []).append(row)
    return list(found.items())


def _save(rows: list[GridRow], request: SignedInRequest) -> bool:
    """Whether all rows were taken; the faults of all stand in their forms otherwise."""
    with transaction.atomic():
        for row in rows:
            if row.is_touched:
                _set(row, request)
        refused = any(row.form.errors for row in rows)
        if refused:
            transaction.set_rollback(True)
    return not refused


def _set(row: GridRow, request: SignedInRequest) -> None:
    data = row.form.cleaned_data
    new = services.NewTarget(
        indicator=row.version.indicator,
        period=Period.objects.named(row.span),
        number=data["number"],
        basis=data["basis"],
        basis_text=data["basis_text"],
        explanation=data["explanation"],
    )
    try:
        with transaction.atomic():
            services.set_target(new=new, by=request.user)
    except Refused as refusal:
        for finding in refusal.findings:
            if finding.severity != Severity.NOTICE:
                row.form.add_error(None, f"{finding.message} {finding.action}".strip())
