"""What a measure is, and how two ways of doing a thing are compared."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Way = Callable[[], object]


@dataclass(frozen=True)
class Measure:
    """`value` holds when it is not above `goal` (or, with `at_least`, not below)."""

    name: str
    goal: float
    how: str
    take: Callable[[], float]
    at_least: bool = False

    def holds(self, value: float) -> bool:
        return value >= self.goal if self.at_least else value <= self.goal


MEASURES: dict[str, Measure] = {}


def measure(name: str, *, goal: float, how: str, at_least: bool = False) -> Callable[[Callable[[], float]], Way]:
    """Register a function that takes a measure in an empty migrated database and returns its value.

    `how` says in one sentence what is divided by what, on which data, how often.
    """

    def register(function: Callable[[], float]) -> Callable[[], float]:
        if name in MEASURES:
            raise ValueError(f"two measures are named {name}")
        MEASURES[name] = Measure(name, goal, how, function, at_least)
        return function

    return register


def seconds(way: Way) -> float:
    """Wall time of one call, with the collector of garbage out of the way."""
    gc.collect()
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


def ratio(ours: Way, anchor: Way, *, runs: int = 5, before: Way = lambda: None) -> float:
    """Median time of `ours` over median time of `anchor`: A B A B …, after one unmeasured call of each.

    `before` is called, unmeasured, before every call.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for run in range(runs + 1):
        for way, kept in zip((ours, anchor), times, strict=True):
            before()
            taken = seconds(way)
            if run:
                kept.append(taken)
    return statistics.median(times[0]) / statistics.median(times[1])
