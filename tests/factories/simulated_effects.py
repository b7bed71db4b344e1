"""Invented municipalities with a measure of known effect, to measure the comparison on.

A school has a share of pupils (качество) in three years. It differs from others by its context, by its cluster and by
what is its own; each year adds a shock of the school (a new teacher), of the cluster and of everybody; pupils sit in
classes that differ, and are few. So a year's share of a school of 45 pupils moves by some ten points for no reason, as
real ones do. The measure goes to schools with *low last values* (as people choose them: not exactly the lowest), which
then rise by themselves. The social index is known with error; one municipality in two has a school with a senseless
value; one figure in twenty is missing. The draws are those of the seed.
"""

from dataclasses import dataclass

import numpy as np

from apps.roadmaps.effect.arithmetic.estimate import compared, designed, is_enough
from apps.roadmaps.effect.arithmetic.intervals import bounds
from apps.roadmaps.effect.arithmetic.least import least
from apps.roadmaps.effect.arithmetic.matching import Unit
from apps.roadmaps.effect.promised import Shares

SCHOOLS_FOR_ONE = 3.3  # schools of the municipality for each addressed
PUPILS, PUPILS_SPREAD = 45, 0.5  # median, deviation of the logarithm
CLUSTERS = ((0.5, 0.3), (0.3, -0.6), (0.2, 0.4))  # share of schools, what it adds to the context
OWN, CONTEXT, CLASS, YEAR_OF_SCHOOL, YEAR_OF_CLUSTER, YEAR = 0.45, 0.35, 0.25, 0.2, 0.1, 0.15  # logits
CHOICE = 6.0  # points: how far the choice of the addressed is from the order of last values
CONTEXT_ERROR, MISSING, ODD, UNEVEN = 0.3, 0.05, 0.5, 2.0  # UNEVEN: deviation of the effect between schools, points


@dataclass(frozen=True)
class World:
    addressed: list[Unit]
    pool: list[Unit]
    changes: list[Unit]


def _shares(lots, logits, pupils, added):
    chance = np.clip(1 / (1 + np.exp(-logits)) + added / 100, 0.01, 0.99)
    found = np.zeros(len(pupils))
    for part in (pupils // 2, pupils - pupils // 2):
        of_class = np.log(chance / (1 - chance)) + lots.normal(0, CLASS, len(pupils))
        found += lots.binomial(part, 1 / (1 + np.exp(-of_class)))
    return 100 * found / pupils


def _noise(share, pupils):
    """As the portal reads it from a share and its number of people."""
    near = (share / 100 * pupils + 1) / (pupils + 2)
    return 1e4 * near * (1 - near) / pupils


class Municipality:
    """Everything but the year after, so that an effect can be chosen by what could be seen."""

    def __init__(self, lots, addressed):
        size = round(SCHOOLS_FOR_ONE * addressed)
        self.lots, self.size = lots, size
        self.cluster = lots.choice(len(CLUSTERS), size, p=[share for share, _ in CLUSTERS])
        context = lots.normal(0, 1, size) + np.array([shift for _, shift in CLUSTERS])[self.cluster]
        self.index = context + lots.normal(0, CONTEXT_ERROR, size)
        self.pupils = np.clip(lots.lognormal(np.log(PUPILS), PUPILS_SPREAD, size), 10, 200).astype(int)
        self.level = -0.2 + CONTEXT * context + lots.normal(0, OWN, size)
        self.earlier, self.before = self._year(0), self._year(0)
        order = np.argsort(self.before + lots.normal(0, CHOICE, size))
        self.is_addressed = np.isin(np.arange(size), order[:addressed])
        self.known = lots.random((3, size)) >= MISSING / 2

    def _year(self, added):
        lots, shock = self.lots, self.lots.normal(0, YEAR) + self.lots.normal(0, YEAR_OF_CLUSTER, 3)[self.cluster]
        own = lots.normal(0, YEAR_OF_SCHOOL, self.size)
        return _shares(lots, self.level + own + shock, self.pupils, added)

    def _units(self, first, second, chosen):
        noise = _noise(first, self.pupils)
        return [
            Unit(
                int(n),
                float(first[n]),
                float(second[n]),
                float(noise[n]),
                (float(self.index[n]),),
                str(self.cluster[n]),
            )
            for n in np.flatnonzero(chosen)
        ]

    def planned(self):
        """Both groups as they are known before the measure, and the last change of all."""
        here = self.known[1]
        nought = np.zeros(self.size)
        return World(
            self._units(self.before, nought, here & self.is_addressed),
            self._units(self.before, nought, here & ~self.is_addressed),
            self._units(self.earlier, self.before, here & self.known[0]),
        )

    def after(self, effect):
        """Both groups a year later, the addressed better by `effect` points."""
        uneven = self.lots.normal(0, UNEVEN, self.size) if effect else np.zeros(self.size)
        values = self._year(np.where(self.is_addressed, effect + uneven, 0))
        if self.lots.random() < ODD:
            values[self.lots.integers(self.size)] = self.lots.choice([1.0, 99.0])
        here = self.known[1] & self.known[2]
        return World(
            self._units(self.before, values, here & self.is_addressed),
            self._units(self.before, values, here & ~self.is_addressed),
            [],
        )


def least_of(municipality):
    """What the page names before the measure; None where it can name nothing."""
    known = municipality.planned()
    design = designed(known.addressed, known.pool)
    found = least(design, known.changes) if is_enough(design) else None
    return found.effect if found else None


def measured_once(municipality, effect, draws, seed):
    """(estimate, low, high), or None for «данных мало»."""
    world = municipality.after(effect)
    design = designed(world.addressed, world.pool)
    if not is_enough(design):
        return None
    found = compared(design)
    around = bounds(found, draws=draws, seed=seed)
    return found.effect, around.low, around.high


def measured(*, municipalities, addressed, seed, draws):
    """Two worlds of so many municipalities each: without an effect, and with one as great as the least named."""
    held, alarms, unseen, seen, few, known, named = 0, 0, 0, 0, 0, 0, []
    for number in range(2 * municipalities):
        with_effect = number % 2 == 1
        municipality = Municipality(np.random.default_rng([30, seed, addressed, number]), addressed)
        effect = (least_of(municipality) or 0.0) if with_effect else 0.0
        if with_effect and effect:
            named.append(effect)
        found = measured_once(municipality, effect, draws, number)
        if found is None:
            few += 1
            continue
        known += 1
        _, low, high = found
        held += low <= effect <= high
        if with_effect and effect:
            seen += low > 0
        elif not with_effect:
            alarms += low > 0
            unseen += low <= 0 <= high
    without = max(municipalities - few / 2, 1)
    return Shares(
        addressed=addressed,
        coverage=held / max(known, 1),
        false_alarms=alarms / without,
        unseen=unseen / without,
        seen=seen / max(len(named), 1),
        few=few / (2 * municipalities),
        least=float(np.median(named)) if named else 0.0,
    )
