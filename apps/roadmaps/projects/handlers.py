"""Work on projects that a worker does."""

from typing import Any

from apps.accounts.models import User
from apps.core import jobs
from apps.core.findings import Refused, error
from apps.roadmaps.projects.models import Project
from apps.roadmaps.projects.passport import printed

PRINT = "roadmaps.project_passport"


@jobs.handler(PRINT, title="Печать паспорта проекта")
def print_passport(run: jobs.Run, *, project_id: int, file: str) -> dict[str, Any]:
    user = User.objects.get(pk=run.job.created_by_id or 0)
    project = Project.objects.visible_to(user).filter(pk=project_id).first()
    if project is None:
        raise Refused([error("no_access", "У вас больше нет доступа к этому проекту.")])
    return {"file": str(printed(project=project, by=user, tell=run.progress).pk)}
