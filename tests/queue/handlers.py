"""A kind of job for tests: long enough to be killed in the middle, with a result that can be known beforehand."""

import time
from typing import Any

from apps.core import findings, jobs
from apps.core.models import Event

KIND = "tests.count"


@jobs.handler(KIND, title="Проверочный счёт")
def count(run: jobs.Run, *, steps: int, pause: float = 0.0, fail: str = "") -> dict[str, Any]:
    """Add up 1…steps, one visible step at a time. `fail` is «refuse» or «crash»."""
    Event.objects.create(kind=KIND, subject="tests", subject_id=str(run.job.pk), text=f"попытка {run.job.attempt}")
    if fail == "refuse":
        raise findings.Refused([findings.error("wrong", "Неверный файл.")])
    if fail == "crash":
        raise RuntimeError("crash")
    total = 0
    for step in range(1, steps + 1):
        total += step
        run.progress(step, steps, f"шаг {step}")
        time.sleep(pause)
    return {"sum": total}
