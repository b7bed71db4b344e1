"""Regions of another making than `simulated_schools`, so that the tests are measured outside their own assumptions.

Honest schools differ in longer-tailed ways: a third have 5 to 12 participants; classes of one school have levels and
taught items of their own; lyceums are strong and even, correctional schools are weak and do simple items only; in one
school of twelve one or two topics were not taught; abilities are skewed in half of the schools; items hang together by
text; journals are kept by the level of the class; every class has a marker who is more or less lenient at the bounds;
in one region of three the work is so easy that many reach the ceiling.
"""

from dataclasses import dataclass

import numpy as np

from apps.analysis.objectivity.arithmetic.work import Work
from tests.factories import simulated_schools as plain
from tests.factories.simulated_schools import BOUNDS, MAXIMA, Planted

ITEMS = len(MAXIMA)
LENIENT, LENIENT_SPREAD = 0.25, 0.08  # mean and standard deviation between markers
CLASS_SIZE = 25


@dataclass(frozen=True)
class _Map:
    """Who learns where: school and class of each participant, and what kind of school it is."""

    sizes: np.ndarray
    school: np.ndarray
    group: np.ndarray
    groups: int
    lyceum: np.ndarray
    correctional: np.ndarray


def planted(seed: int, schools: int = 250, mean_size: int = 45, each: int = 4) -> tuple[Work, Planted]:
    """As `simulated_schools.planted`."""
    lots = np.random.default_rng([77, seed])
    where = _places(lots, schools, mean_size)
    kinds = [np.zeros(schools, np.bool_) for _ in range(3)]
    able = lots.permutation(np.flatnonzero((where.sizes >= 20) & ~where.correctional))
    for place, kind in enumerate(kinds):
        kind[able[place * each : (place + 1) * each]] = True
    who = Planted(*kinds)
    ability = _abilities(lots, where)
    scores = _answers(lots, where, ability, shift=1.2 if seed % 3 == 0 else 0.0)
    school = where.school
    plain._fill_hard(lots, scores, who.hard[school])
    plain._copy(lots, scores, school, who.copied)
    weight = LENIENT * (1 - LENIENT) / LENIENT_SPREAD**2 - 1
    markers = lots.beta(LENIENT * weight, (1 - LENIENT) * weight, size=where.groups)[where.group]
    lifted = who.lifted[school]
    plain._lift(lots, scores, np.where(lifted, 0.8, markers), np.where(lifted, 3, 2))
    totals = scores.sum(axis=1)
    marks = 2 + np.searchsorted(BOUNDS, totals, side="right")
    around = np.bincount(school, ability) / where.sizes
    strict = _long(lots, 0.35, schools)[school] + 0.25 * lots.normal(size=where.groups)[where.group]
    shown = ability - 0.4 * around[school] + strict + 0.55 * lots.normal(size=len(ability))
    journal = 2 + np.searchsorted([-2.0, -0.3, 0.9], shown)
    return Work(scores, totals, marks, journal, school, schools, MAXIMA, BOUNDS, int(MAXIMA.sum())), who


def _long(lots: np.random.Generator, deviation: float, size: object) -> np.ndarray:
    """Student's law of five degrees of freedom: longer tails than the normal one."""
    return deviation * lots.standard_t(5, size=size) / (5 / 3) ** 0.5


def _places(lots: np.random.Generator, schools: int, mean_size: int) -> _Map:
    usual = np.clip(np.round(mean_size * np.exp(0.6 * lots.normal(size=schools))), 10, 220).astype(int)
    sizes = np.where(lots.random(schools) < 0.35, lots.integers(5, 13, schools), usual)
    kind = lots.random(schools)
    school = np.repeat(np.arange(schools), sizes)
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    classes = np.maximum(1, np.round(sizes / CLASS_SIZE)).astype(int)
    inside = (np.arange(len(school)) - first[school]) % classes[school]
    group = np.concatenate([[0], np.cumsum(classes)[:-1]])[school] + inside
    return _Map(sizes, school, group, int(classes.sum()), (kind < 0.08) & (sizes > 30), (kind > 0.97) & (sizes < 40))


def _abilities(lots: np.random.Generator, where: _Map) -> np.ndarray:
    schools, people = len(where.sizes), len(where.school)
    level = _long(lots, 0.5, schools) + 1.2 * where.lyceum - 1.0 * where.correctional
    spread = np.exp(0.2 * lots.normal(size=schools)) * np.where(where.lyceum, 0.7, 1)
    skewed = (lots.random(schools) < 0.5)[where.school]
    own = np.where(skewed, (4 - lots.gamma(4, size=people)) / 2, lots.normal(size=people))
    return level[where.school] + 0.3 * lots.normal(size=where.groups)[where.group] + spread[where.school] * own


def _answers(lots: np.random.Generator, where: _Map, ability: np.ndarray, shift: float) -> np.ndarray:
    schools, people = len(where.sizes), len(ability)
    difficulty = np.linspace(-1.8, 1.8, ITEMS)[lots.permutation(ITEMS)] - shift
    taught = _long(lots, 0.2, (schools, ITEMS))
    for one in np.flatnonzero(lots.random(schools) < 0.08):
        taught[one, lots.choice(ITEMS, lots.integers(1, 3), replace=False)] -= 2.5
    taught[np.ix_(where.correctional, np.argsort(-difficulty)[:7])] -= 2
    in_class = 0.2 * lots.normal(size=(where.groups, ITEMS))
    texts = 0.5 * lots.normal(size=(people, (ITEMS + 3) // 4))[:, np.arange(ITEMS) // 4]
    slope = 0.6 + 0.8 * lots.random(ITEMS)
    logit = slope * ability[:, None] - difficulty + taught[where.school] + in_class[where.group] + texts
    return lots.binomial(MAXIMA, 1 / (1 + np.exp(-logit))).astype(np.int16)
