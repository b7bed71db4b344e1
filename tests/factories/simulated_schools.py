"""Invented works of invented regions, to measure tests of objectivity on: honest schools, and planted inflation.

Honest schools differ as real ones do: in size, in the level and spread of pupils, in what each teaches better
(school × item), in how strict the journal is; and everywhere markers are lenient at the bounds of marks to some
degree, so that the region has a ratio of its own. The draws are those of the seed, the same each time.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from apps.analysis.objectivity.arithmetic import federal, patterns, profile, spikes
from apps.analysis.objectivity.arithmetic.correction import adjusted
from apps.analysis.objectivity.arithmetic.work import Rule, Work

MAXIMA = np.array([1, 1, 2, 1, 1, 2, 1, 3, 1, 2, 1, 1, 2, 1, 2, 1, 1, 2, 1, 1])  # 28 points
BOUNDS = (8, 14, 21)
LENIENT = 0.25  # of those one or two points below a bound, in every honest school
LEVELS = 0.6  # standard deviation of schools' levels, in standard deviations of pupils
TEACHING = 0.2  # of school × item, in logits
OWN = {
    "spike": spikes.spikes,
    "hard": profile.hard_over_simple,
    "journal": profile.above_journal,
    "rows": patterns.identical_rows,
}


@dataclass(frozen=True)
class Planted:
    """Which schools are planted, by the kind of inflation."""

    lifted: np.ndarray
    hard: np.ndarray
    copied: np.ndarray

    @property
    def any(self) -> np.ndarray:
        return self.lifted | self.hard | self.copied


def honest(seed: int, schools: int = 250, mean_size: int = 40) -> Work:
    """A region without inflation beyond what is common everywhere."""
    return planted(seed, schools, mean_size, each=0)[0]


def planted(seed: int, schools: int = 250, mean_size: int = 40, each: int = 4) -> tuple[Work, Planted]:
    """A region in which `each` schools lift totals to the bounds, as many fill hard items in, as many copy."""
    lots = np.random.default_rng([20, seed])
    sizes = np.clip(np.round(mean_size * np.exp(0.6 * lots.normal(size=schools) - 0.18)), 3, 250).astype(int)
    kinds = [np.zeros(schools, np.bool_) for _ in range(3)]
    able = lots.permutation(np.flatnonzero(sizes >= 20))
    for place, kind in enumerate(kinds):
        kind[able[place * each : (place + 1) * each]] = True
    who = Planted(*kinds)
    school = np.repeat(np.arange(schools), sizes)
    ability = _abilities(lots, schools, school)
    scores = _answers(lots, ability, school, schools)
    _fill_hard(lots, scores, who.hard[school])
    _copy(lots, scores, school, who.copied)
    _lift(lots, scores, np.where(who.lifted[school], 0.8, LENIENT), np.where(who.lifted[school], 3, 2))
    totals = scores.sum(axis=1)
    marks = 2 + np.searchsorted(BOUNDS, totals, side="right")
    strict = 0.35 * lots.normal(size=schools)
    shown = ability + strict[school] + 0.55 * lots.normal(size=len(ability))
    journal = 2 + np.searchsorted([-2.0, -0.3, 0.9], shown)
    work = Work(scores, totals, marks, journal, school, schools, MAXIMA, BOUNDS, int(MAXIMA.sum()))
    return work, who


def _abilities(lots: np.random.Generator, schools: int, school: np.ndarray) -> np.ndarray:
    level = LEVELS * lots.normal(size=schools)
    spread = np.exp(0.12 * lots.normal(size=schools))
    return level[school] + spread[school] * lots.normal(size=len(school))


def _answers(lots: np.random.Generator, ability: np.ndarray, school: np.ndarray, schools: int) -> np.ndarray:
    items = len(MAXIMA)
    difficulty = np.linspace(-1.8, 1.8, items)[lots.permutation(items)]
    slope = 0.6 + 0.8 * lots.random(items)
    taught = TEACHING * lots.normal(size=(schools, items))
    logit = slope * ability[:, None] - difficulty + taught[school]
    return lots.binomial(MAXIMA, 1 / (1 + np.exp(-logit))).astype(np.int16)


def _fill_hard(lots: np.random.Generator, scores: np.ndarray, who: np.ndarray) -> None:
    """Somebody fills hard items in: full points in the harder half for six of ten pupils, each item for one of two."""
    hard = np.argsort((scores / MAXIMA).mean(axis=0))[: len(MAXIMA) // 2]
    given = who[:, None] & (lots.random(len(scores)) < 0.6)[:, None] & (lots.random((len(scores), len(hard))) < 0.5)
    scores[:, hard] = np.where(given, MAXIMA[hard], scores[:, hard])


def _copy(lots: np.random.Generator, scores: np.ndarray, school: np.ndarray, copied: np.ndarray) -> None:
    """Four of ten pupils hand in the row of the pupil before them."""
    for one in np.flatnonzero(copied):
        rows = np.flatnonzero(school == one)
        for before, after in zip(rows[:-1], rows[1:], strict=True):
            if lots.random() < 0.4:
                scores[after] = scores[before]


def _lift(lots: np.random.Generator, scores: np.ndarray, chance: np.ndarray, reach: np.ndarray) -> None:
    """Totals up to `reach` points below a bound are raised to it with the chance of the row."""
    totals = scores.sum(axis=1)
    for bound in BOUNDS:
        near = (totals < bound) & (totals >= bound - reach) & (lots.random(len(scores)) < chance)
        for row in np.flatnonzero(near):
            lacking = bound - int(totals[row])
            for item in lots.permutation(len(MAXIMA)):
                given = min(lacking, int(MAXIMA[item] - scores[row, item]))
                scores[row, item] += given
                lacking -= given
            totals[row] = bound


@dataclass(frozen=True)
class Shares:
    """What was measured on many regions, all as shares of 1."""

    honest_schools: int
    honest_comparisons: int
    planted_schools: int
    raw: dict[str, float]  # honest comparisons with p ≤ 0.05, by test
    honest_marked: float  # honest schools with a mark after the correction
    runs_with_false: float
    false_of_marked: float  # the mean over regions of false marks among marks
    found: dict[str, float]  # planted schools with a mark, by the kind of inflation
    overstated: float  # honest schools with the federal sign of an overstated mean


Make = Callable[[int, int, int, int], tuple[Work, Planted]]  # seed, schools, mean size, planted of each kind


def measured(
    *, regions: int, schools: int, mean_size: int, each: int, seed: int, level: float = 0.05, make: Make = planted
) -> Shares:
    """Run the own tests on simulated regions, corrected region by region, and count marks."""
    raw: dict[str, list[np.ndarray]] = {test: [] for test in OWN}
    found: dict[str, list[np.ndarray]] = {"lifted": [], "hard": [], "copied": []}
    honest_marks, false, overstated = [], [], []
    rule = Rule()
    for number in range(regions):
        work, who = make(seed + number, schools, mean_size, each)
        p = np.array([test(work, np.ones(schools, np.bool_), rule).p for test in OWN.values()])
        marked = adjusted(p.ravel()).reshape(p.shape) <= level
        able = work.sizes >= rule.participants
        for test, chances in zip(OWN, p, strict=True):
            raw[test].append(chances[~np.isnan(chances) & ~who.any] <= 0.05)
        honest_marks.append(marked.any(axis=0)[able & ~who.any])
        false.append(marked[:, ~who.any].sum() / max(1, marked.sum()))
        for kind, marks in found.items():
            marks.append(marked.any(axis=0)[getattr(who, kind)])
        region = federal.Sample.of_histogram(work.histograms.sum(axis=0))
        overstated.append(federal.overstated(work.histograms, region, rule).marked[able & ~who.any])
    honest_of = np.concatenate(honest_marks)
    return Shares(
        honest_schools=len(honest_of),
        honest_comparisons=sum(len(each) for marks in raw.values() for each in marks),
        planted_schools=sum(len(each) for marks in found.values() for each in marks),
        raw={test: float(np.concatenate(marks).mean()) for test, marks in raw.items()},
        honest_marked=float(honest_of.mean()),
        runs_with_false=float(np.mean([marks.any() for marks in honest_marks])),
        false_of_marked=float(np.mean(false)),
        found={kind: float(np.concatenate(marks).mean()) if each else 0.0 for kind, marks in found.items()},
        overstated=float(np.concatenate(overstated).mean()),
    )


def with_lifted(work: Work, school: int) -> Work:
    """The work with nearly all totals of one school that are up to three points below a bound raised to it."""
    lots = np.random.default_rng([21, school])
    scores = work.scores.copy()
    _lift(lots, scores, np.where(work.school == school, 0.95, 0.0), np.full(len(scores), 3))
    totals = scores.sum(axis=1)
    return replace(work, scores=scores, totals=totals, marks=2 + np.searchsorted(BOUNDS, totals, side="right"))
