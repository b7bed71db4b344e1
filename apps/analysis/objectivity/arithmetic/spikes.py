"""Own test: more participants exactly at the bounds of marks than the region's own ratio explains.

At a bound b the participants with b points stand against those with b − 3 … b − 1. The region has a ratio of its
own (3.8, 4.9 and 7.1 in three works of 2021), so a school is compared with the other schools. A stronger or weaker
school has other odds honestly: the others' distribution is tilted, exp(θx − φx²), until its mean is the school's and
its variance is the usual one inside schools. Given the four scores and the tilt, the number at the bound follows
Fisher's noncentral hypergeometric distribution; the bounds of a work are added up exactly.
"""

import numpy as np
from scipy import special

from apps.analysis.objectivity.arithmetic.work import Outcome, Rule, Work

BELOW = 3  # scores below a bound that it is compared with


def windows(bounds: tuple[int, ...]) -> list[tuple[int, list[int]]]:
    """Each bound with the scores below it that belong to no lower bound."""
    found = []
    previous = -1
    for bound in bounds:
        below = [score for score in range(bound - BELOW, bound) if score > previous and score >= 0]
        if below:
            found.append((bound, below))
        previous = bound
    return found


def inferred_bounds(totals: np.ndarray, marks: np.ndarray) -> tuple[int, ...]:
    """Least scores of the marks 3, 4, 5 that the marks themselves show; empty where they contradict each other."""
    present = [totals[marks == mark] for mark in (2, 3, 4, 5)]
    if any(not own.size for own in present[1:]):
        return ()
    bounds = tuple(int(own.min()) for own in present[1:])
    lower = [int(own.max()) for own in present[:-1] if own.size]
    fits = all(highest < bound for highest, bound in zip(reversed(lower), reversed(bounds), strict=False))
    return bounds if fits else ()


def region_ratio(histogram: np.ndarray, bound: int) -> float | None:
    """Count at the bound over the mean of the three scores below it."""
    if bound < BELOW or bound >= len(histogram):
        return None
    below = float(histogram[bound - BELOW : bound].mean())
    return float(histogram[bound]) / below if below else None


def _moments(base: np.ndarray, log_tilt: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scores = np.arange(base.shape[-1])
    weight = base * np.exp(log_tilt - log_tilt.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    mean = weight @ scores
    return mean, weight @ scores**2 - mean**2


def _slopes(base: np.ndarray, means: np.ndarray, curve: float, start: np.ndarray, steps: int) -> np.ndarray:
    """θ of every school: its tilted distribution has the school's mean (Newton, steps bounded)."""
    scores = np.arange(len(base)) - (base @ np.arange(len(base))) / base.sum()
    slope = start.copy()
    for _ in range(steps):
        mean, variance = _moments(base, slope[:, None] * scores - curve * scores**2)
        slope += np.clip((means - mean) / np.maximum(variance, 0.25), -0.5, 0.5)
    return np.clip(slope, -3, 3)


def tilts(histograms: np.ndarray) -> np.ndarray:
    """Log of the factor between a school's expected distribution and the region's, by school and score."""
    scores = np.arange(histograms.shape[1])
    n = histograms.sum(axis=1)
    base = histograms.sum(axis=0).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(n > 0, histograms @ scores / n, 0.0)
    inside = float((histograms * (scores[None, :] - means[:, None]) ** 2).sum()) / max(1, int((n - 1)[n > 0].sum()))
    limits = np.flatnonzero(base)
    means = np.clip(means, limits[0] + 0.1, limits[-1] - 0.1)
    slope, low, high = np.zeros(len(n)), 0.0, 0.05
    for _ in range(9):
        curve = (low + high) / 2
        slope = _slopes(base, means, curve, slope, 4)
        centred = scores - (base @ scores) / base.sum()
        _, variance = _moments(base, slope[:, None] * centred - curve * centred**2)
        low, high = (curve, high) if float(variance @ n) / n.sum() > inside else (low, curve)
    curve = low
    slope = _slopes(base, means, curve, slope, 6)
    centred = scores - (base @ scores) / base.sum()
    return slope[:, None] * centred - curve * centred**2


def _log_choose(n: np.ndarray, k: np.ndarray) -> np.ndarray:
    return special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)


def _mass(own: np.ndarray, at: np.ndarray, everybody: np.ndarray, odds: np.ndarray) -> np.ndarray:
    """Chances of 0, 1, … of `own` participants at the bound, a row a school; `at` of `everybody` stand there."""
    k = np.arange(int(own.max(initial=0)) + 1)[None, :]
    own, at, everybody = own[:, None], at[:, None], everybody[:, None]
    possible = (k <= own) & (k <= at) & (own - k <= everybody - at)
    safe = np.where(possible, k, np.minimum(np.maximum(own - (everybody - at), 0), own))
    log = _log_choose(at, safe) + _log_choose(everybody - at, own - safe) + safe * np.log(odds)[:, None]
    log = np.where(possible, log, -np.inf)
    mass = np.exp(log - log.max(axis=1, keepdims=True))
    return mass / mass.sum(axis=1, keepdims=True)


def spikes(work: Work, tested: np.ndarray, rule: Rule) -> Outcome:
    """Participants at the bounds over those expected there; p is the chance of at least as many. Statistic: ratio."""
    histograms, schools = work.histograms, work.schools
    used = [one for one in windows(work.bounds) if one[0] < histograms.shape[1]]
    if not used:
        return Outcome.off(schools, "no_bounds")
    if refusal := comparison_refusal(work.sizes, rule):
        return Outcome.off(schools, refusal)
    rows = np.flatnonzero(tested & (work.sizes >= rule.participants))
    tilt = tilts(histograms)[rows]
    everybody = histograms.sum(axis=0)
    others = everybody[None, :] - histograms[rows]
    observed, expected = np.zeros(len(rows), np.int64), np.zeros(len(rows))
    near = np.zeros(len(rows), np.int64)
    sums: list[np.ndarray] = [np.ones(1)] * len(rows)
    for bound, below in used:
        at, window = histograms[rows, bound], histograms[rows, bound] + histograms[rows][:, below].sum(axis=1)
        other_at, other_below = others[:, bound], others[:, below].sum(axis=1)
        able = (other_at > 0) & (other_below > 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            weighted = (others[:, below] * np.exp(tilt[:, below] - tilt[:, [bound]])).sum(axis=1)
            odds = np.where(able, other_below / weighted, 1.0)
        own = np.where(able, window, 0)
        mass = _mass(own, at + other_at, window + other_at + other_below, odds)
        expected += np.where(able, mass @ np.arange(mass.shape[1]), 0)
        observed += np.where(able, at, 0)
        near += own
        sums = [np.convolve(sums[i], mass[i, : own[i] + 1]) for i in range(len(rows))]
    p = np.array([tail[count:].sum() for tail, count in zip(sums, observed.tolist(), strict=True)])

    def whole(values: np.ndarray) -> np.ndarray:
        spread = np.full(schools, np.nan)
        spread[rows] = values
        return spread

    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(expected > 0, observed / expected, np.nan)
    detail = {"observed": whole(observed), "expected": whole(expected), "near": whole(near)}
    chance = whole(np.where(near > 0, np.minimum(p, 1), np.nan))
    return Outcome(whole(ratio), work.sizes, chance, np.zeros(schools, np.bool_), detail)


def comparison_refusal(sizes: np.ndarray, rule: Rule) -> str:
    """Why there is nobody to compare with; empty when there is."""
    if int((sizes >= rule.participants).sum()) < rule.schools:
        return "few_schools"
    return "few_participants" if int(sizes.sum()) < rule.reference else ""
