"""The index of context: z-scores → weighted sum → 0 … 100. No Django, exact decimals but for the root.

Formula: z = (x − mean) / s with n − 1 over the organisations that have every part; S = Σ w·d·z, where d = −1 for a part
of which more makes the work harder; index = 100·(S − min S) / (max S − min S). 100 are the most favourable conditions
among those compared, 0 the least: the index is a place among them and not a measure of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LEAST = 10  # organisations with every part
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Share:
    """A part of an organisation's index: its figure, how far it is from the mean, what it adds to the sum."""

    value: Decimal
    z: Decimal
    added: Decimal


@dataclass(frozen=True)
class Weighed:
    """An organisation's index and parts; the band is 1 (least favourable quarter) … 4."""

    index: Decimal
    band: int
    parts: tuple[Share, ...]


@dataclass(frozen=True)
class Weight:
    """Positive; `harder` says that more of it makes the work of a school harder."""

    weight: Decimal
    harder: bool = False

    @property
    def signed(self) -> Decimal:
        return -self.weight if self.harder else self.weight


def weigh(rows: Mapping[Any, Sequence[Decimal]], weights: Sequence[Weight]) -> dict[Any, Weighed]:
    """Indices of organisations that have every part. Raises ValueError for fewer than `LEAST` or no spread at all."""
    if len(rows) < LEAST:
        raise ValueError("too few organisations")
    keys = list(rows)
    scores = [_standardised([rows[key][at] for key in keys]) for at in range(len(weights))]
    sums = [
        sum((weight.signed * column[place] for weight, column in zip(weights, scores, strict=True)), Decimal(0))
        for place in range(len(keys))
    ]
    low, high = min(sums), max(sums)
    if high == low:
        raise ValueError("no spread")
    indices = [HUNDRED * (each - low) / (high - low) for each in sums]
    cuts = [quantile(indices, Decimal(share) / 4) for share in (1, 2, 3)]
    return {
        key: Weighed(
            index=indices[place],
            band=1 + sum(indices[place] > cut for cut in cuts),
            parts=tuple(
                Share(rows[key][at], scores[at][place], weight.signed * scores[at][place])
                for at, weight in enumerate(weights)
            ),
        )
        for place, key in enumerate(keys)
    }


def _standardised(values: Sequence[Decimal]) -> list[Decimal]:
    """z-scores with n − 1; noughts for a part that is the same everywhere: it says nothing."""
    mean = sum(values, Decimal(0)) / len(values)
    variance = sum(((value - mean) ** 2 for value in values), Decimal(0)) / (len(values) - 1)
    if not variance:
        return [Decimal(0)] * len(values)
    deviation = variance.sqrt()
    return [(value - mean) / deviation for value in values]


def quantile(values: Sequence[Decimal], share: Decimal) -> Decimal:
    """In proportion between two neighbours, as the portal's aggregates do it."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
