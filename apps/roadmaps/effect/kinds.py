"""An effect in the chains of the cycle: position 9, resting on what was to have it."""

from datetime import datetime

from apps.roadmaps.effect.models import Expectation
from apps.roadmaps.links.registry import register


def _day(found: Expectation) -> datetime:
    """When it was measured last; until then when it was put in force, or written down."""
    measured = [one.measured_at for one in found.measurements.all() if one.measured_at]
    return max(measured, default=None) or found.approved_at or found.created_at


def _directions(found: Expectation) -> set[str]:
    direction = found.indicator.direction if found.indicator else None
    return {direction.code} if direction else set()


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
