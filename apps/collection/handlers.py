"""Jobs of the room: heavy work that a worker does. The typesetter is imported inside, not by the web process."""

from typing import Any

from apps.collection.models import SelfExamPrint
from apps.collection.services import selfexam
from apps.collection.services.selfexam.papers import PRINT
from apps.core import jobs


@jobs.handler(PRINT, title="Печать отчёта о самообследовании")
def print_self_examination(run: jobs.Run, *, print_id: int) -> dict[str, Any]:
    from apps.collection.selfexam import paper, word

    copy = SelfExamPrint.objects.select_related("examination__period").get(pk=print_id)
    if not copy.is_ready:
        pdf = paper.render(copy.document, copy.digest, is_draft=copy.is_draft, tell=run.progress)
        selfexam.keep_print(copy=copy, pdf=pdf, docx=word.render(copy.document, copy.digest, is_draft=copy.is_draft))
    return {"print": print_id}
