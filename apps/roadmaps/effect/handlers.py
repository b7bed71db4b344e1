"""Measuring effects in a worker."""

from typing import Any

from apps.core import jobs
from apps.roadmaps.effect import measuring
from apps.roadmaps.effect.models import Measurement


@jobs.handler(measuring.KIND, title="Измерение эффекта")
def measure(run: jobs.Run, *, measurement_id: int) -> dict[str, Any]:
    """Compare and store; a second call changes nothing, a measurement that is gone is no failure."""
    row = Measurement.objects.filter(pk=measurement_id).first()
    if row is None:
        return {}
    run.progress(0, 1, "Подбираются похожие организации")
    return {"verdict": measuring.measure(measurement=row).verdict}
