"""How closely two things go together. No Django here."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist

LEAST = 10  # schools


@dataclass(frozen=True)
class Correlation:
    """Pearson's r with its 95 % interval (Fisher's z), and that of ranks (Spearman)."""

    n: int
    r: float
    low: float
    high: float
    ranks: float

    @property
    def is_told(self) -> bool:
        """The interval does not hold nought."""
        return self.low > 0 or self.high < 0


def correlation(pairs: Sequence[tuple[float, float]], *, level: float = 0.95) -> Correlation | None:
    """None below `LEAST` pairs or where one of the two is the same everywhere."""
    if len(pairs) < LEAST:
        return None
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    r, ranks = pearson(xs, ys), pearson(middle_ranks(xs), middle_ranks(ys))
    if r is None or ranks is None:
        return None
    if abs(r) >= 1 - 1e-12:
        return Correlation(len(pairs), r, r, r, ranks)
    wide = NormalDist().inv_cdf((1 + level) / 2) / sqrt(len(pairs) - 3)
    return Correlation(len(pairs), r, tanh(atanh(r) - wide), tanh(atanh(r) + wide), ranks)


def pearson(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    n = len(xs)
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    sxx = sum((x - mean_x) ** 2 for x in xs)
    syy = sum((y - mean_y) ** 2 for y in ys)
    if sxx <= 1e-12 * n * max(1.0, mean_x**2) or syy <= 1e-12 * n * max(1.0, mean_y**2):
        return None
    r = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sqrt(sxx * syy)
    return max(-1.0, min(1.0, r))


def middle_ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; equal values share the middle of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        stop = start
        while stop + 1 < len(order) and values[order[stop + 1]] == values[order[start]]:
            stop += 1
        for place in order[start : stop + 1]:
            ranks[place] = (start + stop) / 2 + 1
        start = stop + 1
    return ranks
