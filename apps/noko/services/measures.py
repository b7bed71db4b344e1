"""Mending shortcomings: the organisation plans and reports, the authority accepts or returns."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import attachments, events, files
from apps.core.findings import refuse
from apps.noko.models import Measure, Shortcoming
from apps.noko.services.access import require_department

State = Measure.State


@dataclass(frozen=True)
class NewMeasure:
    text: str
    responsible: str
    due_on: date


def _require_own(shortcoming: Shortcoming, by: User) -> None:
    if not by.is_school or by.organization != shortcoming.assessment.organization:
        raise refuse("not_allowed", "Меры вносит и отчитывается о них организация, у которой найден недостаток.")


@transaction.atomic
def plan_measure(*, shortcoming: Shortcoming, new: NewMeasure, by: User) -> Measure:
    """The organisation says what it will do, who and by when."""
    _require_own(shortcoming, by)
    if new.due_on < timezone.localdate():
        raise refuse("due_in_past", "Срок уже прошёл.", "Укажите сегодняшний или более поздний день.")
    made = Measure.objects.create(
        shortcoming=shortcoming, text=new.text, responsible=new.responsible, due_on=new.due_on, created_by=by
    )
    events.record(kind="noko.measure_planned", subject=made, by=by, text="Мера внесена в план.")
    return made


def _locked(measure: Measure, allowed: set[str]) -> Measure:
    row: Measure = Measure.objects.select_for_update(of=("self",)).with_details().get(pk=measure.pk)
    if row.state not in allowed:
        raise refuse("wrong_state", f"Состояние меры изменилось: {row.get_state_display()}.", "Откройте её заново.")
    return row


@transaction.atomic
def report_measure(
    *, measure: Measure, text: str, by: User, proof_url: str = "", proof: tuple[BinaryIO, str] | None = None
) -> Measure:
    """The organisation says what was done; a link or a file shows it."""
    row = _locked(measure, {State.PLANNED, State.RETURNED})
    _require_own(row.shortcoming, by)
    if not text.strip():
        raise refuse("no_text", "Отчёт пуст.", "Напишите, что сделано.")
    if proof:
        stream, name = proof
        row.proof = files.store(stream=stream, name=name, content_type=attachments.check(stream, name), by=by)
    if not proof_url and row.proof is None:
        raise refuse("no_proof", "Нет подтверждения.", "Вставьте ссылку на страницу сайта или приложите файл.")
    row.state, row.report_text, row.proof_url = State.REPORTED, text.strip(), proof_url
    row.reported_at, row.reported_by = timezone.now(), by
    row.save()
    events.record(kind="noko.measure_reported", subject=row, by=by, text="Организация отчиталась о мере.")
    return row


def _review(row: Measure, state: str, text: str, by: User, said: str) -> Measure:
    row.state, row.review_text = state, text.strip()
    row.reviewed_at, row.reviewed_by = timezone.now(), by
    row.save()
    events.record(kind=f"noko.measure_{state}", subject=row, by=by, text=said, remark=text)
    return row


@transaction.atomic
def accept_measure(*, measure: Measure, by: User, text: str = "") -> Measure:
    """The shortcoming is mended."""
    require_department(by)
    return _review(_locked(measure, {State.REPORTED}), State.DONE, text, by, "Отчёт принят, недостаток устранён.")


@transaction.atomic
def return_measure(*, measure: Measure, text: str, by: User) -> Measure:
    """Back with a remark that says what is missing."""
    require_department(by)
    row = _locked(measure, {State.REPORTED})
    if not text.strip():
        raise refuse("no_remark", "Не указано, что доработать.", "Напишите замечание: его увидит организация.")
    return _review(row, State.RETURNED, text, by, "Отчёт возвращён на доработку.")
