"""Federal signs, exactly as the mathematical appendix of «Уровень объективности оценки…» describes them.

They state no probability and mark strong schools too: shown as what they are.
"""

from dataclasses import dataclass

import numpy as np

from apps.analysis.objectivity.arithmetic.work import Outcome, Rule, Work

Z = 1.96
FENCE = 3.0  # interquartile ranges


@dataclass(frozen=True)
class Sample:
    """Mean and standard deviation (n − 1) of primary scores; `n` participants."""

    n: int
    mean: float
    deviation: float

    @property
    def upper(self) -> float:
        return self.mean + Z * self.deviation / self.n**0.5

    @classmethod
    def of_histogram(cls, counts: np.ndarray) -> "Sample | None":
        """Of participants (or their shares times participants) by score; None for fewer than two."""
        n = float(counts.sum())
        if n < 2:
            return None
        scores = np.arange(len(counts))
        mean = float(counts @ scores) / n
        return cls(round(n), mean, (float(counts @ (scores - mean) ** 2) / (n - 1)) ** 0.5)


def overstated(histograms: np.ndarray, region: Sample | None, rule: Rule) -> Outcome:
    """Sign 1: x̄ − 1.96·s/√m of the school lies above x̄_R + 1.96·S_R/√n of the region.

    Statistic: the distance of the two bounds in points. A school below the least number of participants is left out:
    one pupil has no s (own choice).
    """
    schools, width = histograms.shape
    if region is None:
        return Outcome.off(schools, "no_region")
    scores = np.arange(width)
    n = histograms.sum(axis=1)
    able = n >= max(2, rule.participants)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = histograms @ scores / n
        squares = (histograms * (scores[None, :] - mean[:, None]) ** 2).sum(axis=1)
        lower = mean - Z * np.sqrt(squares / (n - 1)) / np.sqrt(n)
    distance = np.where(able, lower - region.upper, np.nan)
    detail = {
        "mean": mean, "lower": lower, "region_upper": np.full(schools, region.upper),
        "region_mean": np.full(schools, region.mean), "region_n": np.full(schools, region.n),
    }  # fmt: skip
    return Outcome(distance, n, np.full(schools, np.nan), able & (distance > 0), detail)


def _midranks(values: np.ndarray, school: np.ndarray) -> np.ndarray:
    """Ranks inside each school from 1, the mean rank where values are equal."""
    order = np.lexsort((values, school))
    ours, sorted_values = school[order], values[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (ours[1:] != ours[:-1]) | (sorted_values[1:] != sorted_values[:-1])
    run = np.cumsum(first) - 1
    starts = np.flatnonzero(first)
    ends = np.append(starts[1:], len(order)) - 1
    school_starts = np.searchsorted(ours, ours, side="left")
    ranks = np.empty(len(order))
    ranks[order] = (starts[run] + ends[run]) / 2 - school_starts + 1
    return ranks


def mismatch(work: Work, rule: Rule) -> Outcome:
    """Sign 2: Spearman's r_s between journal mark and primary score is below 0.

    With equal values it is Pearson's coefficient of mid-ranks. A school where either is the same for all is skipped.
    """
    both = (work.journal >= 2) & (work.journal <= 5)
    school = work.school[both]
    if not school.size:
        return Outcome.off(work.schools, "no_journal")
    n = np.bincount(school, minlength=work.schools)
    one, other = _midranks(work.totals[both], school), _midranks(work.journal[both], school)
    middle = (n + 1) / 2
    one, other = one - middle[school], other - middle[school]

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(school, weights=values, minlength=work.schools)

    first, second = total(one**2), total(other**2)
    able = (n >= max(2, rule.participants)) & (first > 0) & (second > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(able, total(one * other) / np.sqrt(first * second), np.nan)
    constant = (n >= max(2, rule.participants)) & ~able
    return Outcome(found, n, np.full(work.schools, np.nan), able & (found < 0), {"constant": constant})


@dataclass(frozen=True)
class Fences:
    """Bounds of a usual change: K outside them is sharp."""

    low: float
    high: float


def sharp_change(before: np.ndarray, after: np.ndarray, able: np.ndarray, rule: Rule) -> tuple[Outcome, Outcome]:
    """Sign 3: K = S(N, y) / S(N + 1, y + 1), S the mean share of points of the same cohort in two successive years.

    «Fall» when K > Q75 + 3·IQR, «rise» when K < Q25 − 3·IQR; quartiles of all schools that have both (`able`), read
    with linear interpolation. Returns (rise, fall).
    """
    schools = len(before)
    able = able & (before > 0) & (after > 0)
    if int(able.sum()) < rule.schools:
        return Outcome.off(schools, "few_schools"), Outcome.off(schools, "few_schools")
    change = np.where(able, before / np.where(able, after, 1), np.nan)
    low, high = np.percentile(change[able], [25, 75])
    fences = Fences(low - FENCE * (high - low), high + FENCE * (high - low))
    detail = {
        "before": before, "after": after, "low": np.full(schools, fences.low), "high": np.full(schools, fences.high),
    }  # fmt: skip
    n, p = np.full(schools, int(able.sum())), np.full(schools, np.nan)
    with np.errstate(invalid="ignore"):
        rise, fall = able & (change < fences.low), able & (change > fences.high)
    return Outcome(change, n, p, rise, detail), Outcome(change, n, p, fall, detail)


def territory_index(with_sign: int, assessed: int) -> float | None:
    """Sign 4: 100 − the percent of schools with at least one sign; None where no school was looked at."""
    return 100 - 100 * with_sign / assessed if assessed else None
