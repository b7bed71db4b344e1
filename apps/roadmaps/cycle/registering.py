"""All kinds that the cycle knows more of than the links do. Called once, when the site starts."""

from apps.roadmaps.cycle.facets.acting import register_acting
from apps.roadmaps.cycle.facets.conditions import register_conditions
from apps.roadmaps.cycle.facets.effects import register_effects
from apps.roadmaps.cycle.facets.measuring import register_measuring
from apps.roadmaps.cycle.facets.papers import register_papers


def register_cycle() -> None:
    """After every subject of the room has registered its own kinds."""
    register_measuring()
    register_acting()
    register_papers()
    register_conditions()
    register_effects()
