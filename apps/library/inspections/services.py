"""Writes of control events and remarks. A refusal raises `Refused` and changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import DEPARTMENT
from apps.core import attachments, events, files, notices
from apps.core.findings import refuse
from apps.library import people
from apps.library.inspections.models import Inspection, Remark
from apps.library.texts import STORY, Texts, require
from apps.organizations.models import Organization

Upload = tuple[BinaryIO, str] | None
State = Remark.State
DENIED = "Контрольные мероприятия ведут сотрудники управления."


@dataclass(frozen=True)
class NewInspection:
    """What is typed about a control event."""

    organization: Organization
    kind: str
    body: str
    subject: str
    starts_on: date
    ends_on: date
    act_number: str = ""
    outcome: str = ""


def _stored(file: Upload, by: User) -> Any:
    if file is None:
        return None
    stream, name = file
    content_type = attachments.check(stream, name)
    return files.store(stream=stream, name=name, content_type=content_type, by=by)


@transaction.atomic
def save_inspection(
    *, new: NewInspection, by: User, inspection: Inspection | None = None, file: Upload = None
) -> Inspection:
    """Enter a control event or mend it; of one with remarks the organisation stays."""
    require(by, DEPARTMENT, DENIED)
    texts = Texts()
    fields = {
        "body": texts.take(new.body, "Кто проводит", 250),
        "subject": texts.take(new.subject, "Предмет", 500),
        "act_number": texts.take(new.act_number, "Номер и дата акта", 120, required=False),
        "outcome": texts.take(new.outcome, "Итог", 5000, required=False),
    }
    if new.ends_on < new.starts_on:
        texts.add("days", "Окончание раньше начала.")
    row = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk) if inspection else Inspection()
    if row.pk and row.organization_id != new.organization.pk and row.remarks.exists():
        texts.add("organization", "По мероприятию уже есть замечания: организацию изменить нельзя.")
    texts.raise_if_any()
    for name, value in fields.items():
        setattr(row, name, value)
    row.organization, row.kind = new.organization, new.kind
    row.starts_on, row.ends_on = new.starts_on, new.ends_on
    row.file = _stored(file, by) or row.file
    if not row.pk:
        row.author = by
    row.save()
    text = f"{row.get_kind_display().capitalize()}: {row.starts_on:%d.%m.%Y} – {row.ends_on:%d.%m.%Y}."
    events.record(kind="library.inspection_saved", subject=row, by=by, text=text)
    return row


def _tell(row: Remark, what: str, key: str, note: str = "") -> None:
    organization = row.inspection.organization
    found = people.of_organizations([organization])
    users: set[int] = set().union(*found.values())
    notices.tell(users=users, key=key, title=what, url=row.get_absolute_url(), note=note, due_on=row.due_on)


@transaction.atomic
def add_remark(*, inspection: Inspection, text: str, due_on: date, by: User) -> Remark:
    """What the organisation has to mend and by when."""
    require(by, DEPARTMENT, DENIED)
    texts = Texts()
    text = texts.take(text, "Замечание", STORY)
    if due_on < inspection.starts_on:
        texts.add("term", "Срок раньше начала мероприятия.")
    texts.raise_if_any()
    row = Remark.objects.create(inspection=inspection, text=text, due_on=due_on)
    note = f"Замечание со сроком {due_on:%d.%m.%Y}: {text}"
    events.record(kind="library.remark_added", subject=inspection, by=by, text=note[:500])
    events.record(kind="library.remark_made", subject=row, by=by, text=f"Внесено, срок {due_on:%d.%m.%Y}.")
    tell_of(row)
    return row


def tell_of(remark: Remark) -> None:
    """To the people of the organisation that has to mend it; each is told once."""
    what = f"Замечание проверки: {remark.inspection.get_kind_display()}"
    _tell(remark, what, f"library.remark:{remark.pk}", remark.text)


def _locked(remark: Remark, allowed: Iterable[str]) -> Remark:
    rows = Remark.objects.select_for_update(of=("self",)).select_related("inspection__organization")
    row: Remark = rows.get(pk=remark.pk)
    if row.state not in allowed:
        message = f"Состояние замечания изменилось: {row.get_state_display()}."
        raise refuse("wrong_state", message, "Откройте страницу заново.")
    return row


@transaction.atomic
def answer_remark(*, remark: Remark, text: str, by: User, proof: Upload = None) -> Remark:
    """The organisation says what it has done, with a file if there is one."""
    row = _locked(remark, {State.OPEN, State.RETURNED})
    if not by.is_school or by.organization != row.inspection.organization:
        raise refuse("not_allowed", "Отвечает организация, которой сделано замечание.")
    texts = Texts()
    text = texts.take(text, "Что сделано", STORY)
    texts.raise_if_any()
    row.state, row.answer = State.ANSWERED, text
    row.proof = _stored(proof, by) or row.proof
    row.answered_at, row.answered_by = timezone.now(), by
    row.save()
    events.record(kind="library.remark_answered", subject=row, by=by, text=f"Ответ: {text}"[:500])
    notices.settle(f"library.remark:{row.pk}")
    title = f"Ответ на замечание: {row.inspection.organization}"
    key = f"library.remark_answered:{row.pk}:{row.answered_at:%Y%m%d%H%M%S}"
    notices.tell(users=people.of_department(), key=key, title=title, url=row.get_absolute_url())
    return row


@transaction.atomic
def close_remark(*, remark: Remark, by: User) -> Remark:
    """The remark is mended."""
    require(by, DEPARTMENT, DENIED)
    row = _locked(remark, {State.ANSWERED})
    row.state, row.review = State.CLOSED, ""
    row.reviewed_at, row.reviewed_by = timezone.now(), by
    row.save()
    events.record(kind="library.remark_closed", subject=row, by=by, text="Замечание устранено.")
    return row


@transaction.atomic
def return_remark(*, remark: Remark, review: str, by: User) -> Remark:
    """The answer is not enough; the term stays."""
    require(by, DEPARTMENT, DENIED)
    row = _locked(remark, {State.ANSWERED})
    texts = Texts()
    review = texts.take(review, "Замечание к ответу", 2000)
    texts.raise_if_any()
    row.state, row.review = State.RETURNED, review
    row.reviewed_at, row.reviewed_by = timezone.now(), by
    row.save()
    events.record(kind="library.remark_returned", subject=row, by=by, text=f"Ответ возвращён: {review}"[:500])
    key = f"library.remark_returned:{row.pk}:{row.reviewed_at:%Y%m%d%H%M%S}"
    _tell(row, "Ответ на замечание возвращён", key, review)
    return row


@transaction.atomic
def extend_remark(*, remark: Remark, due_on: date, reason: str, by: User) -> Remark:
    """Another term, with the reason in history."""
    require(by, DEPARTMENT, DENIED)
    row = _locked(remark, {State.OPEN, State.RETURNED})
    texts = Texts()
    reason = texts.take(reason, "Причина", 300)
    if due_on <= row.due_on:
        texts.add("term", f"Новый срок должен быть позже прежнего: {row.due_on:%d.%m.%Y}.")
    texts.raise_if_any()
    text = f"Срок перенесён с {row.due_on:%d.%m.%Y} на {due_on:%d.%m.%Y}: {reason}"
    row.due_on = due_on
    row.save(update_fields=["due_on"])
    events.record(kind="library.remark_extended", subject=row, by=by, text=text[:500])
    _tell(row, "Срок устранения замечания перенесён", f"library.remark_extended:{row.pk}:{due_on:%Y%m%d}", reason)
    return row
