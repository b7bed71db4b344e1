"""Funnel plots, and places that overlap. No Django here.

Source: Spiegelhalter 2005, «Funnel plots for comparing institutional performance»: limits of 95 and 99.8 % around a
common centre, narrower the more participants a school has. Places: Goldstein & Spiegelhalter 1996.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
LEAST_PARTICIPANTS = 10  # of a school
LEAST_SCHOOLS = 5
WARNING, ALARM = 0.95, 0.998
EQUAL = 1e-6  # a share that is exactly at its limit is inside, whatever the last digit says


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
        above, below = value - EQUAL, value + EQUAL
        if above > self.far_high or below < self.far_low:
            return 2 if above > self.far_high else -2
        return (above > self.high) - (below < self.low)


def limits(centre: float, variance: float, n: int, *, floor: float | None = None, top: float | None = None) -> Limits:
    """`variance` is that of one participant; limits beyond the scale are cut to `floor` and `top`."""
    error = sqrt(variance / n)

    def cut(value: float) -> float:
        value = value if floor is None else max(floor, value)
        return value if top is None else min(top, value)

    near, far = width(WARNING) * error, width(ALARM) * error
    return Limits(cut(centre - near), cut(centre + near), cut(centre - far), cut(centre + far))


def share_limits(centre: float, n: int) -> Limits:
    """The same for a share in percent, exactly: numbers of participants that at most 2.5 (0.1) % of equal schools pass
    on a side, by the binomial law. The normal law is too narrow where shares are small and schools too."""
    chances = _binomial(n, centre / 100)

    def bounds(level: float) -> tuple[float, float]:
        tail = (1 - level) / 2
        return 100 * _reaching(chances, tail, beyond=True) / n, 100 * _reaching(chances, 1 - tail, beyond=False) / n

    (low, high), (far_low, far_high) = bounds(WARNING), bounds(ALARM)
    return Limits(low, high, far_low, far_high)


def _binomial(n: int, p: float) -> list[float]:
    """Chances of 0 … n."""
    if p <= 0 or p >= 1:
        return [float(k == (0 if p <= 0 else n)) for k in range(n + 1)]
    whole = lgamma(n + 1)
    return [exp(whole - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p)) for k in range(n + 1)]


def _reaching(chances: Sequence[float], level: float, *, beyond: bool) -> int:
    """The least number whose cumulative chance is at least `level` (or more than it)."""
    total = 0.0
    for number, chance in enumerate(chances):
        total += chance
        if total > level + 1e-12 or not beyond and total >= level - 1e-12:
            return number
    return len(chances) - 1


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
