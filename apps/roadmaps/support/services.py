"""Writes of help cases. A refusal raises `Refused` with all faults at once and changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.interpretation.services import WRITERS
from apps.analysis.models import Conclusion
from apps.core import events, findings, personal
from apps.core.findings import Finding, Refused, refuse
from apps.indicators.models import Direction
from apps.organizations.models import Kind, Organization
from apps.roadmaps.links.services import rest_on
from apps.roadmaps.support.models import SupportCase, SupportStep
from apps.workbooks.cells import clean_text


@dataclass(frozen=True)
class NewStep:
    """One action of a case."""

    title: str
    due_on: date
    responsible: str = ""


@dataclass(frozen=True)
class NewSupport:
    """What is typed into the form. `reason` is needed where no conclusion stands behind the case."""

    title: str
    plan: str
    responsible: str
    starts_on: date
    due_on: date
    reason: str = ""
    teachers: str = ""
    direction: Direction | None = None
    steps: Sequence[NewStep] = ()


LENGTHS = {"title": 200, "plan": 2000, "responsible": 200, "reason": 2000, "teachers": 200}
NAMES = {
    "title": "Что делается", "plan": "Как", "responsible": "Кто отвечает", "reason": "Основание",
    "teachers": "Для каких педагогов",
}  # fmt: skip
NEEDED = {
    "title": "Напишите, что делается.",
    "plan": "Напишите, как это делается.",
    "responsible": "Укажите, кто отвечает.",
}


def _require_writer(by: User) -> None:
    if by.role not in WRITERS:
        raise refuse("not_allowed", "Адресную помощь ведут методисты и сотрудники управления.")


def _too_long(name: str, text: str, limit: int) -> Iterator[Finding]:
    if len(text) > limit:
        yield findings.error("too_long", f"«{name}»: {len(text)} знаков, можно {limit}.", action="Сократите текст.")


def _faults_of_basis(conclusion: Conclusion | None, organization: Organization, reason: str) -> Iterator[Finding]:
    if conclusion is None and not reason:
        message = "Нет основания: не выбран вывод и не написана причина."
        yield findings.error("no_reason", message, action="Напишите, почему нужна помощь.")
    if conclusion and conclusion.withdrawn_at:
        yield findings.error("withdrawn", "Вывод снят: помогать по нему не с чем.")
    if conclusion and conclusion.organization_id and conclusion.organization_id != organization.pk:
        yield findings.error("other_school", "Вывод — о другой организации.")
    if organization.kind == Kind.AUTHORITY or organization.is_closed:
        yield findings.error("no_school", "Выберите действующую организацию.")


def _faults_of_words(words: dict[str, str], new: NewSupport) -> Iterator[Finding]:
    for key, message in NEEDED.items():
        if not words[key]:
            yield findings.error(f"no_{key}", message)
    for key, text in words.items():
        yield from _too_long(NAMES[key], text, LENGTHS[key])
    if found := personal.kinds(words["teachers"]):
        message = f"В описании группы педагогов похоже на персональные данные: {personal.said(found)}."
        yield findings.error("personal", message, action="Опишите группу без имён.")
    if new.due_on < new.starts_on:
        yield findings.error("days", "Окончание раньше начала.")
    for number, step in enumerate(new.steps, start=1):
        for fault in _faults_of_step(step, new.starts_on):
            yield findings.error(fault.code, f"Действие {number}. {fault.message}", action=fault.action)


def _faults_of_step(step: NewStep, starts_on: date) -> Iterator[Finding]:
    if not clean_text(step.title):
        yield findings.error("no_step", "Не написано, что делается.")
    yield from _too_long("Действие", clean_text(step.title), 300)
    yield from _too_long("Кто делает", clean_text(step.responsible), 200)
    if step.due_on < starts_on:
        yield findings.error("days", "Срок действия раньше начала помощи.")


def _step(case: SupportCase, new: NewStep) -> SupportStep:
    title, responsible = clean_text(new.title), clean_text(new.responsible)
    return SupportStep(case=case, title=title, responsible=responsible, due_on=new.due_on)


@transaction.atomic
def plan_support(
    *, organization: Organization, new: NewSupport, by: User, conclusion: Conclusion | None = None
) -> SupportCase:
    """Open a case because of a conclusion or for a stated reason, with its first actions."""
    _require_writer(by)
    words = {key: clean_text(getattr(new, key)) for key in LENGTHS}
    faults = [*_faults_of_basis(conclusion, organization, words["reason"]), *_faults_of_words(words, new)]
    if faults:
        raise Refused(faults)
    direction = new.direction
    if direction is None and conclusion and conclusion.indicator:
        direction = conclusion.indicator.direction
    made = SupportCase.objects.create(
        conclusion=conclusion,
        organization=organization,
        direction=direction,
        starts_on=new.starts_on,
        due_on=new.due_on,
        author=by,
        **words,
    )
    SupportStep.objects.bulk_create([_step(made, step) for step in new.steps])
    text = f"Запланировано: {made.title}, {organization}, до {made.due_on:%d.%m.%Y}."
    events.record(kind="roadmaps.support_planned", subject=made, by=by, text=text[:500])
    if conclusion:
        rest_on(subject=made, basis=conclusion, by=by)
    return made


def _open_case(case: SupportCase) -> SupportCase:
    row = SupportCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if row.done_on:
        raise refuse("done", "Помощь уже завершена.")
    return row


def _open_step(step: SupportStep) -> SupportStep:
    _open_case(step.case)
    row = SupportStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if not row.is_open:
        raise refuse("wrong_state", f"Действие уже закрыто: {row.state_text}.", "Откройте страницу заново.")
    return row


@transaction.atomic
def add_step(*, case: SupportCase, new: NewStep, by: User) -> SupportStep:
    """One more action."""
    _require_writer(by)
    row = _open_case(case)
    if faults := list(_faults_of_step(new, row.starts_on)):
        raise Refused(faults)
    step = _step(row, new)
    step.save()
    text = f"Действие: {step.title}, до {step.due_on:%d.%m.%Y}"
    events.record(kind="roadmaps.support_step", subject=row, by=by, text=text[:500])
    return step


@transaction.atomic
def finish_step(*, step: SupportStep, on: date, result: str, by: User) -> SupportStep:
    """An action is done: when and what came of it."""
    _require_writer(by)
    row, result = _open_step(step), clean_text(result)
    faults = list(_too_long("Что получилось", result, 500))
    if not result:
        faults.append(findings.error("no_result", "Напишите, что получилось."))
    if on > timezone.localdate():
        faults.append(findings.error("future", "Этот день ещё не наступил."))
    if faults:
        raise Refused(faults)
    row.done_on, row.result = on, result
    row.save(update_fields=["done_on", "result"])
    text = f"Сделано {on:%d.%m.%Y}: {row.title}. {result}"
    events.record(kind="roadmaps.support_step_done", subject=row.case, by=by, text=text[:500])
    return row


@transaction.atomic
def drop_step(*, step: SupportStep, reason: str, by: User) -> SupportStep:
    """An action is not done after all; the reason stays."""
    _require_writer(by)
    row, reason = _open_step(step), clean_text(reason)
    faults = list(_too_long("Почему не делается", reason, 300))
    if not reason:
        faults.append(findings.error("no_reason", "Напишите, почему действие не делается."))
    if faults:
        raise Refused(faults)
    row.dropped_reason = reason
    row.save(update_fields=["dropped_reason"])
    text = f"Не делается: {row.title}. {reason}"
    events.record(kind="roadmaps.support_step_dropped", subject=row.case, by=by, text=text[:500])
    return row


@transaction.atomic
def finish_support(*, case: SupportCase, on: date, result: str, by: User) -> SupportCase:
    """Close a case in words. Its effect is read a year later, it is not typed."""
    _require_writer(by)
    row, result = _open_case(case), clean_text(result)
    faults = list(_too_long("Что сделано", result, 2000))
    if not result:
        faults.append(findings.error("no_result", "Напишите, что сделано."))
    if on > timezone.localdate():
        faults.append(findings.error("future", "День завершения ещё не наступил."))
    open_steps = [step.title for step in row.steps.all() if step.is_open]
    if open_steps:
        message = f"Не закрыты действия: {'; '.join(open_steps)}."
        faults.append(findings.error("open_steps", message, action="Отметьте их сделанными или снимите с причиной."))
    if faults:
        raise Refused(faults)
    row.done_on, row.result = on, result
    row.save(update_fields=["done_on", "result"])
    events.record(kind="roadmaps.support_done", subject=row, by=by, text=f"Завершено {on:%d.%m.%Y}: {result}"[:500])
    return row
