"""A school against the others at the same level: what its participants show beyond what the level explains.

Honest schools differ too (they teach differently), so the usual difference between schools is measured on all of
them and forgiven: a school is compared with that spread and with chance together.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

LEAST_OTHERS = 10  # participants of other schools at the same level; below that the level is left out
MEDIAN_SQUARE = 0.4549364  # the median of a squared standard normal
EFFICIENCY = 0.37  # of the median absolute deviation as a measure of spread


@dataclass(frozen=True)
class Residuals:
    """By school: the sum of differences from the others, its variance by chance alone, participants compared."""

    total: np.ndarray
    variance: np.ndarray
    n: np.ndarray


def residuals(value: np.ndarray, level: np.ndarray, school: np.ndarray, schools: int) -> Residuals:
    """Σ (value − mean of the other schools at the same level) by school, with its variance."""
    levels = int(level.max(initial=0)) + 1
    cell = school.astype(np.int64) * levels + level
    count = np.bincount(cell, minlength=schools * levels).reshape(schools, levels)
    total = np.bincount(cell, weights=value, minlength=schools * levels).reshape(schools, levels)
    everywhere = count.sum(axis=0)
    others = everywhere[None, :] - count
    spread = _spread(value, level, levels, everywhere)
    used = np.where((others >= LEAST_OTHERS) & (count > 0), count, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = (total.sum(axis=0)[None, :] - total) / others
        mean = total / count
        gap = np.where(used > 0, used * (mean - expected), 0.0)
        variance = np.where(used > 0, spread[None, :] * used * (1 + used / others), 0.0)
    return Residuals(gap.sum(axis=1), variance.sum(axis=1), used.sum(axis=1))


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
    for _ in range(40):
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

    By Student's distribution: the spread is estimated from the schools themselves, by a median, whose efficiency
    is 0.37; so there are 0.37 degrees of freedom a school.
    """
    schools = int(np.count_nonzero(~np.isnan(z)))
    return special.stdtr(max(1.0, EFFICIENCY * schools), -z)
