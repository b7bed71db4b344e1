"""Long work: the analysis of objectivity."""

from typing import Any

from apps.core import jobs
from apps.core.findings import Refused, error


@jobs.handler("analysis.objectivity", title="Проверка объективности результатов")
def objectivity(run: jobs.Run, *, run_id: int) -> dict[str, Any]:
    """Count one run; numpy and scipy are imported here, in the worker."""
    from apps.analysis.objectivity import running
    from apps.analysis.objectivity.models import ObjectivityRun

    found = ObjectivityRun.objects.select_related("rule", "period", "procedure").filter(pk=run_id).first()
    if found is None:
        return {}
    if found.started_by is not None and not found.started_by.is_department:
        message = "У того, кто начал проверку, больше нет роли сотрудника управления. Ничего не записано."
        raise Refused([error("role_ended", message, action="Начните проверку от имени действующего сотрудника.")])
    done = running.perform(found, run.progress)
    return {"comparisons": done.comparisons, "marked": done.marked}
