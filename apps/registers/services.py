"""Writes of the registers. An entry is never deleted: it goes into the archive with a reason, and may come back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import refuse
from apps.registers.catalogue import KEEPERS, Register
from apps.registers.models import Entry, UpbringingPractice
from apps.workbooks.cells import clean_text

State = UpbringingPractice.State


def _require(register: Register, entry: Entry, by: Any) -> None:
    if by is not None and not register.may_change(by, entry):
        raise refuse("no_right", "У вас нет права менять эту запись.")


@transaction.atomic
def save_entry(*, register: Register, form: Any, by: Any) -> Entry:
    """Store what a valid form of the register says, a new entry or a changed one. Raises Refused."""
    entry: Entry = form.save(commit=False)
    is_new = entry.pk is None
    _require(register, entry, by)
    if entry.is_archived:
        raise refuse("archived", "Запись в архиве: сначала верните её.")
    if is_new:
        entry.created_by = by
    elif isinstance(entry, UpbringingPractice) and entry.state != State.PROPOSED:
        entry.state = State.PROPOSED  # what was changed is looked at again
    entry.changed_at = timezone.now()
    entry.save()
    form.save_m2m()
    changed = ", ".join(str(form.fields[name].label).lower() for name in form.changed_data)
    text = "Запись внесена" if is_new else f"Изменено: {changed}"
    events.record(kind="registers.saved", subject=entry, by=by, text=text[:500])
    return entry


@transaction.atomic
def archive_entry(*, register: Register, entry: Entry, reason: str, by: Any) -> Entry:
    """Take an entry out of the list, for a reason. Raises Refused."""
    row = register.model._default_manager.select_for_update().get(pk=entry.pk)
    _require(register, row, by)
    reason = clean_text(reason)[:300]
    if row.is_archived:
        raise refuse("archived", "Запись уже в архиве.")
    if not reason:
        raise refuse("no_reason", "Напишите, почему запись уходит в архив.")
    row.archived_at, row.archived_by, row.archive_reason = timezone.now(), by, reason
    row.save(update_fields=["archived_at", "archived_by", "archive_reason"])
    events.record(kind="registers.archived", subject=row, by=by, text="Запись в архиве", reason=reason)
    return row


@transaction.atomic
def restore_entry(*, register: Register, entry: Entry, by: Any) -> Entry:
    """Bring an entry back from the archive. Raises Refused, also where its like stands in the list by now."""
    row = register.model._default_manager.select_for_update().get(pk=entry.pk)
    _require(register, row, by)
    if not row.is_archived:
        raise refuse("not_archived", "Запись не в архиве.")
    same = {name: getattr(row, name) for name in register.key}
    if register.model._default_manager.filter(**same, archived_at__isnull=True).exists():
        raise refuse("double", "Такая же запись уже есть в списке.")
    row.archived_at, row.archived_by, row.archive_reason = None, None, ""
    row.save(update_fields=["archived_at", "archived_by", "archive_reason"])
    events.record(kind="registers.restored", subject=row, by=by, text="Запись возвращена из архива")
    return row


@transaction.atomic
def review_practice(*, practice: UpbringingPractice, verdict: str, remark: str, by: Any) -> UpbringingPractice:
    """Accept a practice into the bank or give it back with a remark. Raises Refused."""
    if by is not None and by.role not in KEEPERS:
        raise refuse("no_right", "Практики принимает методист.")
    row = UpbringingPractice.objects.select_for_update().get(pk=practice.pk)
    remark = clean_text(remark)[:500]
    if row.is_archived:
        raise refuse("archived", "Запись в архиве.")
    if verdict not in (State.ACCEPTED, State.RETURNED):
        raise refuse("no_verdict", "Выберите: принять или вернуть.")
    if verdict == State.RETURNED and not remark:
        raise refuse("no_remark", "Напишите, что доработать: организация увидит замечание.")
    row.state, row.remark, row.reviewed_by, row.reviewed_at = verdict, remark, by, timezone.now()
    row.save(update_fields=["state", "remark", "reviewed_by", "reviewed_at"])
    text = "Практика принята в банк" if verdict == State.ACCEPTED else "Практика возвращена"
    events.record(kind=f"registers.practice_{verdict}", subject=row, by=by, text=text, remark=remark)
    return row
