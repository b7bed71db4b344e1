"""Work of the indicators that a worker does."""

from dataclasses import asdict
from typing import Any

from apps.core import jobs
from apps.core.models import Period
from apps.indicators.services import compute_aggregates
from apps.indicators.services.aggregates import KIND


@jobs.handler(KIND, title="Пересчёт показателей")
def recount(run: jobs.Run, *, period_id: int) -> dict[str, Any]:
    period = Period.objects.get(pk=period_id)
    run.progress(0, 1, f"Складываются значения: {period}")
    result = compute_aggregates(period=period)
    return asdict(result)
