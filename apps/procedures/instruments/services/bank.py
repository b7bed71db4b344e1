"""The bank of instruments: a leader or the authority adds, the authority approves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import attachments, events, files
from apps.core.findings import refuse
from apps.core.models import PrivateFile
from apps.procedures.instruments.models import Instrument
from apps.procedures.models.works import Subject

APPROVERS = frozenset({Role.METHODOLOGIST, Role.SPECIALIST, Role.HEAD})
ADDERS = APPROVERS | {Role.ASSOCIATION_LEADER}
Upload = tuple[BinaryIO, str]  # stream and the name it came under
State = Instrument.State


@dataclass(frozen=True)
class InstrumentData:
    title: str
    kind: str
    subject: Subject
    grade: int
    skill: str
    note: str = ""
    open_until: date | None = None
    opening: Sequence[str] = ()


def keep_file(upload: Upload, by: User) -> PrivateFile:
    """Store an attached file of an allowed kind. Raises Refused."""
    stream, name = upload
    return files.store(stream=stream, name=name, content_type=attachments.check(stream, name), by=by)


def _fill(row: Instrument, data: InstrumentData) -> None:
    for name in ("title", "kind", "subject", "grade", "skill", "note", "open_until"):
        setattr(row, name, getattr(data, name))
    row.opening = list(data.opening)


@transaction.atomic
def add_instrument(*, data: InstrumentData, upload: Upload, by: User) -> Instrument:
    """Add to the bank: a leader's waits for approval, the authority's stands at once."""
    if not by.has_role(*ADDERS):
        raise refuse("not_allowed", "Материалы добавляют методисты и руководители объединений.")
    row = Instrument(created_by=by)
    _fill(row, data)
    row.file = keep_file(upload, by)
    if by.has_role(*APPROVERS):
        row.state, row.decided_by, row.decided_at = State.APPROVED, by, timezone.now()
    row.save()
    text = f"Добавлен в банк: {row.get_state_display()}."
    events.record(kind="procedures.instrument_added", subject=row, by=by, text=text)
    return row


@transaction.atomic
def change_instrument(*, instrument: Instrument, data: InstrumentData, by: User, upload: Upload | None = None) -> None:
    """The author mends a returned or waiting one and it waits again; the authority may change any."""
    row = Instrument.objects.select_for_update().get(pk=instrument.pk)
    if not may_change(row, by):
        raise refuse("not_allowed", "Согласованный материал меняет методист.", "Добавьте новый или обратитесь к нему.")
    _fill(row, data)
    if upload:
        row.file = keep_file(upload, by)
    if not by.has_role(*APPROVERS):
        row.state = State.PROPOSED
    row.save()
    events.record(kind="procedures.instrument_changed", subject=row, by=by, text="Изменён.")


def may_change(instrument: Instrument, user: User) -> bool:
    if user.has_role(*APPROVERS):
        return True
    waits = instrument.state in {State.PROPOSED, State.RETURNED}
    return waits and user.has_role(Role.ASSOCIATION_LEADER) and instrument.created_by_id == user.pk


@transaction.atomic
def decide_instrument(*, instrument: Instrument, state: str, answer: str, by: User) -> Instrument:
    """Approve, return with a reason, or put into the archive."""
    if not by.has_role(*APPROVERS):
        raise refuse("not_allowed", "Решение принимает методист или специалист управления.")
    row = Instrument.objects.select_for_update().get(pk=instrument.pk)
    if state not in {State.APPROVED, State.RETURNED, State.ARCHIVED}:
        raise refuse("state", "Такого решения нет.")
    if state == State.RETURNED and not answer.strip():
        raise refuse("no_reason", "Не указана причина возврата.", "Её прочтёт автор материала.")
    row.state, row.answer, row.decided_by, row.decided_at = state, answer.strip(), by, timezone.now()
    row.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    text = f"Решение: {row.get_state_display()}. {row.answer}".strip()
    events.record(kind="procedures.instrument_decided", subject=row, by=by, text=text[:500])
    return row


@transaction.atomic
def record_opening(*, instrument: Instrument, by: User) -> None:
    """Remember who has taken the file and when: closed material leaves a trace."""
    events.record(kind="procedures.instrument_opened", subject=instrument, by=by, text="Файл открыт.")
