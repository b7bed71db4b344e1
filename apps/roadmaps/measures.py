"""Measures of a direction: what is done, who answers for it, by when, in which organisations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from apps.core import events
from apps.core.findings import Finding, Refused, error
from apps.indicators.models import Direction
from apps.organizations.models import Organization
from apps.roadmaps.models import Measure
from apps.workbooks.cells import clean_text

# What the Concept names inside a direction; other directions have no lines of their own.
LINES = {"2.3": ("здоровый образ жизни", "организация и родительское сообщество", "традиционные ценности")}


@dataclass(frozen=True)
class NewMeasure:
    """What is typed into the form of a measure. No organisations: it is for all."""

    direction: Direction
    title: str
    responsible: str
    due_on: date
    line: str = ""
    organizations: Sequence[Organization] = field(default_factory=tuple)


def _require(by: Any) -> None:
    if by is None or not by.is_active or not by.is_department:
        raise Refused([error("no_right", "Мероприятия направления ведёт управление образования.")])


def _faults(new: NewMeasure) -> list[Finding]:
    found = []
    if not clean_text(new.title):
        found.append(error("no_title", "Назовите мероприятие."))
    if not clean_text(new.responsible):
        found.append(error("no_responsible", "Укажите, кто отвечает: должность или отдел."))
    if new.line and new.line not in LINES.get(new.direction.code, ()):
        found.append(error("unknown_line", "Такой линии у направления нет."))
    if not new.direction.is_active:
        found.append(error("direction_off", "Направление выключено: новых мероприятий у него нет."))
    return found


@transaction.atomic
def plan_measure(*, new: NewMeasure, by: Any) -> Measure:
    """Write a measure down. Raises Refused."""
    _require(by)
    if found := _faults(new):
        raise Refused(found)
    measure = Measure.objects.create(
        direction=new.direction,
        line=new.line,
        title=clean_text(new.title)[:300],
        responsible=clean_text(new.responsible)[:200],
        due_on=new.due_on,
        author=by,
    )
    measure.organizations.set(new.organizations)
    text = f"Мероприятие: {measure.title}; отвечает {measure.responsible}, срок {measure.due_on:%d.%m.%Y}"
    events.record(kind="roadmaps.measure_planned", subject=measure, by=by, text=text[:500])
    return measure


@transaction.atomic
def finish_measure(*, measure: Measure, on: date, result: str, by: Any) -> None:
    """Say that a measure is done and what came of it. Raises Refused."""
    _require(by)
    measure = Measure.objects.select_for_update().get(pk=measure.pk)
    result = clean_text(result)[:500]
    if not result:
        raise Refused([error("no_result", "Напишите, что получилось.")])
    measure.done_on, measure.result = on, result
    measure.save(update_fields=["done_on", "result"])
    text = f"Выполнено {on:%d.%m.%Y}: {result}"
    events.record(kind="roadmaps.measure_done", subject=measure, by=by, text=text[:500])
