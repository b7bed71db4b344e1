"""Jobs of the room: heavy work that a worker does. WeasyPrint is imported inside, not by the web process."""

from typing import Any

from apps.core import jobs
from apps.reports import services
from apps.reports.models import EvidenceFile, Release


@jobs.handler("reports.render", title="Сборка PDF отчёта")
def render_draft(run: jobs.Run, *, release_id: int) -> dict[str, Any]:
    from apps.reports import publication

    release = Release.objects.select_related("report__period").get(pk=release_id)
    if not release.draft_pdf_id and release.state == Release.State.PREPARED:
        services.keep_draft(release=release, pdf=publication.draft(release, run.progress))
    return {"release": release_id}


@jobs.handler("reports.evidence", title="Доказательный файл цикла")
def make_evidence(run: jobs.Run, *, evidence_id: int) -> dict[str, Any]:
    from apps.reports.evidence.making import make

    row = EvidenceFile.objects.select_related("period", "organization", "created_by").get(pk=evidence_id)
    return {"evidence": make(row, run.progress).pk}


@jobs.handler("reports.publish", title="Публикация отчёта")
def publish(run: jobs.Run, *, release_id: int) -> dict[str, Any]:
    from apps.reports import publication

    release = Release.objects.select_related("report__period").get(pk=release_id)
    published = publication.publish(release, run.progress)
    return {"release": release_id, "number": published.number}
