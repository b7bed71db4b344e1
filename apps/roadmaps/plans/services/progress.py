"""How far a measure is: percent, done with a result, put off or taken off with a reason, files that prove it."""

from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.core import attachments, events, files
from apps.core.findings import Refused, error, refuse
from apps.roadmaps.plans.models import Measure, MeasureMove, MeasureProof
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.texts import cleaned, too_long

RESULT_MOST, REASON_MOST, NOTE_MOST = 20_000, 500, 300


def _held(measure: Measure, by: Any) -> Measure:
    row = rights.locked_measure(measure)
    if not rights.may_mark(row, by):
        raise refuse("no_right", "Отмечает мероприятие тот, кто за него отвечает или ведёт дорожную карту.")
    return row


def _keep_proof(row: Measure, proof: tuple[BinaryIO, str], note: str, by: Any) -> MeasureProof:
    stream, name = proof
    kept = files.store(stream=stream, name=name, content_type=attachments.check(stream, name), by=by)
    place = by.organization if by.is_school else None
    return MeasureProof.objects.create(measure=row, file=kept, note=note, organization=place, created_by=by)


@transaction.atomic
def finish_measure(
    *,
    measure: Measure,
    on: date,
    result: str,
    by: Any,
    covered: int | None = None,
    proof: tuple[BinaryIO, str] | None = None,
) -> Measure:
    """Say that a measure is done and what came of it. Raises Refused, also when somebody was faster."""
    row = _held(measure, by)
    result = cleaned(result)
    found = too_long("Результат", result, RESULT_MOST)
    if not result:
        found.append(error("no_result", "Напишите, что получилось."))
    if on > timezone.localdate():
        found.append(error("future", "День выполнения ещё не наступил."))
    if found:
        raise Refused(found)
    if proof:
        _keep_proof(row, proof, "", by)
    row.done_on, row.done_by, row.result, row.covered, row.percent = on, by, result, covered, 100
    row.save(update_fields=["done_on", "done_by", "result", "covered", "percent"])
    text = f"Выполнено {on:%d.%m.%Y}: {result}"
    events.record(kind="roadmaps.measure_done", subject=row, by=by, text=text[:500])
    return row


@transaction.atomic
def report_progress(*, measure: Measure, percent: int, note: str, by: Any) -> Measure:
    """Say how far a measure is, in percent; 100 needs a result, so it is said by finishing."""
    row = _held(measure, by)
    if not 0 <= percent <= 99:
        raise refuse("percent", "Готовность — от 0 до 99 %.", "Выполненное мероприятие отметьте выполненным.")
    row.percent = percent
    row.save(update_fields=["percent"])
    text = f"Готовность {percent} %. {cleaned(note)}".strip()
    events.record(kind="roadmaps.measure_progress", subject=row, by=by, text=text[:500])
    return row


def _require_editor(row: Measure, by: Any) -> None:
    if not rights.may_edit(row.roadmap, by):
        raise refuse("no_right", "Сроки меняет тот, кто ведёт дорожную карту.")


def _reason(text: str, ask: str) -> str:
    reason = cleaned(text)
    found = too_long("Причина", reason, REASON_MOST)
    if not reason:
        found.append(error("no_reason", ask))
    if found:
        raise Refused(found)
    return reason


@transaction.atomic
def move_measure(*, measure: Measure, to: date, reason: str, by: Any) -> Measure:
    """Put the term off (or nearer), for a reason. Against the approved version it is a change."""
    row = rights.locked_measure(measure)
    _require_editor(row, by)
    reason = _reason(reason, "Напишите, почему срок переносится.")
    roadmap = row.roadmap
    if to == row.due_on:
        raise refuse("same_day", "Это тот же срок.", "Укажите другой день.")
    if to < row.starts_on or to > roadmap.ends_on:
        message = f"Новый срок — с {row.starts_on:%d.%m.%Y} по {roadmap.ends_on:%d.%m.%Y}: в пределах дорожной карты."
        raise refuse("outside", message)
    MeasureMove.objects.create(measure=row, old_due_on=row.due_on, new_due_on=to, reason=reason, by=by)
    text = f"Срок перенесён: {row.due_on:%d.%m.%Y} → {to:%d.%m.%Y}. {reason}"
    row.moved_from = row.moved_from or row.due_on
    row.due_on = to
    if row.stage and to > row.stage.ends_on:
        row.stage = None
        text += " Мероприятие вышло за пределы этапа."
    row.save(update_fields=["moved_from", "due_on", "stage"])
    events.record(kind="roadmaps.measure_moved", subject=row, by=by, text=text[:500])
    return row


@transaction.atomic
def drop_measure(*, measure: Measure, reason: str, by: Any) -> Measure:
    """Take a measure off, for a reason: it stays in the roadmap but is not counted."""
    row = rights.locked_measure(measure)
    _require_editor(row, by)
    row.drop_reason = _reason(reason, "Напишите, почему мероприятие снимается.")
    row.dropped_on = timezone.localdate()
    row.save(update_fields=["dropped_on", "drop_reason"])
    events.record(kind="roadmaps.measure_dropped", subject=row, by=by, text=f"Снято: {row.drop_reason}"[:500])
    return row


@transaction.atomic
def reopen_measure(*, measure: Measure, reason: str, by: Any) -> Measure:
    """Take the mark «выполнено» back, for a reason; the result that was written stays in the history."""
    rows = Measure.objects.select_for_update(of=("self",)).select_related("roadmap")
    row: Measure = rows.get(pk=measure.pk)
    rights.require_keeper(row.roadmap, by)
    if row.done_on is None:
        raise refuse("not_done", "Мероприятие и так не выполнено.")
    reason = _reason(reason, "Напишите, почему отметка снимается.")
    text = f"Отметка о выполнении снята: {reason}. Было: {row.result}"
    events.record(kind="roadmaps.measure_reopened", subject=row, by=by, text=text[:500], result=row.result)
    row.done_on = row.done_by = row.covered = None
    row.result, row.percent = "", 99
    row.save(update_fields=["done_on", "done_by", "result", "covered", "percent"])
    return row


@transaction.atomic
def add_proof(*, measure: Measure, proof: tuple[BinaryIO, str], note: str, by: Any) -> MeasureProof:
    """A file that proves a measure, also after it is done. An organisation that the measure names hands in its own."""
    rows = Measure.objects.select_for_update(of=("self",)).select_related("roadmap")
    row: Measure = rows.get(pk=measure.pk)
    if not row.roadmap.is_open or row.dropped_on:
        raise refuse("closed", "Мероприятие закрыто: файлы к нему не принимаются.")
    if not rights.may_mark(row, by) and not is_addressed(row, by):
        raise refuse("no_right", "Подтверждение прикладывает тот, кто отвечает за мероприятие.")
    note = cleaned(note)
    if found := too_long("Что подтверждает", note, NOTE_MOST):
        raise Refused(found)
    made = _keep_proof(row, proof, note, by)
    events.record(kind="roadmaps.measure_proof", subject=row, by=by, text=f"Приложено: {made.file.name}"[:500])
    return made


def is_addressed(row: Measure, by: Any) -> bool:
    """Whether the person's organisation is one of those where the measure is done."""
    return bool(by.is_school and by.organization and Measure.objects.visible_to(by).filter(pk=row.pk).exists())
