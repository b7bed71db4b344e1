"""Writes reference figures: exactly what was previewed, all of it or nothing."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Finding, Refused, error, has_errors
from apps.core.models import Period
from apps.indicators.models import Indicator, ReferencePoint, ReferenceSeries
from apps.indicators.references.reading import COLUMNS, ReadPoint, read
from apps.indicators.services.targets import require_department
from apps.workbooks.reading import REGISTER, read_workbook
from apps.workbooks.writing import Value, export_table


@dataclass
class Plan:
    """What a file would do. A point already there with the same number and source is left."""

    new: list[ReadPoint] = field(default_factory=list)
    changed: list[tuple[ReadPoint, str]] = field(default_factory=list)  # with what stands there now
    unchanged: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return has_errors(self.findings)

    @property
    def points(self) -> list[ReadPoint]:
        return [*self.new, *(point for point, _ in self.changed)]

    @property
    def digest(self) -> str:
        rows = [(*point.series, point.span.code, str(point.number), str(point.passport)) for point in self.points]
        text = json.dumps([rows, [old for _, old in self.changed], self.unchanged], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def plan_references(source: BinaryIO | Path | str) -> Plan:
    """What the file would do. Raises Refused when it cannot be read at all."""
    points, findings = read(read_workbook(source, limits=REGISTER))
    plan = Plan(findings=findings)
    if plan.is_refused:
        return plan
    known = {
        (point.series.indicator.code, point.series.owner, point.series.territory, point.period.code): point
        for point in ReferencePoint.objects.select_related("series__indicator", "period")
    }
    for point in points:
        old = known.get((*point.series, point.span.code))
        if old is None:
            plan.new.append(point)
        elif old.number == point.number and _same_source(old.series, point):
            plan.unchanged += 1
        else:
            plan.changed.append((point, f"{old.number.normalize():f}, {old.series.source}"))
    return plan


def _same_source(series: ReferenceSeries, point: ReadPoint) -> bool:
    return all(getattr(series, key) == value for key, value in point.passport)


@transaction.atomic
def load_references(*, source: BinaryIO | Path | str, by: Any, digest: str = "") -> Plan:
    """Write the figures of a file; what it does not name stays. `by` None is the operator at the command line.

    With `digest` only the plan that was previewed is written. Raises Refused, then nothing has changed.
    """
    if by is not None:
        require_department(by)
    list(ReferenceSeries.objects.select_for_update().order_by("pk").values_list("pk"))
    plan = plan_references(source)
    if plan.is_refused:
        raise Refused(plan.findings)
    if digest and digest != plan.digest:
        text = "Пока вы смотрели на изменения, ряды сравнения изменились."
        raise Refused([error("plan_changed", text, action="Посмотрите изменения ещё раз и подтвердите.")])
    by_series: dict[tuple[str, str, str], list[ReadPoint]] = {}
    for point in plan.points:
        by_series.setdefault(point.series, []).append(point)
    for points in by_series.values():
        _store(points, by)
    return plan


def _store(points: list[ReadPoint], by: Any) -> None:
    first = points[0]
    indicator = Indicator.objects.get(code=first.code)
    series, _ = ReferenceSeries.objects.update_or_create(
        indicator=indicator,
        owner=first.owner,
        territory=first.territory,
        defaults={**dict(first.passport), "loaded_by": by, "loaded_at": timezone.now()},
    )
    for point in points:
        ReferencePoint.objects.update_or_create(
            series=series, period=Period.objects.named(point.span), defaults={"number": point.number}
        )
    text = f"Ряд сравнения «{series.name}»: значений — {len(points)}; источник: {series.source}"
    events.record(kind="indicators.reference_loaded", subject=indicator, by=by, text=text[:500])


def template() -> bytes:
    """A file with the columns and one invented row to show how it is filled in."""
    row: list[Value] = ["so_oo.1.5%", "регион", "Пример области", "2024", 47.2, "Сборник статистики, таблица 3", "%"]
    row += [None, None, "нет"]
    return export_table([column.title for column in COLUMNS], [row], title="Ряды сравнения")
