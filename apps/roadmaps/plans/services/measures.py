"""Planning measures: what is done, who answers, from when and by when, where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from apps.accounts.models import Membership, User
from apps.core import events
from apps.core.findings import Finding, Refused, error, refuse
from apps.indicators.models import Indicator
from apps.organizations.models import Organization
from apps.roadmaps.plans.models import Measure, Part, Roadmap, Stage
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.telling import tell_of_measure
from apps.roadmaps.plans.texts import cleaned, names_several, too_long

# What the Concept names inside a direction; other directions have no lines of their own.
LINES = {"2.3": ("здоровый образ жизни", "организация и родительское сообщество", "традиционные ценности")}
TEXTS = {"title": 300, "responsible": 200, "executors": 500, "expected": 500, "details": 20_000}
LABELS = {
    "title": "Мероприятие",
    "responsible": "Кто отвечает",
    "executors": "Исполнители",
    "expected": "Ожидаемый результат",
    "details": "Что именно делается",
}


@dataclass(frozen=True)
class Plan:
    """What is typed into the form of a measure. No organisations, kinds and features: it is for all.

    `person` answers; without an account `responsible` names the person or the post.
    """

    title: str
    due_on: date
    starts_on: date | None = None  # else the beginning of the roadmap
    person: User | None = None
    responsible: str = ""
    executors: str = ""
    details: str = ""
    expected: str = ""
    part: str = Part.OTHER
    line: str = ""
    stage: Stage | None = None
    indicator: Indicator | None = None
    organizations: Sequence[Organization] = field(default_factory=tuple)
    kinds: Sequence[str] = ()
    features: Sequence[str] = ()


def works_here(person: User) -> bool:
    return Membership.objects.current().filter(user=person).exists()


def name_of(person: User) -> str:
    """How a person is written in a plan."""
    post = f"{person.post[:1].lower()}{person.post[1:]}"
    return ", ".join(filter(None, (person.get_short_name(), post)))[:200]


def _texts(plan: Plan) -> dict[str, str]:
    texts = {name: cleaned(getattr(plan, name)) for name in TEXTS}
    if plan.person:
        texts["responsible"] = name_of(plan.person)
    return texts


def _faults(plan: Plan, roadmap: Roadmap, texts: dict[str, str], start: date) -> list[Finding]:
    found = [fault for name, text in texts.items() for fault in too_long(LABELS[name], text, TEXTS[name])]
    if not texts["title"]:
        found.append(error("no_title", "Назовите мероприятие."))
    if not texts["responsible"]:
        found.append(error("no_responsible", "Укажите, кто отвечает: один человек или должность."))
    if plan.person is None and names_several(texts["responsible"]):
        action = "Остальных впишите исполнителями."
        found.append(error("several", "Ответственный — один человек.", action=action))
    if plan.person and not works_here(plan.person):
        message = f"{plan.person.get_short_name()} больше не работает на портале."
        found.append(error("gone", message, action="Выберите другого ответственного."))
    code = roadmap.direction.code if roadmap.direction else ""
    if plan.line and plan.line not in LINES.get(code, ()):
        found.append(error("unknown_line", "Такой линии у направления нет."))
    return found + _days_faults(plan, roadmap, start)


def _days_faults(plan: Plan, roadmap: Roadmap, start: date) -> list[Finding]:
    found = []
    if plan.due_on < start:
        found.append(error("days", "Срок раньше начала."))
    elif start < roadmap.starts_on or plan.due_on > roadmap.ends_on:
        found.append(error("outside", f"Сроки выходят за пределы дорожной карты: {roadmap.span_text}."))
    if plan.stage and plan.stage.roadmap_id != roadmap.pk:
        found.append(error("foreign_stage", "Этап — из другой дорожной карты."))
    elif plan.stage and not (plan.stage.starts_on <= start and plan.due_on <= plan.stage.ends_on):
        span = f"{plan.stage.starts_on:%d.%m.%Y} – {plan.stage.ends_on:%d.%m.%Y}"
        found.append(error("outside_stage", f"Сроки выходят за пределы этапа: {span}."))
    return found


def _write(measure: Measure, plan: Plan, texts: dict[str, str], start: date) -> None:
    for name, text in texts.items():
        setattr(measure, name, text)
    measure.person, measure.starts_on, measure.due_on = plan.person, start, plan.due_on
    measure.part, measure.line, measure.stage, measure.indicator = plan.part, plan.line, plan.stage, plan.indicator
    measure.kinds, measure.features = list(plan.kinds), list(plan.features)
    measure.save()
    measure.organizations.set(plan.organizations)


@transaction.atomic
def plan_measure(*, roadmap: Roadmap, plan: Plan, by: Any) -> Measure:
    """Write a measure into a roadmap. Raises Refused with all faults at once."""
    roadmap = rights.locked(roadmap, by)
    start, texts = plan.starts_on or roadmap.starts_on, _texts(plan)
    if found := _faults(plan, roadmap, texts, start):
        raise Refused(found)
    measure = Measure(roadmap=roadmap, direction=roadmap.direction, author=by)
    _write(measure, plan, texts, start)
    text = f"Мероприятие: {measure.title}; отвечает {measure.responsible}, срок {measure.due_on:%d.%m.%Y}"
    events.record(kind="roadmaps.measure_planned", subject=measure, by=by, text=text[:500])
    tell_of_measure(measure, by)
    return measure


@transaction.atomic
def change_measure(*, measure: Measure, plan: Plan, by: Any) -> Measure:
    """Change what is planned. The term of a measure that was approved is moved by `move_measure`, with a reason."""
    roadmap = rights.locked(measure.roadmap, by)
    row = rights.locked_measure(measure)
    start, texts = plan.starts_on or roadmap.starts_on, _texts(plan)
    found = _faults(plan, roadmap, texts, start)
    if roadmap.version and plan.due_on != row.due_on:
        message = "Срок утверждённого мероприятия здесь не меняется."
        found.append(error("moved", message, action="Перенесите срок с причиной на странице мероприятия."))
    if found:
        raise Refused(found)
    before, answered = {name: getattr(row, name) for name in ("title", "responsible")}, row.person_id
    _write(row, plan, texts, start)
    told = [
        f"{LABELS[name].lower()}: «{was}» → «{getattr(row, name)}»"
        for name, was in before.items()
        if was != getattr(row, name)
    ]
    text = f"План мероприятия изменён{': ' if told else ''}{'; '.join(told)}"
    events.record(kind="roadmaps.measure_changed", subject=row, by=by, text=text[:500])
    if row.person_id != answered:
        tell_of_measure(row, by)
    return row


@transaction.atomic
def delete_measure(*, measure: Measure, by: Any) -> None:
    """Take a measure out of a draft. What was approved is taken off with a reason."""
    roadmap = rights.locked(measure.roadmap, by)
    row = rights.locked_measure(measure)
    if roadmap.state != Roadmap.State.DRAFT:
        action = "Снимите мероприятие с причиной: оно останется в истории."
        raise refuse("approved", "Дорожная карта действует: удалить мероприятие нельзя.", action)
    events.record(kind="roadmaps.measure_deleted", subject=roadmap, by=by, text=f"Удалено: {row.title}"[:500])
    row.delete()
