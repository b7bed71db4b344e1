"""Computing clusters in a worker."""

from typing import Any

from apps.analysis.clusters import computing
from apps.core import jobs


@jobs.handler(computing.KIND, title="Расчёт кластеров")
def cluster(run: jobs.Run, *, clustering_id: int) -> dict[str, Any]:
    """Partition organisations and store a draft; a second call changes nothing."""
    run.progress(0, 1, "Сравниваются организации")
    return computing.compute(clustering_id=clustering_id)
