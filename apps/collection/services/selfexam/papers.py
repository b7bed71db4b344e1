"""Files of a report: attachments, and printed copies that a worker makes."""

from io import BytesIO
from typing import Any, BinaryIO

from django.db import transaction

from apps.accounts.roles import SCHOOL
from apps.collection.models import SelfExamAttachment, SelfExamination, SelfExamPrint
from apps.collection.selfexam.content import assemble
from apps.collection.services.selfexam.access import begin, lock, require_draft
from apps.core import attachments, events, files, jobs
from apps.core.documents.frozen import digest_of
from apps.core.findings import refuse
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.workbooks.cells import clean_text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PRINT = "collection.print_self_examination"
MOST_ATTACHMENTS = 20


@transaction.atomic
def attach(
    *, organization: Organization, period: Period, stream: BinaryIO, name: str, title: str, by: Any
) -> SelfExamAttachment:
    """Put a file beside the report. Raises Refused: approved, too many, a wrong file."""
    examination = begin(organization=organization, period=period, by=by)
    require_draft(examination)
    if examination.attachments.count() >= MOST_ATTACHMENTS:
        raise refuse("too_many", f"Приложений уже {MOST_ATTACHMENTS}.", "Объедините файлы или удалите лишние.")
    content_type = attachments.check(stream, name)
    kept = files.store(stream=stream, name=name, content_type=content_type, by=by)
    title = clean_text(title)[:200] or kept.name
    made = SelfExamAttachment.objects.create(examination=examination, title=title, file=kept, added_by=by)
    events.record(kind="selfexam.attached", subject=examination, by=by, text=f"Приложен файл «{title}»")
    return made


@transaction.atomic
def detach(*, attachment: SelfExamAttachment, by: Any) -> None:
    """Take an attachment away; its file stays in the history of the portal. Raises Refused."""
    owner = attachment.examination
    examination = begin(organization=owner.organization, period=owner.period, by=by)
    require_draft(examination)
    attachment.delete()
    text = f"Убрано приложение «{attachment.title}»"
    events.record(kind="selfexam.detached", subject=examination, by=by, text=text, sha256=attachment.file.sha256)


@transaction.atomic
def request_print(*, examination: SelfExamination, by: Any) -> SelfExamPrint:
    """Have a worker make the PDF and DOCX of the report as it stands; a copy of equal content is given again."""
    if by.role not in SCHOOL or by.organization != examination.organization:
        raise refuse("no_right", "Отчёт собирают сотрудники самой организации.")
    examination = lock(examination)
    document = examination.document or assemble(examination)
    digest = digest_of(document)
    copy, is_new = SelfExamPrint.objects.select_for_update(of=("self",)).get_or_create(
        examination=examination,
        digest=digest,
        defaults={"document": document, "is_draft": not examination.is_approved, "asked_by": by},
    )
    if is_new or (not copy.is_ready and (copy.job is None or copy.job.is_over)):
        copy.job = jobs.enqueue(
            kind=PRINT, arguments={"print_id": copy.pk}, by=by, title=f"Печать: {examination}"[:200]
        )
        copy.save(update_fields=["job"])
    return copy


@transaction.atomic
def keep_print(*, copy: SelfExamPrint, pdf: bytes, docx: bytes) -> SelfExamPrint:
    """Keep what a worker has made; a second call changes nothing."""
    copy = (
        SelfExamPrint.objects.select_for_update(of=("self",))
        .select_related("examination__organization")
        .get(pk=copy.pk)
    )
    if copy.is_ready:
        return copy
    owner = copy.examination
    name = f"Самообследование {owner.period.code}, {owner.organization.name}"
    name += ", черновик" if copy.is_draft else ""
    by = copy.asked_by
    copy.pdf = files.store(stream=BytesIO(pdf), name=f"{name}.pdf", content_type=files.PDF, by=by)
    copy.docx = files.store(stream=BytesIO(docx), name=f"{name}.docx", content_type=DOCX, by=by)
    copy.save(update_fields=["pdf", "docx"])
    return copy
