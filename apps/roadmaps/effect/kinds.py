"""An effect in the chains of the cycle: position 9, resting on what was to have it."""

from datetime import datetime

from apps.roadmaps.cycle.facets.base import Facet, describe
from apps.roadmaps.cycle.facts import Stage
from apps.roadmaps.effect import selectors
from apps.roadmaps.effect.models import Expectation
from apps.roadmaps.links.registry import register


def _day(found: Expectation) -> datetime:
    """When it was measured last; until then when it was put in force, or written down."""
    measured = [one.measured_at for one in found.measurements.all() if one.measured_at]
    return max(measured, default=None) or found.approved_at or found.created_at


def _directions(found: Expectation) -> set[str]:
    direction = found.indicator.direction if found.indicator else None
    return {direction.code} if direction else set()


def _stage(found: Expectation) -> Stage:
    """Only a measured effect proves something."""
    if found.withdrawn_at:
        return Stage.VOID
    return Stage.READY if any(one.measured_at for one in found.measurements.all()) else Stage.DRAFT


def _state(found: Expectation) -> str:
    last = next((one for one in found.measurements.all() if one.measured_at), None)
    if last:
        return last.get_verdict_display()
    return "ждём данных" if found.approved_at else "не утверждено"


def _sentence(found: Expectation) -> str:
    return selectors.rows([found])[0].sentence


def register_kinds() -> None:
    register(
        Expectation,
        key="effect",
        title="эффект",
        position=9,
        day=_day,
        organizations=lambda found: {one.organization_id for one in found.addressed.all()},
        directions=_directions,
        prepare=lambda rows: rows.select_related("indicator__direction").prefetch_related("measurements", "addressed"),
    )
    describe(
        Expectation,
        Facet(
            stage=_stage,
            due=lambda found: found.follow_up.ends_on,
            state=_state,
            words=lambda found: f"{_sentence(found)}\n{found.rationale}",
            prepare=lambda rows: rows.with_details().prefetch_related("measurements"),
        ),
    )
