"""The least effect that these organisations can show: known before a measure, from how figures change without one.

The spread is that of the last change before: what is left of each organisation's value beyond its level of the year
earlier and its context. With the shares that the comparison will have, an effect of (t₀.₉₇₅ + t₀.₈₀) errors is seen
in 80 % of cases (Bloom 1995).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from apps.analysis.context.regression import quantile_of_t
from apps.roadmaps.effect.arithmetic.estimate import Design, held_at_line
from apps.roadmaps.effect.arithmetic.matching import Unit, levels, standardised

POWER = 0.80
LEVEL = 0.95
LEAST_CHANGES = 12  # organisations whose last change is known


@dataclass(frozen=True)
class Least:
    """`spread` is the deviation of a year's change beyond level and context, in the unit of the figure."""

    effect: float
    error: float
    spread: float
    organizations: int


def least(design: Design, changes: Sequence[Unit]) -> Least | None:
    """`changes` are organisations with the value of the year earlier as `before` and of the last year as `after`.

    None where too few changes are known.
    """
    spread = spread_of(changes)
    if spread is None:
        return None
    error = spread * float((design.share**2).sum()) ** 0.5
    left = max(len(design.others) - design.rows.shape[1] + design.size - 1, 1)
    return Least(
        (quantile_of_t((1 + LEVEL) / 2, left) + quantile_of_t(POWER, left)) * error, error, spread, len(changes)
    )


def spread_of(changes: Sequence[Unit]) -> float | None:
    import numpy as np

    if len(changes) < LEAST_CHANGES:
        return None
    level = levels(changes)
    rows = np.column_stack(
        [np.ones(len(changes)), level - level.mean(), standardised([one.context for one in changes])]
    )
    values, _ = held_at_line(rows, np.array([one.after for one in changes]))
    left = values - rows @ np.linalg.lstsq(rows, values, rcond=None)[0]
    return float((left @ left / (len(changes) - rows.shape[1])) ** 0.5)


def without_after(units: Sequence[Unit]) -> list[Unit]:
    """For a design before the measure: the values after are not known yet."""
    return [replace(one, after=0.0) for one in units]
