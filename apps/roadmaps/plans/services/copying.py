"""A roadmap after another one, its days moved."""

from datetime import date
from typing import Any

from django.db import transaction

from apps.core import events
from apps.roadmaps.plans.models import Measure, Roadmap, Stage
from apps.roadmaps.plans.services.roadmaps import NewRoadmap, create_roadmap

KEPT = (
    "part", "line", "title", "details", "person", "responsible", "executors", "kinds", "features", "expected",
    "indicator",
)  # fmt: skip


def moved_day(day: date, *, old: date, new: date) -> date:
    """A day of a plan that began on `old`, in one that begins on `new`: whole years where they differ by years."""
    if (old.month, old.day) != (new.month, new.day):
        return day + (new - old)
    year = day.year + new.year - old.year
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


@transaction.atomic
def copy_roadmap(*, roadmap: Roadmap, new: NewRoadmap, by: Any) -> Roadmap:
    """A draft after another roadmap with all days moved to the new beginning; people and means stay, marks do not.

    Measures that were taken off are left out, closed organisations too; what would end after the new roadmap ends
    with it. Raises Refused.
    """
    made = create_roadmap(new=new, by=by, like=roadmap)
    stages: dict[int, Stage] = {}
    for stage in roadmap.stages.all():
        first, last = _inside(made, roadmap, stage.starts_on, stage.ends_on)
        stages[stage.pk] = Stage.objects.create(
            roadmap=made,
            number=stage.number,
            title=stage.title,
            starts_on=first,
            ends_on=last,
            expected=stage.expected,
        )
    kept = roadmap.measures.filter(dropped_on=None).in_plan_order()
    for measure in kept.prefetch_related("organizations", "resources__organization"):
        _copy(measure, roadmap, made, stages, by)
    text = f"Составлена по «{roadmap.title}»: мероприятий {made.measures.count()}, сроки перенесены."
    events.record(kind="roadmaps.roadmap_copied", subject=made, by=by, text=text[:500])
    return made


def _inside(made: Roadmap, like: Roadmap, first: date, last: date) -> tuple[date, date]:
    first, last = (moved_day(day, old=like.starts_on, new=made.starts_on) for day in (first, last))
    last = max(min(last, made.ends_on), made.starts_on)
    return min(max(first, made.starts_on), last), last


def _copy(measure: Measure, like: Roadmap, made: Roadmap, stages: dict[int, Stage], by: Any) -> None:
    first, last = _inside(made, like, measure.starts_on, measure.moved_from or measure.due_on)
    copy = Measure.objects.create(
        roadmap=made,
        direction=made.direction,
        stage=stages.get(measure.stage_id) if measure.stage_id else None,
        starts_on=first,
        due_on=last,
        author=by,
        **{name: getattr(measure, name) for name in KEPT},
    )
    copy.organizations.set([one for one in measure.organizations.all() if not one.is_closed])
    for resource in measure.resources.all():
        if resource.organization is None or not resource.organization.is_closed:
            copy.resources.create(
                kind=resource.kind, organization=resource.organization, amount=resource.amount, note=resource.note
            )
