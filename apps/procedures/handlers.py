"""Long work of the room: reading result files, typesetting papers."""

from typing import Any

from django.http import Http404

from apps.accounts.models import User
from apps.core import jobs
from apps.core.findings import Refused, error
from apps.procedures.printed.views import PRINT


@jobs.handler("procedures.import_results", title="Загрузка результатов")
def import_results(run: jobs.Run, *, batch_id: int) -> dict[str, Any]:
    """Import the files of a batch; after a crash the files already stored are not touched again."""
    from apps.procedures import services
    from apps.procedures.models import Batch

    batch = Batch.objects.select_related("created_by").filter(pk=batch_id).first()
    if batch is None:
        return {}
    if batch.created_by is not None and not batch.created_by.is_department:  # the role may have ended meanwhile
        message = "У того, кто загрузил файлы, больше нет роли сотрудника управления. Ничего не записано."
        raise Refused([error("role_ended", message, action="Загрузите файлы от имени действующего сотрудника.")])
    files = services.import_batch(batch=batch, by=batch.created_by, progress=run.progress)
    return {"files": len(files), "states": [str(file.state) for file in files]}


@jobs.handler(PRINT, title="Печать результатов")
def print_school(run: jobs.Run, *, procedure_id: int, code: str, file: str) -> dict[str, Any]:
    """Typeset the paper; the typesetter is imported here, not by the web process."""
    from apps.procedures.printed.typesetting import printed

    user = User.objects.get(pk=run.job.created_by_id or 0)
    try:
        kept = printed(procedure_id=procedure_id, code=code, user=user, tell=run.progress)
    except Http404:
        raise Refused([error("no_access", "У вас больше нет доступа к этим результатам.")]) from None
    return {"file": str(kept.pk)}
