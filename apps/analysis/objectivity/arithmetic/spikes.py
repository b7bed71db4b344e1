"""Own test: more participants exactly at the bounds of marks than the region's own ratio explains.

At a bound b the participants with b points stand against those with b − 3 … b − 1. The region has a ratio of its
own (3.8, 4.9 and 7.1 in three works of 2021), so a school is compared with the other schools. A stronger or weaker
school has other odds honestly: the others' distribution is tilted, exp(θx − φx²), until its mean is the school's and
its variance is the usual one inside schools. Given the four scores and the tilt, the number at the bound follows
Fisher's noncentral hypergeometric distribution; the bounds of a work are added up exactly. Schools differ honestly
beyond that, too (in three real works of 2021 the lower tail is as long as the upper one): the usual spread of the odds
between schools is forgiven.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from apps.analysis.objectivity.arithmetic.residuals import usual_spread
from apps.analysis.objectivity.arithmetic.work import Outcome, Rule, Work

BELOW = 3  # scores below a bound that it is compared with
# Seven points and weights that stand for a normal distribution (Gauss and Hermite).
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(7)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
LEAST_VARIANCE = 1e-9  # below it a school has no choice: its number is fixed by the others'


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


@dataclass(frozen=True)
class _Window:
    """One bound: participants of the schools near it, all participants at it and near it, the honest odds."""

    own: np.ndarray
    at: np.ndarray
    near: np.ndarray
    odds: np.ndarray


def _window(histograms: np.ndarray, others: np.ndarray, tilt: np.ndarray, bound: int, below: list[int]) -> _Window:
    at, near = histograms[:, bound], histograms[:, bound] + histograms[:, below].sum(axis=1)
    other_at, other_below = others[:, bound], others[:, below].sum(axis=1)
    able = (other_at > 0) & (other_below > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        weighted = (others[:, below] * np.exp(tilt[:, below] - tilt[:, [bound]])).sum(axis=1)
        odds = np.where(able, other_below / weighted, 1.0)
    return _Window(np.where(able, near, 0), at + other_at, near + other_at + other_below, odds)


def _distributions(found: list[_Window], schools: int) -> np.ndarray:
    """Chances of 0, 1, … participants at all bounds together, a row a school."""
    sums: list[np.ndarray] = [np.ones(1)] * schools
    for one in found:
        mass = _mass(one.own, one.at, one.near, one.odds)
        sums = [np.convolve(sums[row], mass[row, : one.own[row] + 1]) for row in range(schools)]
    whole = np.zeros((schools, max(map(len, sums), default=1)))
    for row, chances in enumerate(sums):
        whole[row, : len(chances)] = chances
    return whole


def _tail(chances: np.ndarray, observed: np.ndarray, spread: float) -> np.ndarray:
    """The chance of at least as many, over a normal spread of the log odds between schools.

    Other odds tilt the distribution of a sum as they tilt its parts: by exp(shift · number).
    """
    number = np.arange(chances.shape[1])
    with np.errstate(divide="ignore"):
        log = np.log(chances)
    found = np.zeros(len(chances))
    for node, weight in zip(_NODES, _WEIGHTS, strict=True) if spread else [(0.0, 1.0)]:
        tilted = log + spread * node * number
        tilted = np.exp(tilted - tilted.max(axis=1, keepdims=True))
        reached = np.where(number >= observed[:, None], tilted, 0).sum(axis=1)
        found += weight * reached / tilted.sum(axis=1)
    return found


def spikes(work: Work, tested: np.ndarray, rule: Rule) -> Outcome:
    """Participants at the bounds over those expected there; p is the chance of at least as many. Statistic: ratio.

    Honest markers are lenient at the bounds to different degrees: the usual spread of the odds between schools is
    estimated (the variance of a count grows by τ² times its square) and the exact chances are averaged over it.
    """
    histograms, schools = work.histograms, work.schools
    used = [one for one in windows(work.bounds) if one[0] < histograms.shape[1]]
    if not used:
        return Outcome.off(schools, "no_bounds")
    if refusal := comparison_refusal(work.sizes, rule):
        return Outcome.off(schools, refusal)
    rows = np.flatnonzero(work.sizes >= rule.participants)
    own, tilt = histograms[rows], tilts(histograms)[rows]
    others = histograms.sum(axis=0)[None, :] - own
    found = [_window(own, others, tilt, bound, below) for bound, below in used]
    observed = sum(np.where(one.own > 0, own[:, bound], 0) for one, (bound, _) in zip(found, used, strict=True))
    observed = np.asarray(observed, np.int64)
    near = np.asarray(sum(one.own for one in found), np.int64)
    chances = _distributions(found, len(rows))
    number = np.arange(chances.shape[1])
    expected = chances @ number
    variance = chances @ number**2 - expected**2
    able = variance > LEAST_VARIANCE
    usual = usual_spread((observed - expected)[able], variance[able], variance[able]) if able.any() else 0.0
    p = _tail(chances, observed, usual**0.5)

    def whole(values: np.ndarray) -> np.ndarray:
        spread = np.full(schools, np.nan)
        spread[rows] = values
        return spread

    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(expected > 0, observed / expected, np.nan)
    detail = {"observed": whole(observed), "expected": whole(expected), "near": whole(near)}
    told = np.where(tested, whole(ratio), np.nan)
    chance = np.where(tested, whole(np.where(near > 0, np.minimum(p, 1), np.nan)), np.nan)
    return Outcome(told, work.sizes, chance, np.zeros(schools, np.bool_), detail)


def comparison_refusal(sizes: np.ndarray, rule: Rule) -> str:
    """Why there is nobody to compare with; empty when there is."""
    if int((sizes >= rule.participants).sum()) < rule.schools:
        return "few_schools"
    return "few_participants" if int(sizes.sum()) < rule.reference else ""
