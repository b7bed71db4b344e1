"""A school against the others at the same level: what its participants show beyond what the level explains.

Honest schools differ too (they teach differently), so the usual difference between schools is measured on all of
them and forgiven: a school is compared with that spread and with chance together.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

LEAST_OTHERS = 10  # participants of other schools at the same level; below that the level is left out
MEDIAN_SQUARE = 0.4549364  # the median of a squared standard normal
NORMAL_QUARTILE = 0.6744898
EFFICIENCY = 0.37  # of the median absolute deviation as a measure of spread
_FREEDOM = np.array([1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 1e6])
_RATIOS = special.stdtrit(_FREEDOM, 0.975) / special.stdtrit(_FREEDOM, 0.75)


@dataclass(frozen=True)
class Residuals:
    """By school: the sum of differences from the others, its variance by chance alone, participants compared."""

    total: np.ndarray
    variance: np.ndarray
    n: np.ndarray


class Levels:
    """Participants by school and level, counted once for all values that are compared at these levels."""

    def __init__(self, level: np.ndarray, school: np.ndarray, schools: int) -> None:
        self.level, self.levels, self.schools = level, int(level.max(initial=0)) + 1, schools
        self.cell = school.astype(np.int64) * self.levels + level
        self.count = self._by_cell()
        self.everywhere = self.count.sum(axis=0)
        self.others = self.everywhere[None, :] - self.count
        self.used = np.where((self.others >= LEAST_OTHERS) & (self.count > 0), self.count, 0)

    def _by_cell(self, weights: np.ndarray | None = None) -> np.ndarray:
        size = self.schools * self.levels
        return np.bincount(self.cell, weights=weights, minlength=size).reshape(self.schools, self.levels)

    def residuals(self, value: np.ndarray) -> Residuals:
        """Σ (value − mean of the other schools at the same level) by school, with its variance."""
        total = self._by_cell(value)
        spread = _spread(value, self.level, self.levels, self.everywhere)
        with np.errstate(divide="ignore", invalid="ignore"):
            expected = (total.sum(axis=0)[None, :] - total) / self.others
            gap = np.where(self.used > 0, total - self.used * expected, 0.0)
            variance = np.where(self.used > 0, spread[None, :] * self.used * (1 + self.used / self.others), 0.0)
        return Residuals(gap.sum(axis=1), variance.sum(axis=1), self.used.sum(axis=1))


def residuals(value: np.ndarray, level: np.ndarray, school: np.ndarray, schools: int) -> Residuals:
    return Levels(level, school, schools).residuals(value)


def _spread(value: np.ndarray, level: np.ndarray, levels: int, count: np.ndarray) -> np.ndarray:
    """Variance (n − 1) of the value at each level, over all schools."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(level, weights=value, minlength=levels) / count
        squares = np.bincount(level, weights=(value - mean[level]) ** 2, minlength=levels)
        return np.where(count > 1, squares / (count - 1), 0.0)


def usual_spread(total: np.ndarray, variance: np.ndarray, n: np.ndarray) -> float:
    """τ², the variance of means between honest schools, such that half of the schools lie within the middle half.

    By the median of z², so that a few extreme schools do not hide themselves.
    """

    def median(square: float) -> float:
        return float(np.median(total**2 / (variance + n**2 * square)))

    if median(0.0) <= MEDIAN_SQUARE:
        return 0.0
    low, high = 0.0, float(np.max((total / n) ** 2)) / MEDIAN_SQUARE
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if median(middle) > MEDIAN_SQUARE else (low, middle)
    return (low + high) / 2


def upper_tail(total: np.ndarray, variance: np.ndarray, n: np.ndarray, able: np.ndarray) -> tuple[np.ndarray, float]:
    """z of every able school against chance and the usual spread; and that spread. NaN for the others."""
    able = able & (variance > 0)
    z = np.full(len(total), np.nan)
    if not able.any():
        return z, 0.0
    square = usual_spread(total[able], variance[able], n[able])
    z[able] = total[able] / np.sqrt(variance[able] + n[able] ** 2 * square)
    return z, square


def probability(z: np.ndarray) -> np.ndarray:
    """The chance of at least `z` where NaN stands for schools that say nothing.

    By Student's distribution, scaled so that half of the schools lie within its middle half. Degrees of freedom are
    those that the schools themselves show (honest schools have longer tails than the normal law), at most what the
    estimated spread leaves: 0.37 a school, the efficiency of its median.
    """
    known = np.abs(z[~np.isnan(z)])
    if not known.size:
        return z
    freedom = min(_tails(known), max(1.0, EFFICIENCY * known.size))
    return special.stdtr(freedom, -z * special.stdtrit(freedom, 0.75) / NORMAL_QUARTILE)


def _tails(distances: np.ndarray) -> float:
    """Degrees of freedom at which the 95th percentile of |z| stands to the median as it does among these schools."""
    middle, far = np.quantile(distances, [0.5, 0.95])
    return float(np.interp(-far / max(float(middle), 1e-9), -_RATIOS, _FREEDOM))


def short_tailed(z: np.ndarray) -> np.ndarray:
    """The chance of at least `z` of a sum whose parts were bounded: no longer tails than the normal law."""
    schools = int(np.count_nonzero(~np.isnan(z)))
    return special.stdtr(max(1.0, EFFICIENCY * schools), -z)
