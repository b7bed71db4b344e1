"""Own tests over the level of participants: hard items better and simple ones worse, marks above the journal."""

from dataclasses import replace

import numpy as np

from apps.analysis.objectivity.arithmetic.residuals import (
    MEDIAN_SQUARE,
    Levels,
    probability,
    residuals,
    short_tailed,
    upper_tail,
)
from apps.analysis.objectivity.arithmetic.spikes import comparison_refusal
from apps.analysis.objectivity.arithmetic.work import NO_SCORE, Outcome, Rule, Work

LEAST_ITEMS = 6  # a third of them is hard, a third simple
BOUND = 1.75  # usual distances: more than that one item never says


def item_groups(work: Work) -> tuple[np.ndarray, np.ndarray]:
    """Indexes of the simple and of the hard items: the upper and the lower third by completion in all schools."""
    taken = work.scores != NO_SCORE
    points = np.where(taken, work.scores, 0).sum(axis=0)
    able = (work.maxima > 0) & taken.any(axis=0)
    completion = np.where(able, points / np.maximum(1, taken.sum(axis=0) * work.maxima), np.nan)
    known = np.flatnonzero(able)
    order = known[np.argsort(completion[known], kind="stable")]
    third = len(order) // 3
    return order[len(order) - third :], order[:third]


def hard_over_simple(work: Work, tested: np.ndarray, rule: Rule) -> Outcome:
    """Points in hard items minus points in simple ones, against participants of other schools with the same total.

    The total is held equal, so a strong school is not marked for being strong. Each item is judged against its own
    usual spread between schools and bounded: one topic that was not taught marks nobody, a profile bent as a whole
    does. Statistic: the mean difference in points a participant; only a surplus in hard items together with a lack in
    simple ones counts.
    """
    simple, hard = item_groups(work)
    if len(hard) < LEAST_ITEMS // 3:
        return Outcome.off(work.schools, "few_items")
    if refusal := comparison_refusal(work.sizes, rule):
        return Outcome.off(work.schools, refusal)
    items = np.concatenate([simple, hard])
    whole = (work.scores[:, items] != NO_SCORE).all(axis=1)
    scores, level, school = work.scores[whole], work.totals[whole], work.school[whole]
    compared = Levels(level, school, work.schools)
    found = [compared.residuals(scores[:, item].astype(float)) for item in items]
    n = found[0].n
    able = (n >= rule.participants) & (work.sizes >= rule.participants)
    bent, points = np.zeros(work.schools), {True: np.zeros(work.schools), False: np.zeros(work.schools)}
    for place, one in enumerate(found):
        is_hard = place >= len(simple)
        distance, _ = upper_tail(one.total, one.variance, one.n, able)
        bent += np.clip(np.nan_to_num(distance), -BOUND, BOUND) * (1 if is_hard else -1)
        points[is_hard] += one.total
    z = np.full(work.schools, np.nan)
    usual = float(np.median(bent[able] ** 2))
    if usual:
        z[able] = bent[able] / np.sqrt(usual / MEDIAN_SQUARE)
    with np.errstate(divide="ignore", invalid="ignore"):
        harder, simpler = points[True] / n, points[False] / n
    opposite = (points[True] > 0) & (points[False] < 0)
    p = np.where(opposite, short_tailed(z), 1.0)
    none = np.zeros(work.schools, np.bool_)
    outcome = Outcome(harder - simpler, n, p, none, {"hard": harder, "simple": simpler})
    return _own(tested & able & ~np.isnan(z), outcome)


def above_journal(work: Work, tested: np.ndarray, rule: Rule) -> Outcome:
    """Marks of the work above those of the journal more than elsewhere at the same journal mark.

    Schools are strict or kind in their journals honestly; that usual spread between schools is forgiven.
    Statistic: the mean difference in marks.
    """
    both = (work.journal >= 2) & (work.journal <= 5) & (work.marks >= 2) & (work.marks <= 5)
    if not both.any():
        return Outcome.off(work.schools, "no_journal")
    if refusal := comparison_refusal(np.bincount(work.school[both], minlength=work.schools), rule):
        return Outcome.off(work.schools, refusal)
    found = residuals(
        work.marks[both].astype(float), work.journal[both].astype(np.int64), work.school[both], work.schools
    )
    able = found.n >= rule.participants
    z, _ = upper_tail(found.total, found.variance, found.n, able)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = found.total / found.n
    none = np.zeros(work.schools, np.bool_)
    return _own(tested & able & ~np.isnan(z), Outcome(mean, found.n, probability(z), none))


def _own(said: np.ndarray, outcome: Outcome) -> Outcome:
    """The outcome where the test says something; NaN elsewhere."""
    return replace(outcome, statistic=np.where(said, outcome.statistic, np.nan), p=np.where(said, outcome.p, np.nan))
