"""Making the evidence file: DOCX, PDF and the archive with all documents. Imported by workers only."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import IO

from django.db import transaction
from django.template.loader import render_to_string

from apps.core import events, files
from apps.core.documents.pdf import typeset
from apps.core.models import PrivateFile
from apps.reports.evidence.content import Evidence, Paper, evidence_of
from apps.reports.evidence.models import EvidenceFile
from apps.reports.evidence.wording import written
from apps.roadmaps.cycle.reading import cycle_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
LARGEST = 1024 * 1024 * 1024  # bytes of documents in one archive; what is beyond is named, not taken
CHUNK = 1 << 20
Tell = Callable[[int, int, str], None]


def make(row: EvidenceFile, tell: Tell = lambda done, total, stage: None) -> EvidenceFile:
    """Build all three files of what the person who asked may see now. A second run changes nothing."""
    if row.is_ready:
        return row
    tell(0, 5, "Читаем цикл")
    cycle = cycle_of(user=row.created_by, span=row.period.span, organization=row.organization)
    evidence = evidence_of(cycle)
    tell(1, 5, "Пишем DOCX")
    docx = written(evidence)
    tell(2, 5, "Верстаем PDF")
    source = render_to_string("reports/evidence/pdf.html", {"evidence": evidence})
    pdf = typeset(source, identifier=hashlib.sha256(source.encode()).hexdigest())
    tell(3, 5, "Собираем архив")
    with tempfile.TemporaryFile() as bundle:
        missing = bundled(evidence, docx, pdf, bundle)
        tell(4, 5, "Сохраняем")
        return _keep(row, evidence, docx=docx, pdf=pdf, bundle=bundle, missing=missing)


def bundled(evidence: Evidence, docx: bytes, pdf: bytes, out: IO[bytes]) -> list[str]:
    """Write the archive; returns the places of documents whose bytes could not be taken."""
    missing, size = [], 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("00 Опись.docx", docx)
        archive.writestr("00 Опись.pdf", pdf)
        for paper in evidence.papers:
            size += paper.kept.size
            if size > LARGEST or not _put(archive, paper):
                missing.append(paper.path)
        if missing:
            text = "Эти документы не вложены: их нет в хранилище или архив стал слишком большим.\r\n\r\n"
            archive.writestr("00 Не вложено.txt", (text + "\r\n".join(missing)).encode("utf-8-sig"))
    return missing


def _put(archive: zipfile.ZipFile, paper: Paper) -> bool:
    try:
        with paper.kept.file.open("rb") as stream, archive.open(paper.path, "w", force_zip64=True) as target:
            while chunk := stream.read(CHUNK):
                target.write(chunk)
    except FileNotFoundError:
        return False
    return True


@transaction.atomic
def _keep(
    row: EvidenceFile, evidence: Evidence, *, docx: bytes, pdf: bytes, bundle: IO[bytes], missing: list[str]
) -> EvidenceFile:
    kept = EvidenceFile.objects.select_for_update(of=("self",)).select_related("period", "created_by").get(pk=row.pk)
    if kept.is_ready:
        return kept
    name = f"Доказательный файл {kept.period.slug}"

    def stored(stream: IO[bytes], ending: str, content_type: str) -> PrivateFile:
        return files.store(
            stream=stream,  # type: ignore[arg-type]
            name=f"{name}.{ending}",
            content_type=content_type,
            by=kept.created_by,
        )

    kept.word = stored(BytesIO(docx), "docx", DOCX)
    kept.pdf = stored(BytesIO(pdf), "pdf", files.PDF)
    kept.archive = stored(bundle, "zip", ZIP)
    kept.counts = {**evidence.counts, "missing": len(missing)}
    kept.save()
    events.record(kind="reports.evidence_made", subject=kept, by=kept.created_by, text=evidence.summary[:500])
    return kept
