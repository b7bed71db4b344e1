"""Directions: switching them, saying what they are for, and the goals that stand under them."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Finding, Refused, error
from apps.indicators.models import Direction, Goal, Indicator
from apps.indicators.services.targets import require_department
from apps.organizations.models import Organization
from apps.workbooks.cells import clean_text

ABOVE = {Goal.Level.ORGANIZATION: Goal.Level.MUNICIPAL, Goal.Level.MUNICIPAL: Goal.Level.REGIONAL}


@transaction.atomic
def switch_direction(*, direction: Direction, on: bool, reason: str, by: Any) -> bool:
    """Switch a direction on or off; True when it was the other way. What was collected stays. Raises Refused."""
    require_department(by)
    reason = clean_text(reason)[:300]
    if not reason:
        raise Refused([error("no_reason", "Напишите, почему направление включается или выключается.")])
    direction = Direction.objects.select_for_update().get(pk=direction.pk)
    if direction.is_active == on:
        return False
    direction.is_active, direction.switch_reason = on, reason
    direction.switched_at, direction.switched_by = timezone.now(), by
    direction.save(update_fields=["is_active", "switch_reason", "switched_at", "switched_by"])
    text = f"Направление {'включено' if on else 'выключено'}: {reason}"
    events.record(kind="indicators.direction_switched", subject=direction, by=by, text=text)
    return True


@transaction.atomic
def describe_direction(*, direction: Direction, purpose: str, by: Any) -> bool:
    """Say what the direction is for; True when the words are new. Raises Refused."""
    require_department(by)
    purpose = clean_text(purpose)[:2000]
    direction = Direction.objects.select_for_update().get(pk=direction.pk)
    if direction.purpose == purpose:
        return False
    old, direction.purpose = direction.purpose, purpose
    direction.save(update_fields=["purpose"])
    text = f"Назначение направления: {purpose or 'убрано'}"
    events.record(kind="indicators.direction_described", subject=direction, by=by, text=text[:500], old=old)
    return True


@dataclass(frozen=True)
class NewGoal:
    """What is typed into the form of a goal."""

    direction: Direction
    level: str
    title: str
    rationale: str
    indicator: Indicator | None = None
    organization: Organization | None = None
    parent: Goal | None = None


def require_keeper_of(organization: Organization | None, by: Any) -> None:
    """The department keeps all goals, an organisation its own. Raises Refused."""
    own = by is not None and by.is_active and by.is_school and organization is not None
    if own and by.organization == organization:
        return
    require_department(by)


def _faults(new: NewGoal) -> list[Finding]:
    found = []
    if not clean_text(new.title):
        found.append(error("no_title", "Назовите цель."))
    if not clean_text(new.rationale):
        found.append(error("no_rationale", "Напишите обоснование: почему эта цель нужна."))
    if (new.level == Goal.Level.ORGANIZATION) != (new.organization is not None):
        found.append(error("whose", "Организация указывается только у цели организации."))
    if new.parent:
        found += _link_faults(new.level, new.parent)
    return found


def _link_faults(level: str, parent: Goal) -> list[Finding]:
    wanted = ABOVE.get(Goal.Level(level))
    if wanted is None:
        return [error("top", "Региональная цель — верхняя: она никакой другой не служит.")]
    if parent.level != wanted:
        return [error("wrong_level", f"Эта цель может служить только цели «{wanted.label}».")]
    if parent.ended_at:
        return [error("ended", "Цель, которой служит эта, снята. Выберите действующую.")]
    return []


@transaction.atomic
def set_goal(*, new: NewGoal, by: Any, goal: Goal | None = None) -> Goal:
    """Write down a goal, or change one. Linking to the level above is the department's. Raises Refused."""
    require_keeper_of(new.organization, by)
    if goal is not None:
        goal = Goal.objects.select_for_update().get(pk=goal.pk)
        require_keeper_of(goal.organization, by)
    if not by.is_department and new.parent != (goal.parent if goal else None):
        raise Refused([error("no_right", "Связи целей между уровнями ведёт управление образования.")])
    if faults := _faults(new):
        raise Refused(faults)
    fields = {
        "direction": new.direction,
        "level": new.level,
        "organization": new.organization,
        "title": clean_text(new.title)[:300],
        "rationale": clean_text(new.rationale)[:2000],
        "indicator": new.indicator,
        "parent": new.parent,
    }
    if goal is None:
        goal = Goal.objects.create(**fields, author=by)
        events.record(kind="indicators.goal_set", subject=goal, by=by, text=f"Цель: {goal.title}"[:500])
        return goal
    changed = [name for name, value in fields.items() if getattr(goal, name) != value]
    if changed:
        words = ", ".join(str(Goal._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
        for name in changed:
            setattr(goal, name, fields[name])
        goal.save(update_fields=changed)
        events.record(kind="indicators.goal_changed", subject=goal, by=by, text=f"Изменено: {words}")
    return goal


@transaction.atomic
def end_goal(*, goal: Goal, reason: str, by: Any) -> None:
    """Take a goal away; it stays in the history. Raises Refused: no right, no reason, goals that still serve it."""
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    require_keeper_of(goal.organization, by)
    reason = clean_text(reason)[:300]
    if not reason:
        raise Refused([error("no_reason", "Напишите, почему цель снимается.")])
    serving = goal.children.current().count()
    if serving:
        text = f"Этой цели служат другие: {serving}. Сначала свяжите их с другой целью или снимите."
        raise Refused([error("serves", text)])
    if goal.ended_at is None:
        goal.ended_at, goal.end_reason = timezone.now(), reason
        goal.save(update_fields=["ended_at", "end_reason"])
        events.record(kind="indicators.goal_ended", subject=goal, by=by, text=f"Цель снята: {reason}")
