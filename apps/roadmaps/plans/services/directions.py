"""Measures typed on the page of a direction."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import events, periods
from apps.indicators.models import Direction
from apps.roadmaps.plans.models import Measure, Roadmap
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.services.measures import Plan, plan_measure


@transaction.atomic
def plan_in_direction(*, direction: Direction, plan: Plan, by: Any) -> Measure:
    """Write a measure into the roadmap of a direction; it begins today unless said otherwise. Raises Refused."""
    roadmap = roadmap_for(direction=direction, due_on=plan.due_on, by=by)
    start = plan.starts_on or max(min(timezone.localdate(), plan.due_on), roadmap.starts_on)
    return plan_measure(roadmap=roadmap, plan=replace(plan, starts_on=start), by=by)


@transaction.atomic
def roadmap_for(*, direction: Direction, due_on: date, by: Any) -> Roadmap:
    """The roadmap that a measure typed on the page of a direction goes to: the one in force that covers its term,
    else the running list of the direction, which begins now and is kept without approval."""
    today = timezone.localdate()
    found = Roadmap.objects.select_for_update().filter(
        kind=Roadmap.Kind.DIRECTION, direction=direction, state=Roadmap.State.IN_FORCE
    )
    running: Roadmap | None = found.filter(starts_on__lte=min(today, due_on), ends_on__gte=due_on).first()
    running = running or found.filter(version=0).first() or _running_list(direction, due_on, by)
    running.starts_on = min(running.starts_on, due_on, today)
    running.ends_on = max(running.ends_on, due_on)
    running.save(update_fields=["starts_on", "ends_on"])
    return running


def title_of(direction: Direction) -> str:
    """How a plan of a direction is called unless somebody names it."""
    return f"План мероприятий: {direction.name}"[:300]


def _running_list(direction: Direction, due_on: date, by: Any) -> Roadmap:
    span = periods.school_year_of(timezone.localdate())
    made = Roadmap(
        kind=Roadmap.Kind.DIRECTION,
        direction=direction,
        title=title_of(direction),
        starts_on=min(span.starts_on, due_on),
        ends_on=max(span.ends_on, due_on),
        state=Roadmap.State.IN_FORCE,
        author=by,
    )
    rights.require_keeper(made, by)
    made.save()
    events.record(kind="roadmaps.roadmap_created", subject=made, by=by, text="Начат план направления.")
    return made
