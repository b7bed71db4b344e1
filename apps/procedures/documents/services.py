"""Writes of the documents of a procedure."""

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.core import events
from apps.core.findings import Refused, error
from apps.procedures.documents.filling import template_text
from apps.procedures.documents.models import DocumentDraft
from apps.procedures.models import Procedure

LONGEST = 30_000
DENIED = "Документы готовят сотрудники управления."


@transaction.atomic
def save_text(*, procedure: Procedure, kind: str, text: str, by: User) -> DocumentDraft | None:
    """Keep a changed text. One that is the template again is not kept: it goes on following the procedure."""
    require_department(by, DENIED)
    clean = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not clean:
        raise Refused([error("empty_text", "Текст пуст.", action="Чтобы начать заново, верните шаблон.")])
    if len(clean) > LONGEST:
        raise Refused([error("long_text", "Текст длиннее 30 000 знаков.", action="Сократите его.")])
    kind = DocumentDraft.Kind(kind)
    if clean == template_text(procedure, kind).strip():
        reset_text(procedure=procedure, kind=kind, by=by)
        return None
    said = {"text": clean, "updated_by": by, "updated_at": timezone.now()}
    draft, _ = DocumentDraft.objects.update_or_create(procedure=procedure, kind=kind, defaults=said)
    text = f"Изменён текст: {draft.get_kind_display()}."
    events.record(kind="procedures.document_changed", subject=procedure, by=by, text=text)
    return draft


@transaction.atomic
def reset_text(*, procedure: Procedure, kind: str, by: User) -> None:
    """Throw a changed text away; the template filled anew stands in its place."""
    require_department(by, DENIED)
    gone, _ = DocumentDraft.objects.filter(procedure=procedure, kind=kind).delete()
    if gone:
        text = f"Возвращён шаблон: {DocumentDraft.Kind(kind).label}."
        events.record(kind="procedures.document_reset", subject=procedure, by=by, text=text)
