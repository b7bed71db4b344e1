"""Funnel plots, and places that overlap. No Django here.

Source: Spiegelhalter 2005, «Funnel plots for comparing institutional performance»: limits of 95 and 99.8 % around a
common centre, narrower the more participants a school has. Places: Goldstein & Spiegelhalter 1996.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
LEAST_PARTICIPANTS = 10  # of a school
LEAST_SCHOOLS = 5
WARNING, ALARM = 0.95, 0.998


def width(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


@dataclass(frozen=True)
class Limits:
    """Where a school of this size is expected by chance alone: with 95 and with 99.8 %."""

    low: float
    high: float
    far_low: float
    far_high: float

    def verdict(self, value: float) -> int:
        """0 inside of 95 %, ±1 outside, ±2 outside of 99.8 %; the sign says the side."""
        if value > self.far_high or value < self.far_low:
            return 2 if value > self.far_high else -2
        return (value > self.high) - (value < self.low)


def limits(centre: float, variance: float, n: int, *, floor: float | None = None, top: float | None = None) -> Limits:
    """`variance` is that of one participant; limits beyond the scale are cut to `floor` and `top`."""
    error = sqrt(variance / n)

    def cut(value: float) -> float:
        value = value if floor is None else max(floor, value)
        return value if top is None else min(top, value)

    near, far = width(WARNING) * error, width(ALARM) * error
    return Limits(cut(centre - near), cut(centre + near), cut(centre - far), cut(centre + far))


@dataclass(frozen=True)
class Places:
    """The best and the worst place that the data allow; `told_apart` is the number of others surely different."""

    best: int
    worst: int
    told_apart: int


def places(intervals: Mapping[Key, tuple[float, float]], *, better: int = 1) -> dict[Key, Places]:
    """Places where two schools whose intervals overlap cannot be told apart. `better` −1: less is better."""
    found = {}
    for key, (low, high) in intervals.items():
        above = sum(other_low > high for name, (other_low, _) in intervals.items() if name != key)
        below = sum(other_high < low for name, (_, other_high) in intervals.items() if name != key)
        ahead, behind = (above, below) if better > 0 else (below, above)
        found[key] = Places(ahead + 1, len(intervals) - behind, above + below)
    return found


def pooled_variance(parts: Sequence[tuple[int, float]]) -> float | None:
    """Variance inside schools over (n, variance of a participant with n − 1); None where nobody has two."""
    degrees = sum(n - 1 for n, _ in parts if n > 1)
    return sum((n - 1) * variance for n, variance in parts if n > 1) / degrees if degrees else None
