"""Signing, numbering and cancelling."""

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import events, findings
from apps.core.findings import refuse
from apps.library.documents.services import approve_version
from apps.organizations.models import Organization
from apps.roadmaps.decisions import addressing, notifying
from apps.roadmaps.decisions.models import Assignment, Decision
from apps.roadmaps.decisions.services.registering import LIMITS, locked
from apps.roadmaps.decisions.texts import tidy, too_long
from apps.roadmaps.links.selectors import bases_of

State = Decision.State


def next_number(*, kind: str, organization: Organization | None, year: int) -> str:
    """The number after the greatest of the register in a year; «1» in an empty one."""
    taken = Decision.objects.filter(kind=kind, organization=organization, signed_on__year=year)
    numbers = [re.match(r"\d{1,9}", number) for number in taken.values_list("number", flat=True)]
    return str(max((int(found[0]) for found in numbers if found), default=0) + 1)


@transaction.atomic
def sign_decision(
    *, decision: Decision, number: str, signed_on: date, by: User, signer: str = "", place: str = ""
) -> Decision:
    """Bring a draft into force: number and date, annexes approved, a line for every executor. Raises Refused."""
    row = locked(decision, by)
    number, signer, place = tidy(number), tidy(signer) or row.signer, tidy(place) or row.place
    if faults := _faults(row, number=number, signed_on=signed_on, signer=signer, place=place, by=by):
        raise findings.Refused(faults)
    row.number, row.signed_on, row.signer, row.place = number, signed_on, signer, place
    row.state, row.signed_at, row.signed_by = State.IN_FORCE, timezone.now(), by
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # the same number, signed by somebody else in the same moment
        raise refuse("number_taken", f"Номер {number} в {signed_on.year} году уже занят.") from None
    _approve_annexes(row, by)
    items = row.items.select_related("decision__organization", "person")
    lines = [line for item in items for line in addressing.open_lines(item)]
    Assignment.objects.bulk_create(lines)
    text = f"Подписано и введено в действие: {row.act_text}. Строк исполнения: {len(lines)}."
    events.record(kind="roadmaps.decision_signed", subject=row, by=by, text=text)
    notifying.about_signing(row)
    return row


def _approve_annexes(row: Decision, by: User) -> None:
    """Annexes get the state and the day of the act; so do versions of the library that the act approves."""
    approved = row.annexes.filter(is_approved_by_act=True)
    for annex in approved.select_related("version"):
        if annex.version is None:
            continue
        approve_version(version=annex.version, by=by, act_text=row.act_text, on=row.signed_on)
    approved.update(approved_on=row.signed_on)


def _faults(
    row: Decision, *, number: str, signed_on: date, signer: str, place: str, by: User
) -> list[findings.Finding]:
    faults = []
    if not row.is_draft:
        return [findings.error("signed", f"Решение уже не проект: {row.get_state_display()}.")]
    if row.organization_id and by.role != Role.DIRECTOR:
        faults.append(findings.error("not_director", "Решение организации вводит в действие её руководитель."))
    if row.steps.exclude(state="agreed").exists():
        faults.append(
            findings.error("not_agreed", "Согласование не закончено.", action="Дождитесь всех виз или снимите их.")
        )
    faults += [findings.error("no_number", "Не указан номер.")] if not number else []
    faults += [findings.error("no_signer", "Не указано, кто подписал.")] if not signer else []
    for key, text in (("number", number), ("signer", signer), ("place", place)):
        faults += too_long(text, str(Decision._meta.get_field(key).verbose_name).capitalize(), LIMITS[key])  # type: ignore[union-attr]
    if signed_on > timezone.localdate():
        faults.append(findings.error("future", "Дата подписания ещё не наступила."))
    if not row.reason_without_analysis and not bases_of(row, user=by):
        faults.append(findings.error("no_basis", "Нет связи с анализом и не указана причина решения без анализа."))
    if not row.items.exists() and not row.annexes.exists():
        faults.append(findings.error("no_items", "В решении нет ни пунктов, ни приложений."))
    taken = Decision.objects.filter(
        kind=row.kind, organization=row.organization, number=number, signed_on__year=signed_on.year
    )
    if number and taken.exclude(pk=row.pk).exclude(state__in=[State.DRAFT, State.ON_APPROVAL]).exists():
        message = f"Номер {number} в {signed_on.year} году уже занят."
        faults.append(findings.error("number_taken", message, action="Проверьте номер по реестру."))
    return faults


@transaction.atomic
def cancel_decision(*, decision: Decision, on: date, reason: str, by: User) -> Decision:
    """Take an act out of force with a reason: nobody is asked any more, what was done stays. Raises Refused."""
    row = locked(decision, by)
    reason = tidy(reason)
    faults = too_long(reason, "Причина", 500)
    if row.state != State.IN_FORCE:
        faults.append(findings.error("not_in_force", f"Отменить нельзя: {row.get_state_display()}."))
    if not reason:
        faults.append(findings.error("no_reason", "Не указано, почему решение отменяется."))
    if row.signed_on and on < row.signed_on:
        faults.append(findings.error("before_signing", "Отмена раньше подписания."))
    if on > timezone.localdate():
        message = "Этот день ещё не наступил: до него решение действует."
        faults.append(findings.error("future", message, action="Отмените решение в этот день."))
    if faults:
        raise findings.Refused(faults)
    row.state, row.cancelled_on, row.cancel_reason = State.CANCELLED, on, reason
    row.save(update_fields=["state", "cancelled_on", "cancel_reason"])
    text = f"Отменено {on:%d.%m.%Y}: {reason}"[:500]
    events.record(kind="roadmaps.decision_cancelled", subject=row, by=by, text=text)
    return row


@transaction.atomic
def drop_draft(*, decision: Decision, by: User) -> None:
    """Throw a draft away. What was signed is never deleted."""
    row = locked(decision, by)
    if not row.is_draft:
        raise refuse("signed", "Подписанное решение не удаляется.", "Его можно отменить с указанием причины.")
    if row.followers.exists():
        raise refuse("followed", "На этот проект ссылаются другие решения.", "Сначала снимите ссылку с них.")
    events.record(kind="roadmaps.decision_dropped", subject=row, by=by, text=f"Проект удалён: {row.title}"[:500])
    row.delete()
