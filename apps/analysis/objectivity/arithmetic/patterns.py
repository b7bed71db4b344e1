"""Own test: rows of answers that coincide inside a school more often than between schools.

Null: two participants of one school with the same total coincide as often as two participants of different schools
with that total, times what the school's own items explain. Perfect and empty rows are left out, and so are totals at
which more than one pair of a hundred coincides by chance (near the ends they say nothing of copying). The expected
number of coinciding pairs is f·Σ C(n_t, 2)·q_t over totals t; q_t is counted over pairs from different schools and,
where they are few, drawn towards what independent items give. Pupils of one school are alike honestly, because they
were taught the same and not taught the same: f is the product over items of how much more often two of them agree in
the item than anybody, coinciding rows left out; it is never below 1. Pairs of one triple are not independent and f is
estimated, so the tail is that of a negative binomial distribution with the mean and variance of the number of pairs.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from apps.analysis.objectivity.arithmetic.spikes import comparison_refusal
from apps.analysis.objectivity.arithmetic.work import NO_SCORE, Outcome, Rule, Work

PRIOR = 2.0  # coinciding pairs that the model of independent items is worth
BY_CHANCE = 0.01  # totals at which pairs coincide more often are left out
DRAWN = 2.0  # pairs agreeing in an item as anybody, added to those of a school
# Odd factors, the same each time: a row of scores folds to one number, two different rows practically never to one.
_FACTORS = np.random.default_rng(20).integers(1, 2**63, size=256, dtype=np.uint64) | np.uint64(1)


@dataclass(frozen=True)
class _Rows:
    """Rows that are compared: the identity of the row of answers, its total, its school."""

    pattern: np.ndarray
    total: np.ndarray
    school: np.ndarray
    scores: np.ndarray

    def at(self, kept: np.ndarray) -> "_Rows":
        return _Rows(self.pattern[kept], self.total[kept], self.school[kept], self.scores[kept])


def _rows(work: Work) -> _Rows:
    most = int(work.maxima.sum())
    real = (work.scores != NO_SCORE).all(axis=1)
    total = work.scores.sum(axis=1, dtype=np.int64)
    kept = real & (total > 0) & (total < most)
    scores = np.ascontiguousarray(work.scores[kept])
    folded = (scores.astype(np.uint64) * _FACTORS[: scores.shape[1]]).sum(axis=1, dtype=np.uint64)
    pattern = np.unique(folded, return_inverse=True)[1]
    return _Rows(pattern, total[kept], work.school[kept].astype(np.int64), scores)


def _pairs(counts: np.ndarray) -> np.ndarray:
    return counts * (counts - 1) / 2


def _by_chance(rows: _Rows, levels: int, maxima: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By total: chances that two and that three rows coincide if items were independent given the total."""
    n = np.maximum(1, np.bincount(rows.total, minlength=levels))
    two, three = np.ones(levels), np.ones(levels)
    width = int(maxima.max()) + 1
    for item in range(rows.scores.shape[1]):
        cell = rows.total * width + np.minimum(rows.scores[:, item], width - 1)
        share = np.bincount(cell, minlength=levels * width).reshape(levels, width) / n[:, None]
        two *= (share**2).sum(axis=1)
        three *= (share**3).sum(axis=1)
    return two, three


def _between(rows: _Rows, levels: int, schools: int) -> tuple[np.ndarray, np.ndarray]:
    """By total: coinciding pairs and all pairs of participants of different schools."""
    own = np.bincount(rows.school * levels + rows.total, minlength=schools * levels).reshape(schools, levels)
    possible = _pairs(own.sum(axis=0)) - _pairs(own).sum(axis=0)
    _, first, count = np.unique(rows.pattern, return_index=True, return_counts=True)
    key = rows.pattern * schools + rows.school
    _, first_own, count_own = np.unique(key, return_index=True, return_counts=True)
    together = np.bincount(rows.total[first], weights=_pairs(count), minlength=levels)
    inside = np.bincount(rows.total[first_own], weights=_pairs(count_own), minlength=levels)
    return together - inside, possible


