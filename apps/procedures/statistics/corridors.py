"""Corridors of item completion by level of difficulty, as a secondary source cites ФИОКО: not confirmed."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Corridor:
    """Completion from `enough` up is sufficient, below `poor` insufficient, between them uncertain (percent)."""

    poor: Decimal
    enough: Decimal


_ADVANCED = Corridor(Decimal("28.5"), Decimal(30))
CORRIDORS = {"Б": Corridor(Decimal(57), Decimal(60)), "П": _ADVANCED, "В": _ADVANCED}

SUFFICIENT, UNCERTAIN, INSUFFICIENT = "sufficient", "uncertain", "insufficient"


def corridor(level: str) -> Corridor | None:
    return CORRIDORS.get(level)


def verdict(level: str, completion: Decimal | None) -> str:
    """How completion stands to the corridor of the level; an empty string without a level or data."""
    bounds = CORRIDORS.get(level)
    if bounds is None or completion is None:
        return ""
    if completion >= bounds.enough:
        return SUFFICIENT
    return INSUFFICIENT if completion < bounds.poor else UNCERTAIN
