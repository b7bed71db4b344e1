"""What executors and controllers do with a line. Whoever is second finds it closed, and nothing is written twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import attachments, events, files, findings
from apps.core.findings import refuse
from apps.organizations.models import Kind as OrganizationKind
from apps.roadmaps.decisions import notifying
from apps.roadmaps.decisions.control import may_control
from apps.roadmaps.decisions.models import Assignment, AssignmentProof, DecisionItem
from apps.roadmaps.decisions.texts import tidy, too_long

State = Assignment.State
Upload = tuple[BinaryIO, str]


@dataclass(frozen=True)
class Acquaintance:
    """Teachers who were made acquainted: the day, and their count or a list of them."""

    held_on: date
    people: int | None = None
    names: str = ""
    file: Upload | None = None


@dataclass(frozen=True)
class Report:
    """What an executor says and shows. `done_on` is the day when it was done, today without it."""

    text: str = ""
    uploads: Sequence[Upload] = ()
    url: str = ""
    acquaintance: Acquaintance | None = None


def may_report(user: Any, line: Assignment) -> bool:
    """The person named, the people of the organisation, the leader of the association; the department for its own."""
    if not user.is_authenticated or not user.role:
        return False
    if line.person_id == user.pk:
        return True
    if line.association is not None:
        return bool(line.association.leader_id == user.pk and user.role == Role.ASSOCIATION_LEADER)
    if line.organization is not None and line.organization.kind == OrganizationKind.AUTHORITY:
        return bool(user.is_department)
    return bool(user.is_school and user.organization == line.organization)


def locked_line(line: Assignment, allowed: Iterable[str]) -> Assignment:
    """The row as it stands now, held until the end; refused when somebody was faster."""
    rows = Assignment.objects.select_for_update(of=("self",)).with_details().select_related("association__leader")
    row: Assignment = rows.get(pk=line.pk)
    if not row.item.decision.is_in_force:
        raise refuse("not_in_force", f"Решение не действует: {row.item.decision.get_state_display()}.")
    if row.state not in set(allowed):
        raise refuse(
            "wrong_state", f"Состояние пункта изменилось: {row.get_state_display()}.", "Откройте страницу заново."
        )
    return row


def _require_executor(row: Assignment, by: User) -> None:
    if not may_report(by, row):
        raise refuse("not_allowed", "Отвечает тот, кому направлен пункт.")


def _mark_received(row: Assignment, by: User) -> None:
    row.received_at, row.received_by = timezone.now(), by


@transaction.atomic
def receive(*, line: Assignment, by: User) -> Assignment:
    """Take a line up. What is only to be noted is done by that. A second time changes nothing."""
    row = locked_line(line, State.values)
    _require_executor(row, by)
    if row.state != State.GIVEN:
        return row
    _mark_received(row, by)
    row.state = State.RECEIVED
    text = "Получение подтверждено."
    if row.item.kind == DecisionItem.Kind.NOTE and row.item.proof == DecisionItem.Proof.REPORT:
        _close(row, by)
        row.state, text = State.DONE, "Принято к сведению."
    row.save()
    events.record(kind="roadmaps.assignment_received", subject=row, by=by, text=text)
    return row


def _close(row: Assignment, by: User) -> None:
    row.reported_at, row.reported_by = timezone.now(), by
    row.closed_on = timezone.localdate()


@transaction.atomic
def report(*, line: Assignment, new: Report, by: User) -> Assignment:
    """Say that it is done and show it; the controller accepts or returns. Raises Refused with all faults."""
    row = locked_line(line, {State.GIVEN, State.RECEIVED, State.RETURNED})
    _require_executor(row, by)
    text, url = tidy(new.text), tidy(new.url)
    if faults := _report_faults(row, new, text, url):
        raise findings.Refused(faults)
    if row.received_at is None:
        _mark_received(row, by)
    for stream, name in new.uploads:
        _keep(row, by, kind=AssignmentProof.Kind.FILE, file=_stored((stream, name), by))
    if url:
        _keep(row, by, kind=AssignmentProof.Kind.LINK, url=url)
    if new.acquaintance:
        shown = new.acquaintance
        _keep(
            row,
            by,
            kind=AssignmentProof.Kind.ACQUAINTANCE,
            held_on=shown.held_on,
            people=shown.people,
            names=tidy(shown.names),
            file=_stored(shown.file, by) if shown.file else None,
        )
    row.report_text, row.state = text, State.REPORTED
    _close(row, by)
    row.save()
    late = " Позже срока." if row.is_late else ""
    events.record(kind="roadmaps.assignment_reported", subject=row, by=by, text=f"Направлен отчёт.{late}", report=text)
    notifying.about_report(row)
    return row


def _report_faults(row: Assignment, new: Report, text: str, url: str) -> list[findings.Finding]:
    faults = too_long(text, "Отчёт")
    if not text and not new.uploads and not url and not new.acquaintance:
        faults.append(findings.error("no_report", "Отчёт пуст.", action="Напишите, что сделано, или приложите файл."))
    if url:
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError:
            faults.append(findings.error("bad_link", "Ссылка записана неверно.", action="Начните её с https://"))
        faults += too_long(url, "Ссылка", 500)
    needs = row.item.proof == DecisionItem.Proof.ACQUAINTANCE
    if needs and new.acquaintance is None and not row.proofs.filter(kind="acquaintance").exists():
        message = "Пункт подтверждается отметкой об ознакомлении педагогов."
        faults.append(findings.error("no_acquaintance", message, action="Укажите дату и сколько педагогов или список."))
    if new.acquaintance:
        faults += _acquaintance_faults(new.acquaintance)
    for stream, name in [
        *new.uploads,
        *([new.acquaintance.file] if new.acquaintance and new.acquaintance.file else []),
    ]:
        try:
            attachments.check(stream, name)
        except findings.Refused as refusal:
            faults += refusal.findings
    return faults


def _acquaintance_faults(shown: Acquaintance) -> list[findings.Finding]:
    faults = too_long(tidy(shown.names), "Список ознакомленных")
    if shown.held_on > timezone.localdate():
        faults.append(findings.error("future", "День ознакомления ещё не наступил."))
    if not shown.people and not tidy(shown.names) and not shown.file:
        message = "Не указано, сколько педагогов ознакомлено."
        faults.append(findings.error("no_people", message, action="Впишите число или приложите список."))
    return faults


def _stored(upload: Upload, by: User) -> Any:
    stream, name = upload
    return files.store(stream=stream, name=name, content_type=attachments.check(stream, name), by=by)


def _keep(row: Assignment, by: User, **proof: Any) -> None:
    AssignmentProof.objects.create(assignment=row, added_by=by, **proof)


def _require_control(row: Assignment, by: User) -> None:
    if not may_control(by, row.item.decision):
        raise refuse("not_allowed", "Отчёты рассматривает тот, кто контролирует решение.")


def _review(row: Assignment, *, state: str, text: str, by: User, event: str) -> Assignment:
    row.state, row.review_text = state, text
    row.reviewed_at, row.reviewed_by = timezone.now(), by
    row.save()
    events.record(kind=f"roadmaps.assignment_{state}", subject=row, by=by, text=event, remark=text)
    notifying.about_review(row)
    return row


@transaction.atomic
def accept(*, line: Assignment, by: User, text: str = "") -> Assignment:
    """The item is done at this executor, on the day when it was reported."""
    row = locked_line(line, {State.REPORTED})
    _require_control(row, by)
    return _review(row, state=State.DONE, text=tidy(text), by=by, event="Отчёт принят, пункт исполнен.")


@transaction.atomic
def give_back(*, line: Assignment, text: str, by: User) -> Assignment:
    """Back to the executor with a remark that says what is missing."""
    row = locked_line(line, {State.REPORTED})
    _require_control(row, by)
    text = tidy(text)
    faults = too_long(text, "Замечание")
    if not text:
        faults.append(findings.error("no_remark", "Не указано, что доработать.", action="Напишите замечание."))
    if faults:
        raise findings.Refused(faults)
    return _review(row, state=State.RETURNED, text=text, by=by, event="Отчёт возвращён на доработку.")


@transaction.atomic
def withdraw(*, line: Assignment, reason: str, by: User) -> Assignment:
    """Take one executor's line off with a reason; what was reported stays in the history."""
    row = locked_line(line, {State.GIVEN, State.RECEIVED, State.RETURNED, State.REPORTED})
    _require_control(row, by)
    reason = tidy(reason)
    if not reason:
        raise refuse("no_reason", "Не указано, почему пункт снимается.")
    return _review(row, state=State.WITHDRAWN, text=reason, by=by, event=f"Снято с исполнения: {reason}"[:500])
