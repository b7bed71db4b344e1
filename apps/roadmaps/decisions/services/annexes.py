"""Annexes: attached to a draft, approved by the signature, published in the open section."""

from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import attachments, events, files, findings
from apps.core.findings import refuse
from apps.library.models import DocumentVersion
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionAnnex
from apps.roadmaps.decisions.querysets import ACTIVE
from apps.roadmaps.decisions.services.registering import locked, locked_draft
from apps.roadmaps.decisions.texts import tidy, too_long

State = Assignment.State


@transaction.atomic
def add_annex(
    *,
    decision: Decision,
    title: str,
    by: User,
    upload: tuple[BinaryIO, str] | None = None,
    version: DocumentVersion | None = None,
    is_approved_by_act: bool = True,
) -> DecisionAnnex:
    """Attach a file, or a draft of the library, to a draft act. Raises Refused with all faults."""
    row = locked_draft(decision, by)
    title = tidy(title) or (str(version.document) if version else "")
    faults = too_long(title, "Название документа", 300)
    if not title:
        faults.append(findings.error("no_title", "Не указано название документа."))
    if (upload is None) == (version is None):
        message = "Приложите файл или выберите документ библиотеки."
        faults.append(findings.error("no_document", message, action="Нужно что-то одно."))
    if version is not None and is_approved_by_act and version.state != DocumentVersion.State.DRAFT:
        faults.append(findings.error("not_draft", f"«{version}» уже не проект: {version.state_text}."))
    content_type = ""
    if upload is not None:
        try:
            content_type = attachments.check(*upload)
        except findings.Refused as refusal:
            faults += refusal.findings
    if faults:
        raise findings.Refused(faults)
    kept = None
    if upload is not None:
        kept = files.store(stream=upload[0], name=upload[1], content_type=content_type, by=by)
    annex = DecisionAnnex.objects.create(
        decision=row, title=title, file=kept, version=version, is_approved_by_act=is_approved_by_act
    )
    events.record(kind="roadmaps.annex_added", subject=row, by=by, text=f"Приложен документ: {title}"[:500])
    return annex


@transaction.atomic
def remove_annex(*, annex: DecisionAnnex, by: User) -> None:
    row = locked_draft(annex.decision, by)
    if annex.publishing.exists():
        raise refuse("published_by_item", "Документ указан в пункте о публикации.", "Сначала измените этот пункт.")
    events.record(kind="roadmaps.annex_removed", subject=row, by=by, text=f"Убран документ: {annex}"[:500])
    annex.delete()


@transaction.atomic
def publish_annex(*, annex: DecisionAnnex, by: User) -> DecisionAnnex:
    """Open a document to everybody. Items that ask for it are done on this day, late ones are called late.

    A second time changes nothing.
    """
    decision = locked(annex.decision, by)
    row = DecisionAnnex.objects.select_for_update(of=("self",)).select_related("decision").get(pk=annex.pk)
    if row.published_at:
        return row
    if not decision.is_in_force:
        raise refuse("not_in_force", "Публикуются документы действующих решений.", "Сначала подпишите решение.")
    row.published_at, row.published_by = timezone.now(), by
    row.save(update_fields=["published_at", "published_by"])
    day = timezone.localdate(row.published_at)
    text = f"Опубликовано {day:%d.%m.%Y}: {row.title}"[:500]
    events.record(kind="roadmaps.annex_published", subject=decision, by=by, text=text)
    lines = Assignment.objects.select_for_update(of=("self",)).filter(item__publishes=row, state__in=ACTIVE)
    for line in lines:
        line.state, line.closed_on, line.report_text = State.DONE, day, text
        line.reported_at, line.reported_by = row.published_at, by
        line.reviewed_at, line.reviewed_by = row.published_at, by
        line.save()
        late = " Позже срока." if line.is_late else ""
        events.record(kind="roadmaps.assignment_done", subject=line, by=by, text=f"{text}.{late}"[:500])
    return row
