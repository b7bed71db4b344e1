"""EF1 to EF3: what the comparison of effects promises, on simulated municipalities; all shares on stderr."""

import json
import sys
from dataclasses import asdict
from functools import cache

from apps.roadmaps.effect.promised import DRAWS, MUNICIPALITIES, SIZES, Shares
from tests.bench.registry import measure
from tests.factories import simulated_effects as simulated

_WORLDS = (
    f"{MUNICIPALITIES} simulated municipalities without an effect and as many with one as great as the least effect "
    f"named before, for each of {', '.join(map(str, SIZES))} addressed schools chosen by low last values; pupils in "
    "classes, clusters, missing figures, an odd school in every second"
)


@cache
def shares() -> tuple[Shares, ...]:
    found = tuple(
        simulated.measured(municipalities=MUNICIPALITIES, addressed=size, seed=1, draws=DRAWS) for size in SIZES
    )
    for one in found:
        sys.stderr.write(f"EF {json.dumps(asdict(one))}\n")
    return found


@measure("EF1", goal=0.02, how=f"greatest distance of the coverage of the 95 % interval from 0.95; {_WORLDS}")
def coverage() -> float:
    return max(abs(one.coverage - 0.95) for one in shares())


@measure("EF2", goal=0.035, how=f"greatest share of «эффект есть» where there is none; {_WORLDS}")
def false_alarms() -> float:
    return max(one.false_alarms for one in shares())


@measure(
    "EF3",
    goal=0.75,
    at_least=True,
    how=f"least share of «эффект есть» where the effect is as great as the least effect named before; {_WORLDS}",
)
def seen() -> float:
    return min(one.seen for one in shares())
