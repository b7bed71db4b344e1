"""Putting the cycle of a year before the public, and taking it back. A refusal raises `Refused`."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import events
from apps.core.documents.frozen import digest_of, without_control_characters
from apps.core.findings import Refused, error
from apps.core.models import Period
from apps.roadmaps.cycle.models import CyclePublication
from apps.roadmaps.cycle.opened import opened, to_json
from apps.roadmaps.cycle.shape import Cycle
from apps.workbooks.cells import clean_text

FORMAT = 1


def document_of(cycle: Cycle) -> dict[str, Any]:
    """What everybody will read: equal reading gives an equal digest."""
    document = {
        "format": FORMAT,
        "period": cycle.span.code,
        "title": cycle.title,
        "as_of": cycle.today.isoformat(),
        "lines": to_json(opened(cycle)),
    }
    cleaned: dict[str, Any] = without_control_characters(document)
    return cleaned


def _require_head(by: User) -> None:
    if by.role != Role.HEAD:
        raise Refused([error("no_right", "Открытые страницы цикла публикует и снимает руководитель управления.")])


@transaction.atomic
def publish(*, cycle: Cycle, digest: str, by: User) -> CyclePublication:
    """Freeze exactly what the head has read: `digest` is that of the page. Of the municipality only.

    What is shown already is not published a second time.
    """
    _require_head(by)
    if cycle.organization is not None:
        raise Refused([error("of_school", "Публикуется только цикл муниципалитета.")])
    document = document_of(cycle)
    if digest_of(document) != digest:
        message = "Содержание изменилось, пока вы читали."
        raise Refused([error("changed", message, action="Прочитайте страницу ещё раз.")])
    period = Period.objects.select_for_update().get(pk=Period.objects.named(cycle.span).pk)  # a button pressed twice
    shown = current(cycle.span.code)
    if shown is not None and shown.digest == digest:
        return shown
    made = CyclePublication.objects.create(period=period, document=document, digest=digest, published_by=by)
    text = f"Цикл за {cycle.title} опубликован."
    events.record(kind="roadmaps.cycle_published", subject=made, by=by, text=text, digest=digest)
    return made


@transaction.atomic
def withdraw(*, publication: CyclePublication, reason: str, by: User) -> None:
    """Take the page back; the one before it is shown again."""
    _require_head(by)
    reason = clean_text(reason).strip()
    if not reason:
        raise Refused([error("no_reason", "Напишите, почему страница снимается.")])
    if len(reason) > 300:
        raise Refused([error("too_long", f"Причина: {len(reason)} знаков, помещается 300.", action="Сократите её.")])
    row = CyclePublication.objects.select_for_update().get(pk=publication.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = timezone.now(), by, reason
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        events.record(kind="roadmaps.cycle_withdrawn", subject=row, by=by, text=f"Страница снята: {reason}")


def current(code: str = "") -> CyclePublication | None:
    """The publication that is shown: of a year, or the newest of all."""
    rows = CyclePublication.objects.filter(withdrawn_at__isnull=True).select_related("period")
    if code:
        rows = rows.filter(period__code=code)
    return rows.order_by("-period__starts_on", "-published_at", "-pk").first()
