"""Measuring effects in a worker."""

from typing import Any

from apps.accounts.models import User
from apps.core import findings, jobs
from apps.roadmaps.effect import PRINT, measuring
from apps.roadmaps.effect.models import Expectation, Measurement


@jobs.handler(measuring.KIND, title="Измерение эффекта")
def measure(run: jobs.Run, *, measurement_id: int) -> dict[str, Any]:
    """Compare and store; a second call changes nothing, a measurement that is gone is no failure."""
    row = Measurement.objects.filter(pk=measurement_id).first()
    if row is None:
        return {}
    run.progress(0, 1, "Подбираются похожие организации")
    return {"verdict": measuring.measure(measurement=row).verdict}


@jobs.handler(PRINT, title="Печать эффекта")
def print_effect(run: jobs.Run, *, expectation_id: int, file: str) -> dict[str, Any]:
    """The typesetter is imported here, not by the web process."""
    from apps.roadmaps.effect.printing import printed

    user = User.objects.get(pk=run.job.created_by_id or 0)
    found = Expectation.objects.visible_to(user).with_details().filter(pk=expectation_id).first()
    if found is None:
        raise findings.Refused([findings.error("no_access", "У вас больше нет доступа к этому эффекту.")])
    return {"file": str(printed(expectation=found, user=user, tell=run.progress).pk)}
