"""How invented pupils answer: ability of school and pupil against difficulty of items. Numpy only, no Django.

Planted on purpose: a school whose totals pile up at the bounds of marks (`LIFTED`), a school that honestly rose in
the last year (`RISEN`), two weak schools of the town and one of a village, and villages with fewer than ten pupils.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from apps.desk.demo import catalog, pupils
from apps.desk.demo.catalog import Portrait
from apps.desk.demo.chance import generator
from apps.desk.demo.works import Work

SKIPPED = 255  # «X»: the pupil did not start the item
LIFTED = "school-08"
LIFTED_FROM_YEAR = 1
LIFTED_SHARE = 0.8
RISEN = "school-09"
RISEN_FROM_YEAR = 2
RISEN_BY = 1.6  # in standard deviations of schools
SCHOOL_WEIGHT = 0.62  # one standard deviation of schools against one of pupils
DIFFICULTY = {"Б": -0.75, "П": 0.55, "В": 1.3}
# Shares of «2» and «5» in the municipality that a work is set to, by grade.
SHARE_OF_TWOS = {4: 0.055, 5: 0.115, 6: 0.13, 7: 0.12, 8: 0.125}
SHARE_OF_FIVES = {4: 0.19, 5: 0.13, 6: 0.1, 7: 0.095, 8: 0.09}
ABSENT = 0.05


@dataclass(frozen=True)
class Setting:
    """How hard a work is for the municipality, and how sharply its items tell pupils apart."""

    shift: float
    slope: float


@dataclass(frozen=True)
class Answers:
    """One work in one school: a row is a pupil, absent ones included (their scores are SKIPPED, marks 0)."""

    portrait: Portrait
    codes: np.ndarray
    classes: np.ndarray
    variants: np.ndarray
    absent: np.ndarray
    scores: np.ndarray
    totals: np.ndarray
    marks: np.ndarray
    journal: np.ndarray

    @property
    def size(self) -> int:
        return len(self.codes)


def marks_of(totals: np.ndarray, bounds: tuple[int, int, int]) -> np.ndarray:
    return 2 + np.searchsorted(np.array(bounds), totals, side="right")


def _school_effect(portrait: Portrait, work: Work, year: int, seed: int) -> float:
    own = generator(seed, portrait.code, "effect", work.subject).normal()
    cohort = generator(seed, portrait.code, "cohort effect", work.subject, year - work.grade).normal()
    risen = RISEN_BY if portrait.code == RISEN and year >= RISEN_FROM_YEAR else 0.0
    return SCHOOL_WEIGHT * (portrait.strength + risen) + 0.08 * float(own) + 0.1 * float(cohort)


def _difficulties(work: Work, seed: int) -> np.ndarray:
    lots = generator(seed, "items", work.name).normal(size=len(work.items))
    return np.array([DIFFICULTY[item.level] for item in work.items]) + 0.35 * lots


def _scores(ability: np.ndarray, work: Work, setting: Setting, seed: int, lots: np.random.Generator) -> np.ndarray:
    """Points by pupil and item: each point of an item is a try of its own."""
    maxima = np.array([item.maximum for item in work.items])
    difficulty = _difficulties(work, seed)[None, :] + setting.shift
    return lots.binomial(maxima[None, :], 1 / (1 + np.exp(-(setting.slope * ability[:, None] - difficulty))))


def _abilities(portrait: Portrait, work: Work, year: int, seed: int, count: int) -> np.ndarray:
    lots = generator(seed, portrait.code, "pupils", work.name, year)
    return _school_effect(portrait, work, year, seed) + lots.normal(size=count)


@cache
def setting_of(work: Work, seed: int) -> Setting:
    """Set the work so that the municipality's usual shares of «2» and «5» come out in the first year.

    The setting is the work's own: later years differ by their pupils only, so years can be compared.
    """
    counts = {school: pupils.by_grade(school, 0, seed)[work.grade] for school in catalog.SCHOOLS}
    everybody = np.concatenate([_abilities(school, work, 0, seed, count) for school, count in counts.items()])
    ability = everybody[::2]  # half of them tell as much in half the time

    def shares(setting: Setting) -> tuple[float, float]:
        totals = _scores(ability, work, setting, seed, generator(seed, "setting", work.name)).sum(axis=1)
        return float(np.mean(totals < work.bounds[0])), float(np.mean(totals >= work.bounds[2]))

    def with_usual_twos(slope: float) -> Setting:
        low, high = -3.0, 3.0
        for _ in range(8):
            shift = (low + high) / 2
            twos, _ = shares(Setting(shift, slope))
            low, high = (low, shift) if twos > SHARE_OF_TWOS[work.grade] else (shift, high)
        return Setting((low + high) / 2, slope)

    low, high = 0.3, 1.6
    for _ in range(5):
        setting = with_usual_twos((low + high) / 2)
        _, fives = shares(setting)
        low, high = (low, setting.slope) if fives > SHARE_OF_FIVES[work.grade] else (setting.slope, high)
    return setting


def _lift(scores: np.ndarray, work: Work, lots: np.random.Generator) -> None:
    """Raise totals that are one to three points below a bound to the bound, as a lenient marker would."""
    maxima = np.array([item.maximum for item in work.items])
    totals = scores.sum(axis=1)
    for bound in work.bounds:
        for pupil in np.flatnonzero((totals >= bound - 3) & (totals < bound)):
            if lots.random() > LIFTED_SHARE:
                continue
            lacking = bound - int(totals[pupil])
            for item in lots.permutation(len(maxima)):
                points = min(lacking, int(maxima[item] - scores[pupil, item]))
                scores[pupil, item] += points
                lacking -= points
                if not lacking:
                    break


def _journal(ability: np.ndarray, portrait: Portrait, work: Work, lots: np.random.Generator, seed: int) -> np.ndarray:
    """The marks of the last quarter: near the ability, a little kinder than the work, least kind in strong schools."""
    kindness = 0.1 * float(generator(seed, portrait.code, "kindness").normal()) - 0.3 * portrait.strength
    cuts = np.array([-2.3, -0.35, 0.95]) + 0.05 * (work.grade - 4)
    return 2 + np.searchsorted(cuts, ability + kindness + 0.55 * lots.normal(size=len(ability)), side="right")


def answers(portrait: Portrait, work: Work, year: int, seed: int) -> Answers:
    """All pupils of the grade in a school and year (0 is the oldest)."""
    count = pupils.by_grade(portrait, year, seed).get(work.grade, 0)
    lots = generator(seed, portrait.code, "work", work.name, year)
    ability = _abilities(portrait, work, year, seed, count)
    scores = _scores(ability, work, setting_of(work, seed), seed, lots)
    if portrait.code == LIFTED and year >= LIFTED_FROM_YEAR:
        _lift(scores, work, lots)
    absent = lots.random(count) < ABSENT
    totals = np.where(absent, 0, scores.sum(axis=1))
    skipped = (scores == 0) & (lots.random(scores.shape) < 0.12)
    classes = np.arange(count) * max(1, round(count / 24)) // max(1, count) + 1
    return Answers(
        portrait=portrait,
        codes=work.grade * 10_000 + np.arange(1, count + 1),
        classes=classes,
        variants=np.where(absent, 0, 1 + np.arange(count) % 2),
        absent=absent,
        scores=np.where(absent[:, None] | skipped, SKIPPED, scores),
        totals=totals,
        marks=np.where(absent, 0, marks_of(totals, work.bounds)),
        journal=_journal(ability, portrait, work, lots, seed),
    )
