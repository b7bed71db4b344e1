"""Which organisations are similar: by their level before the measure and by their context.

A low value before is partly chance, the more so in a small school, and such values rise by themselves. So organisations
are not compared by the value as it was but by the level behind it: the value drawn towards what the context lets
expect, the more the less it is known (empirical Bayes; Fay & Herriot 1979). Where the noise is not known the level is
the value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MATCHES = 6  # similar organisations for each addressed
FARTHEST = 1.0  # in standard deviations of the level; farther is not similar
OTHER_BLOCK = 1.0  # what another cluster adds to the squared distance
LEAST_OF_BLOCK = 4  # not addressed organisations of a cluster that has a mean of its own
LEAST_BETWEEN = 0.1  # share of the variance that is at least not chance


@dataclass(frozen=True)
class Unit:
    """An organisation. `noise` is the variance of `before` by chance of its few pupils, 0 where it is not known."""

    key: int
    before: float
    after: float
    noise: float = 0.0
    context: tuple[float, ...] = ()
    block: str = ""


@dataclass(frozen=True)
class Match:
    """The similar organisations of an addressed one with their distances, the nearest first; none: `farthest`."""

    key: int
    similar: tuple[tuple[int, float], ...]
    nearest: float  # distance by level to the nearest of all


def levels(units: Sequence[Unit]) -> Any:
    """The level behind each value before."""
    import numpy as np

    values = np.array([one.before for one in units])
    noise = np.array([one.noise for one in units])
    if not noise.any():
        return values
    design = np.column_stack([np.ones(len(units)), standardised([one.context for one in units])])
    fitted = design @ np.linalg.lstsq(design, values, rcond=None)[0]
    left = max(len(units) - design.shape[1], 1)
    total = float(((values - fitted) ** 2).sum()) / left
    between = max(LEAST_BETWEEN * total, total - float(noise.mean()))
    return fitted + between / np.maximum(between + noise, 1e-12) * (values - fitted)


def standardised(rows: Sequence[Sequence[float]]) -> Any:
    """Columns with mean 0 and deviation 1; those without spread are left out."""
    import numpy as np

    table = np.asarray(rows, dtype=float).reshape(len(rows), -1)
    spread = table.std(axis=0, ddof=1) if len(table) > 1 else np.zeros(table.shape[1])
    known = spread > 1e-9 * np.maximum(1, np.abs(table).max(axis=0, initial=0))
    return (table[:, known] - table[:, known].mean(axis=0)) / spread[known]


def match(addressed: Sequence[Unit], pool: Sequence[Unit]) -> list[Match]:
    """For every addressed organisation its nearest of the pool; one may be similar to several.

    The values after are not looked at.
    """
    import numpy as np

    units = [*addressed, *pool]
    level = levels(units)
    spread = float(level.std(ddof=1)) if len(units) > 1 else 0.0
    level = level / spread if spread else level * 0
    context = standardised([one.context for one in units])
    first = len(addressed)
    found = []
    for place, one in enumerate(addressed):
        by_level = np.abs(level[first:] - level[place])
        other = np.array([one.block != each.block for each in pool])
        squares = by_level**2 + ((context[first:] - context[place]) ** 2).sum(axis=1) + OTHER_BLOCK * other
        allowed = [at for at in range(len(pool)) if by_level[at] <= FARTHEST]
        allowed.sort(key=lambda at: (round(float(squares[at]), 9), pool[at].key))
        chosen = tuple((pool[at].key, float(squares[at]) ** 0.5) for at in allowed[:MATCHES])
        found.append(Match(one.key, chosen, float(by_level.min(initial=np.inf))))
    return found
