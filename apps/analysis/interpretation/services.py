"""Writes of conclusions. A refusal raises `Refused` and changes nothing."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import AUTHORITY, Role
from apps.analysis.interpretation.figures import Target, figure_of
from apps.analysis.interpretation.models import Conclusion
from apps.core import events, findings, personal
from apps.core.findings import refuse
from apps.workbooks.cells import clean_text

WRITERS = AUTHORITY - {Role.ADMIN}  # specialists, the head, methodologists


@dataclass(frozen=True)
class NewConclusion:
    kind: str
    text: str
    in_report: bool = False


def _require_writer(by: User) -> None:
    if by.role not in WRITERS:
        raise refuse("not_allowed", "Выводы пишут сотрудники управления и методисты.")


@transaction.atomic
def conclude(*, target: Target, new: NewConclusion, by: User) -> Conclusion:
    """Write what a figure says. The figure is kept beside the words as it stands now."""
    _require_writer(by)
    figure, faults = figure_of(target), []
    text = clean_text(new.text).strip()
    if figure is None:
        faults.append(findings.error("no_figure", "Этого результата больше нет.", action="Выберите другой."))
    if not text:
        faults.append(findings.error("no_text", "Вывод пуст.", action="Напишите, что говорит это число."))
    if found := personal.kinds(text):
        message = f"В тексте похоже на персональные данные: {personal.said(found)}."
        faults.append(findings.error("personal", message, action="Напишите без имён и номеров."))
    if new.kind not in Conclusion.Kind.values:
        faults.append(findings.error("no_kind", "Не выбран вид: вывод, фактор, риск или сильная сторона."))
    if new.in_report and target.organization:
        message = "В открытый годовой отчёт идут только выводы о муниципалитете в целом."
        faults.append(findings.error("names_school", message, action="Снимите отметку «в годовой отчёт»."))
    if faults or figure is None:
        raise findings.Refused(faults)
    made = Conclusion.objects.create(
        kind=new.kind,
        text=text[:3000],
        period=target.period,
        organization=target.organization,
        procedure=target.procedure,
        indicator=target.indicator,
        sign=target.sign,
        about=figure.about[:300],
        figure=figure.written[:400],
        counts={"low": figure.counts.low, "marked": figure.counts.marked} if figure.counts else {},
        in_report=new.in_report,
        author=by,
    )
    words = f"{made.get_kind_display().capitalize()}: {made.about}, {made.place}."
    events.record(kind="analysis.concluded", subject=made, by=by, text=words[:500])
    return made


@transaction.atomic
def withdraw(*, conclusion: Conclusion, reason: str, by: User) -> Conclusion:
    """Take a conclusion back; it stays readable with the reason."""
    _require_writer(by)
    row = Conclusion.objects.select_for_update(of=("self",)).get(pk=conclusion.pk)
    reason = clean_text(reason).strip()[:300]
    if not reason:
        raise refuse("no_reason", "Не указано, почему вывод снимается.", "Напишите причину одной фразой.")
    if row.withdrawn_at:
        raise refuse("withdrawn", "Вывод уже снят.")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason, row.in_report = timezone.now(), by, reason, False
    row.save()
    events.record(kind="analysis.conclusion_withdrawn", subject=row, by=by, text=f"Снят: {reason}")
    return row


@transaction.atomic
def put_into_report(*, conclusion: Conclusion, on: bool, by: User) -> Conclusion:
    """Mark a conclusion for the chapter of the annual report, or take it out."""
    _require_writer(by)
    row = Conclusion.objects.select_for_update(of=("self",)).get(pk=conclusion.pk)
    if row.withdrawn_at:
        raise refuse("withdrawn", "Вывод снят.")
    if on and row.organization_id:
        raise refuse("names_school", "В открытый годовой отчёт идут только выводы о муниципалитете в целом.")
    if row.in_report != on:
        row.in_report = on
        row.save(update_fields=["in_report"])
        text = "Включён в годовой отчёт." if on else "Убран из годового отчёта."
        events.record(kind="analysis.conclusion_reported", subject=row, by=by, text=text)
    return row
