"""Jobs of the room: heavy work that a worker does. The typesetter is imported inside, not by the web process."""

from typing import Any

from apps.collection.models import SelfExamPrint
from apps.collection.services import selfexam, sites, statistics
from apps.collection.services.selfexam.papers import PRINT
from apps.collection.services.statistics import READ
from apps.core import jobs


@jobs.handler(PRINT, title="Печать отчёта о самообследовании")
def print_self_examination(run: jobs.Run, *, print_id: int) -> dict[str, Any]:
    from apps.collection.selfexam import paper, word

    copy = SelfExamPrint.objects.select_related("examination__period").get(pk=print_id)
    if not copy.is_ready:
        pdf = paper.render(copy.document, copy.digest, is_draft=copy.is_draft, tell=run.progress)
        selfexam.keep_print(copy=copy, pdf=pdf, docx=word.render(copy.document, copy.digest, is_draft=copy.is_draft))
    return {"print": print_id}


@jobs.handler(READ, title="Чтение форм статистики")
def read_statistics(run: jobs.Run, *, batch: str) -> dict[str, Any]:
    done = statistics.read_batch(batch=batch, tell=run.progress)
    return {"batch": batch, "files": len(done)}


@jobs.handler(sites.CHECK, title="Проверка ссылок на документы сайтов")
def check_site_links(run: jobs.Run, *, organization: int | None) -> dict[str, Any]:
    return {"links": sites.check_links(organization=organization, tell=run.progress)}