def _rates(rows: _Rows, levels: int, schools: int, maxima: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By total: the chance q that a pair coincides, and r that three do."""
    coincide, possible = _between(rows, levels, schools)
    two, three = _by_chance(rows, levels, maxima)
    factor = (coincide.sum() + 0.5) / (possible @ two + 0.5)
    expected = np.minimum(1.0, np.maximum(factor * two, 1e-300))
    pair = (coincide + PRIOR) / (possible + PRIOR / expected)
    triple = pair * np.minimum(1.0, np.maximum(pair, factor * three / np.maximum(two, 1e-300)))
    return pair, triple


@dataclass(frozen=True)
class _Inside:
    """Pairs inside schools: by school and total, and those of them that coincide."""

    pairs: np.ndarray
    triples: np.ndarray
    same: np.ndarray
    alike: np.ndarray  # participants by school whose row another one of the school has, too


def _inside(rows: _Rows, levels: int, schools: int) -> _Inside:
    own = np.bincount(rows.school * levels + rows.total, minlength=schools * levels).reshape(schools, levels)
    key = rows.pattern * schools + rows.school
    keys, first, count = np.unique(key, return_index=True, return_counts=True)
    cell = rows.school[first] * levels + rows.total[first]
    same = np.bincount(cell, weights=_pairs(count), minlength=schools * levels).reshape(schools, levels)
    alike = np.bincount(keys % schools, weights=np.where(count > 1, count, 0), minlength=schools)
    return _Inside(_pairs(own), own * (own - 1) * (own - 2), same, alike)


def _likeness(rows: _Rows, inside: _Inside, levels: int, schools: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """By school f and its relative variance: the product over items of pairs that agree, over those expected."""
    everywhere = np.bincount(rows.total, minlength=levels)
    different = inside.pairs - inside.same
    log, variance = np.zeros(schools), np.zeros(schools)
    for item in range(rows.scores.shape[1]):
        score = np.minimum(rows.scores[:, item], width - 1)
        cell = (rows.school * levels + rows.total) * width + score
        count = np.bincount(cell, minlength=schools * levels * width).reshape(schools, levels, width)
        agree = _pairs(count).sum(axis=(1, 2)) - inside.same.sum(axis=1)
        by_total = _pairs(count.sum(axis=0)).sum(axis=1) / np.maximum(1, _pairs(everywhere))
        expected = different @ by_total
        log += np.log((agree + DRAWN) / (expected + DRAWN))
        share = expected / np.maximum(1, different.sum(axis=1))
        variance += (1 - share) / (expected + DRAWN)
    return np.exp(np.maximum(0, log)), np.expm1(np.minimum(variance, 5))


def identical_rows(work: Work, tested: np.ndarray, rule: Rule) -> Outcome:
    """Coinciding pairs of a school against those expected. Statistic: the number of pairs."""
    if work.scores.shape[1] < rule.items or not (work.maxima > 0).all():
        return Outcome.off(work.schools, "few_items")
    rows = _rows(work)
    levels = int(work.maxima.sum()) + 1
    pair, triple = _rates(rows, levels, work.schools, work.maxima)
    rows = rows.at(pair[rows.total] <= BY_CHANCE)
    n = np.bincount(rows.school, minlength=work.schools)
    if refusal := comparison_refusal(n, rule):
        return Outcome.off(work.schools, refusal)
    inside = _inside(rows, levels, work.schools)
    likeness, doubt = _likeness(rows, inside, levels, work.schools, int(work.maxima.max()) + 1)
    expected = (inside.pairs @ pair) * likeness
    clumped = (inside.triples @ np.maximum(triple - pair**2, 0)) * likeness**2
    variance = expected + clumped + expected**2 * doubt
    observed = inside.same.sum(axis=1)
    able = tested & (n >= rule.participants) & (expected > 0)
    p = np.full(work.schools, np.nan)
    p[able] = tail(observed[able], expected[able], variance[able])
    detail = {"expected": expected, "alike": inside.alike}
    return Outcome(np.where(able, observed, np.nan), n, p, np.zeros(work.schools, np.bool_), detail)


def tail(observed: np.ndarray, expected: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """The chance of at least `observed` pairs: negative binomial; Poisson where the variance is not above the mean."""
    clumped = variance > expected * (1 + 1e-9)
    spare = np.where(clumped, variance - expected, 1.0)
    size, chance = expected**2 / spare, np.where(clumped, expected / np.maximum(variance, 1e-300), 0.5)
    by_pairs = stats.nbinom.sf(observed - 1, size, chance)
    p = np.where(clumped, by_pairs, special.pdtrc(np.maximum(observed - 1, 0), expected))
    return np.where(observed > 0, p, 1.0)
