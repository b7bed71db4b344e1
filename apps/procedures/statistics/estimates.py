"""Figures with their uncertainty: the share or mean, its 95 % interval and the n that it is taken from.

Shares have the interval of Wilson, means that of Student, differences one made of those of both sides.
Plain Python: nothing heavy is imported by pages.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import atanh, sqrt, tanh

from apps.core import intervals

Z = 1.959963984540054  # the 97.5th percentile of the normal distribution
FEW = 10  # below that many participants a share or mean of one group says little (own choice; ФИОКО for groups by mark)
HUNDRED = Decimal(100)

# The 97.5th percentile of Student's distribution for 1…9 degrees of freedom; beyond, a series is exact to 0.0002.
_STUDENT = (12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622)


def student(freedom: int) -> float:
    """The 97.5th percentile of Student's distribution."""
    if freedom <= len(_STUDENT):
        return _STUDENT[freedom - 1]
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    third = (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384
    return Z + first / freedom + second / freedom**2 + third / freedom**3


@dataclass(frozen=True)
class Estimate:
    """A value with the bounds of 95 %.

    No value: nobody to take it from. No bounds: too few for one.
    """

    value: Decimal | None
    n: int
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def is_few(self) -> bool:
        """Fewer than the least n: shown with the words «данных мало»."""
        return self.n < FEW

    @property
    def has_bounds(self) -> bool:
        return self.low is not None and self.high is not None


ABSENT = Estimate(None, 0)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(round(value, 6)))


def _wilson(p: float, n: int, value: Decimal) -> Estimate:
    lower, upper = intervals.wilson(p, float(n), Z, sqrt)
    low, high = max(100 * lower, 0.0), min(100 * upper, 100.0)
    return Estimate(value, n, _decimal(low), _decimal(high))


def proportion(count: int, n: int) -> Estimate:
    """100 · count / n with the interval of Wilson."""
    if not n:
        return ABSENT
    return _wilson(count / n, n, HUNDRED * count / n)


def reported(percent: Decimal, n: int) -> Estimate:
    """A percent of points from a report that brings neither points nor their squares: Wilson over n."""
    if not n:
        return Estimate(percent, 0)
    return _wilson(min(max(float(percent) / 100, 0.0), 1.0), n, percent)


def mean(n: int, total: int, squares: int, *, times: int = 1, over: int = 1, most: Decimal | None = None) -> Estimate:
    """times · total / (n · over) with the interval of Student; bounds stay within 0…`most`."""
    if not n:
        return ABSENT
    value = Decimal(times * total) / (n * over)
    if n < 2:
        return Estimate(value, n)
    variance = max((squares - total * total / n) / (n - 1), 0.0)
    half = student(n - 1) * times / over * sqrt(variance / n)
    low, high = _decimal(max(float(value) - half, 0.0)), _decimal(float(value) + half)
    return Estimate(value, n, low, min(high, most) if most is not None else high)


def partly(points: int, n: int, maximum: int) -> Estimate:
    """100 · points / (n · maximum) where no squares are kept: the interval of Wilson over n, never narrower than the
    true one, as points between 0 and the maximum vary less than all-or-nothing."""
    if not n or not maximum:
        return ABSENT
    return _wilson(points / (n * maximum), n, HUNDRED * points / (n * maximum))


def difference(one: Estimate, other: Estimate) -> Estimate:
    """one − other of two separate groups; n is that of the smaller. No bounds below the least n on either side.

    The bounds come from those of both sides (R. G. Newcombe 1998 for shares; G. Y. Zou, A. Donner 2008 for means), so
    that a side where everybody has all the points or none is not taken for certain.
    """
    if one.value is None or other.value is None:
        return ABSENT
    value, n = one.value - other.value, min(one.n, other.n)
    if n < FEW or one.low is None or one.high is None or other.low is None or other.high is None:
        return Estimate(value, n)
    down = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    up = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Estimate(value, n, _decimal(float(value) - down), _decimal(float(value) + up))


def is_apart(estimate: Estimate) -> bool:
    """Whether the interval of a difference leaves zero out."""
    if estimate.low is None or estimate.high is None:
        return False
    return estimate.low > 0 or estimate.high < 0


LEAST_FOR_CORRELATION = 30


def correlation(n: int, r: float) -> Estimate:
    """A correlation with the interval by Fisher's transformation; absent below its least n."""
    if n < LEAST_FOR_CORRELATION:
        return Estimate(None, n)
    if abs(r) >= 1:
        return Estimate(_decimal(r), n, _decimal(r), _decimal(r))
    centre, half = atanh(r), Z / sqrt(n - 3)
    return Estimate(_decimal(r), n, _decimal(tanh(centre - half)), _decimal(tanh(centre + half)))
