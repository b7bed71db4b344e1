"""Work of the indicators that a worker does."""

from dataclasses import asdict
from typing import Any

from apps.core import jobs
from apps.core.models import Period
from apps.indicators.models import DataExport
from apps.indicators.services import compute_aggregates, exports
from apps.indicators.services.aggregates import KIND


@jobs.handler(KIND, title="Пересчёт показателей")
def recount(run: jobs.Run, *, period_id: int, everything: bool = False) -> dict[str, Any]:
    period = Period.objects.get(pk=period_id)
    run.progress(0, 1, f"Складываются значения: {period}")
    result = compute_aggregates(period=period, only_changed=not everything)
    return asdict(result)


@jobs.handler(exports.KIND, title="Выгрузка показателей")
def export(run: jobs.Run, *, export_id: int) -> dict[str, Any]:
    row = DataExport.objects.get(pk=export_id)
    run.progress(0, 1, "Собираются значения")
    return {"rows": exports.write_file(export=row, user=exports.maker_of(row))}
