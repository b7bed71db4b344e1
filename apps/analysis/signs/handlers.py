"""Jobs of the yearly list. The typesetter is imported inside, not by the web process."""

from typing import Any

from apps.analysis.models import SignList
from apps.analysis.signs import services
from apps.core import jobs


@jobs.handler(services.COUNT, title="Расчёт признаков")
def count_signs(run: jobs.Run, *, list_id: int) -> dict[str, Any]:
    sign_list = SignList.objects.select_related("period").get(pk=list_id)
    run.progress(0, 2, "Считаем признаки")
    return {"list": list_id, "marked": services.count_list(sign_list=sign_list, tell=run.progress)}


@jobs.handler(services.PRINT, title="Печать перечня")
def print_signs(run: jobs.Run, *, list_id: int) -> dict[str, Any]:
    from apps.analysis.signs import paper_pdf
    from apps.analysis.signs.content import annex_of
    from apps.core.documents.frozen import digest_of

    sign_list = SignList.objects.select_related("period").get(pk=list_id)
    annex = annex_of(sign_list)
    digest = digest_of(annex.document)
    if sign_list.pdf_digest != digest:
        pdf = paper_pdf.render(annex, digest, run.progress)
        services.keep_pdf(sign_list=sign_list, pdf=pdf, digest=digest)
    return {"list": list_id}
