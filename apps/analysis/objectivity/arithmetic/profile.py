"""Own tests over the level of participants: hard items better and simple ones worse, marks above the journal."""

from dataclasses import replace

import numpy as np

from apps.analysis.objectivity.arithmetic.residuals import probability, residuals, upper_tail
from apps.analysis.objectivity.arithmetic.spikes import comparison_refusal
from apps.analysis.objectivity.arithmetic.work import NO_SCORE, Outcome, Rule, Work

LEAST_ITEMS = 6  # a third of them is hard, a third simple


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

    The total is held equal, so a strong school is not marked for being strong. Statistic: the mean difference in
    points a participant; only a surplus in hard items together with a lack in simple ones counts.
    """
    simple, hard = item_groups(work)
    if len(hard) < LEAST_ITEMS // 3:
        return Outcome.off(work.schools, "few_items")
    if refusal := comparison_refusal(work.sizes, rule):
        return Outcome.off(work.schools, refusal)
    whole = (work.scores[:, np.concatenate([simple, hard])] != NO_SCORE).all(axis=1)
    in_hard = work.scores[whole][:, hard].sum(axis=1).astype(float)
    in_simple = work.scores[whole][:, simple].sum(axis=1).astype(float)
    level, school = work.totals[whole], work.school[whole]
    both = residuals(in_hard - in_simple, level, school, work.schools)
    hard_gap = residuals(in_hard, level, school, work.schools)
    simple_gap = residuals(in_simple, level, school, work.schools)
    able = (both.n >= rule.participants) & (work.sizes >= rule.participants)
    z, _ = upper_tail(both.total, both.variance, both.n, able)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean, harder, simpler = (each.total / each.n for each in (both, hard_gap, simple_gap))
    opposite = (hard_gap.total > 0) & (simple_gap.total < 0)
    p = np.where(opposite, probability(z), 1.0)
    detail = {"hard": harder, "simple": simpler}
    none = np.zeros(work.schools, np.bool_)
    return _own(tested & able & ~np.isnan(z), Outcome(mean, both.n, p, none, detail))


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
