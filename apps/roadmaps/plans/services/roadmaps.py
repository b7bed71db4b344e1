"""Composing a roadmap, changing it, its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from apps.core import events
from apps.core.findings import Finding, Refused, error
from apps.indicators.models import Direction, Indicator
from apps.organizations.models import Kind, Organization
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.texts import cleaned, too_long

LONGEST = timedelta(days=366 * 5)
YEARS = (1990, 2100)  # beyond these a date is a slip of the finger


@dataclass(frozen=True)
class NewRoadmap:
    """What is typed into the form of a roadmap."""

    kind: str
    title: str
    starts_on: date
    ends_on: date
    direction: Direction | None = None
    organization: Organization | None = None
    aim: str = ""
    indicators: Sequence[Indicator] = ()


def _faults(new: NewRoadmap) -> list[Finding]:
    title, aim = cleaned(new.title), cleaned(new.aim)
    found = [*too_long("Название", title, 300), *too_long("Цель", aim, 4000)]
    if not title:
        found.append(error("no_title", "Назовите дорожную карту."))
    if new.ends_on < new.starts_on:
        found.append(error("days", "Окончание раньше начала."))
    elif not YEARS[0] <= new.starts_on.year <= new.ends_on.year <= YEARS[1]:
        found.append(error("year", f"Годы — от {YEARS[0]} до {YEARS[1]}.", action="Проверьте годы в датах."))
    elif new.ends_on - new.starts_on > LONGEST:
        found.append(error("long", "Дорожная карта длиннее пяти лет.", action="Проверьте годы в датах."))
    if new.kind == Roadmap.Kind.DIRECTION and new.direction is None:
        found.append(error("no_direction", "Выберите направление."))
    if new.direction and not new.direction.is_active:
        found.append(error("direction_off", "Направление выключено: новых дорожных карт у него нет."))
    if new.kind == Roadmap.Kind.SCHOOL and (new.organization is None or new.organization.kind == Kind.AUTHORITY):
        found.append(error("no_organization", "Выберите организацию."))
    return found


def _write(roadmap: Roadmap, new: NewRoadmap) -> None:
    roadmap.title, roadmap.aim = cleaned(new.title), cleaned(new.aim)
    roadmap.starts_on, roadmap.ends_on = new.starts_on, new.ends_on
    roadmap.direction, roadmap.organization = new.direction, new.organization
    roadmap.save()
    roadmap.indicators.set(new.indicators)


@transaction.atomic
def create_roadmap(*, new: NewRoadmap, by: Any, like: Roadmap | None = None) -> Roadmap:
    """A draft. Raises Refused with all faults at once."""
    roadmap = Roadmap(kind=new.kind, organization=new.organization, copied_from=like, author=by)
    rights.require_keeper(roadmap, by)
    if found := _faults(new):
        raise Refused(found)
    _write(roadmap, new)
    text = f"Дорожная карта составлена: {roadmap.title}, {roadmap.span_text}"
    events.record(kind="roadmaps.roadmap_created", subject=roadmap, by=by, text=text[:500])
    return roadmap


@transaction.atomic
def change_roadmap(*, roadmap: Roadmap, new: NewRoadmap, by: Any) -> Roadmap:
    """Change title, aim, dates. Measures must stay inside the dates. Raises Refused."""
    row = rights.locked(roadmap, by)
    found = _faults(new)
    outside = row.measures.exclude(starts_on__gte=new.starts_on, due_on__lte=new.ends_on).count()
    if outside:
        message = f"Мероприятий за пределами новых дат: {outside}."
        found.append(error("outside", message, action="Сначала измените их сроки."))
    if row.stages.exclude(starts_on__gte=new.starts_on, ends_on__lte=new.ends_on).exists():
        found.append(error("stage_outside", "Этапы выходят за пределы новых дат.", action="Сначала измените этапы."))
    if found:
        raise Refused(found)
    _write(row, new)
    row.measures.update(direction=row.direction)
    events.record(kind="roadmaps.roadmap_changed", subject=row, by=by, text="Изменены название, цель или даты.")
    return row


@transaction.atomic
def end_roadmap(*, roadmap: Roadmap, state: str, reason: str, by: Any) -> Roadmap:
    """Finish a roadmap in force, or cancel any, for a reason. Its measures stay as they are. Raises Refused."""
    row = rights.locked(roadmap, by)
    reason = cleaned(reason)
    found = too_long("Причина", reason, 500)
    if not reason:
        found.append(error("no_reason", "Напишите, чем закончилась дорожная карта или почему отменена."))
    if state == Roadmap.State.FINISHED and row.state != Roadmap.State.IN_FORCE:
        found.append(error("draft", "Проект не завершают: его утверждают или отменяют."))
    if found:
        raise Refused(found)
    row.state, row.end_reason = Roadmap.State(state), reason
    row.save(update_fields=["state", "end_reason"])
    text = f"Дорожная карта {row.get_state_display()}: {reason}"
    events.record(kind=f"roadmaps.roadmap_{row.state}", subject=row, by=by, text=text[:500])
    return row
