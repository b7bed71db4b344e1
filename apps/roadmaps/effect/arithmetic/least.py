"""The least effect that these organisations can show: known before a measure, from how figures change without one.

The spread is that of the last change before: what is left of each organisation's value beyond its level of the year
earlier and its context. With the shares that the comparison will have, an effect of (t₀.₉₇₅ + t₀.₈₀) errors is seen
in 80 % of cases (Bloom 1995).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.analysis.context.regression import quantile_of_t
from apps.roadmaps.effect.arithmetic.estimate import Design, held_at_line, inflation
from apps.roadmaps.effect.arithmetic.matching import Unit, levels, standardised

POWER = 0.80
LEVEL = 0.95
LEAST_VARIANCE = 0.25  # of the squared spread, for the largest organisations
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
    error = float((design.share**2) @ _variances(design, changes, spread)) ** 0.5
    left = max(len(design.others) - design.rows.shape[1] + design.size - 1, 1)
    return Least(
        (quantile_of_t((1 + LEVEL) / 2, left) + quantile_of_t(POWER, left)) * error, error, spread, len(changes)
    )


def _variances(design: Design, changes: Sequence[Unit], spread: float) -> Any:
    """Of each organisation: the spread of all, more where there are fewer people than usual and less where more."""
    import numpy as np

    noise = np.array([one.noise for one in (*design.addressed, *design.others)])
    usual = sum(one.noise for one in changes) / len(changes)
    return np.maximum(spread**2 + noise - usual, LEAST_VARIANCE * spread**2) * inflation(design)


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
