"""Which indicators set a cluster apart. No Django here."""

from collections.abc import Sequence
from dataclasses import dataclass

NOTABLE = 0.5  # standard deviations from the mean of all (own choice: half a deviation)
MOST = 4


@dataclass(frozen=True)
class Reason:
    """An indicator by its place, and how far the mean of the cluster is from that of all, in standard deviations."""

    indicator: int
    distance: float


def reasons(centre: Sequence[float]) -> list[Reason]:
    """The farthest first; none where the cluster is near the middle in everything. `centre` is standardised."""
    far = [Reason(place, distance) for place, distance in enumerate(centre) if abs(distance) >= NOTABLE]
    return sorted(far, key=lambda one: (-abs(one.distance), one.indicator))[:MOST]
