"""What the pages of one roadmap read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.core.charts import Stretch, Timeline
from apps.core.months import Mark, Month, month_of
from apps.indicators.models import Direction
from apps.roadmaps.plans.models import Measure, Roadmap, Stage
from apps.roadmaps.plans.models.parts import Part, parts_of

State = Measure.State
# The order of colours and hatches on the timeline.
STATES = (State.DONE, State.ON_TIME, State.OVERDUE, State.MOVED, State.PLANNED, State.DROPPED)


@dataclass(frozen=True)
class Progress:
    """How far a set of measures is. Those taken off are not counted."""

    total: int
    done: int
    late: int
    moved: int
    readiness: Decimal | None  # mean percent

    @property
    def share(self) -> Decimal | None:
        """Done, in percent of all."""
        return Decimal(100) * self.done / self.total if self.total else None


def progress_of(measures: Iterable[Measure]) -> Progress:
    kept = [one for one in measures if not one.dropped_on]
    states = [one.state for one in kept]
    readiness = Decimal(sum(one.percent for one in kept)) / len(kept) if kept else None
    return Progress(
        total=len(kept),
        done=states.count(State.DONE),
        late=states.count(State.OVERDUE),
        moved=sum(1 for one in kept if one.moved_from),
        readiness=readiness,
    )


@dataclass
class Group:
    """Measures under a heading: a stage, or a part of the plan."""

    title: str
    measures: list[Measure] = field(default_factory=list)
    stage: Stage | None = None

    @property
    def progress(self) -> Progress:
        return progress_of(self.measures)


def measures_of(roadmap: Roadmap, user: User) -> list[Measure]:
    """Those that the user sees, in the order of the plan."""
    found = Measure.objects.visible_to(user).filter(roadmap=roadmap).with_details().in_plan_order()
    return list(found.prefetch_related("resources", "proofs"))


def measures_of_direction(direction: Direction, user: User) -> list[Measure]:
    """What the authority carries out in a direction, in all its roadmaps in force, the nearest term first."""
    found = Measure.objects.visible_to(user).filter(direction=direction, roadmap__state="in_force")
    return list(found.exclude(roadmap__kind=Roadmap.Kind.SCHOOL).with_details().by_urgency())


def grouped(roadmap: Roadmap, measures: Sequence[Measure], stages: Sequence[Stage]) -> list[Group]:
    """By stage where there are stages, else by part of the plan; parts of the Concept that have nothing stand empty."""
    if stages:
        groups = {stage.pk: Group(str(stage), stage=stage) for stage in stages}
        rest = Group("Вне этапов")
        for one in measures:
            groups.get(one.stage_id or 0, rest).measures.append(one)
        return [*groups.values(), *([rest] if rest.measures else [])]
    wanted: list[str] = []
    if roadmap.kind == Roadmap.Kind.DIRECTION and roadmap.direction:
        wanted = list(parts_of(roadmap.direction.code))
    order = [*wanted, *(part for part in Part.values if part not in wanted)]
    parts = {part: Group(str(Part(part).label).capitalize()) for part in order}
    for one in measures:
        parts[one.part].measures.append(one)
    shown = [group for part, group in parts.items() if group.measures or part in wanted]
    if len(shown) == 1:
        shown[0].title = "Мероприятия"
    return shown


def gone_people(measures: Iterable[Measure]) -> set[int]:
    """People who answer for unfinished measures of the authority's plans and have no current role any more."""
    answering = {
        one.person_id
        for one in measures
        if one.person_id and one.is_unfinished and one.roadmap.kind != Roadmap.Kind.SCHOOL
    }
    working = Membership.objects.current().filter(user__in=answering).values_list("user", flat=True)
    return {key for key in answering if key} - set(working)


def timeline(roadmap: Roadmap, groups: Sequence[Group]) -> Timeline:
    stretches = [
        Stretch(one.title, one.starts_on, one.due_on, STATES.index(one.state), group.title)
        for group in groups
        for one in group.measures
    ]
    return Timeline(
        title="Мероприятия по месяцам",
        description=f"{roadmap.title}, {roadmap.span_text}. Цвет и штриховка — состояние; черта — сегодняшний день.",
        stretches=stretches,
        states=[str(state.label) for state in STATES],
        today=timezone.localdate(),
    )


def month(measures: Sequence[Measure], stages: Sequence[Stage], first: date) -> Month:
    """What begins and what is due."""
    shown = Month.blank(first)
    for one in measures:
        if not one.dropped_on:
            shown.put(one.due_on, Mark(one.title, one.get_absolute_url(), "срок", one.tone))
            if one.starts_on != one.due_on:
                shown.put(one.starts_on, Mark(one.title, one.get_absolute_url(), "начало"))
    for stage in stages:
        url = f"{stage.roadmap.get_absolute_url()}stages/"
        shown.put(stage.ends_on, Mark(str(stage), url, "конец этапа", stage.tone))
    return shown


def first_month(asked: str, roadmap: Roadmap) -> date:
    """The month of the address (`2026-03`), else this one, else the roadmap's first."""
    today = timezone.localdate()
    inside = roadmap.starts_on <= today <= roadmap.ends_on
    return month_of(asked, today if inside else roadmap.starts_on)


def shown_to(user: User) -> Any:
    """Roadmaps that the user sees, with counts of measures they see."""
    return Roadmap.objects.visible_to(user).select_related("direction", "organization").with_counts()
