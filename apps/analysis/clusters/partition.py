"""Computed clusters: standardised indicators → Ward or k-means → number by silhouette → stability by resampling.

The same input gives the same answer whatever the order of its rows: rows are taken in the order of their keys, every
start is fixed and the one source of chance is seeded. numpy and scipy are loaded on the first call, in a worker.

Sources: Ward 1963 (least growth of the sum of squares); Rousseeuw 1987 (silhouette); Hubert & Arabie 1985 (adjusted
Rand index); Hennig 2007 (stability of a cluster as its mean greatest Jaccard likeness over subsamples).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LEAST_ORGANIZATIONS = 30  # below that a partition is a play of chance (own choice)
LEAST_MEMBERS = 5  # the same bound from which a school sees the figures of its cluster
MOST_CLUSTERS = 8
SAMPLES = 50
SAMPLE_SHARE = 0.8
SEED = 20_251


class Method(StrEnum):
    WARD = "ward"
    KMEANS = "kmeans"


@dataclass(frozen=True)
class Quality:
    """What a number of clusters came to: mean silhouette (−1 … 1) and the size of the least cluster."""

    clusters: int
    silhouette: float
    least: int


@dataclass(frozen=True)
class Partition:
    """`labels` by key, from 0 in the order of size; `jaccard` by cluster; `agreement` is the adjusted Rand index
    between the whole and its subsamples, mean and the lower 5 % bound."""

    labels: dict[Any, int]
    silhouettes: dict[Any, float]
    qualities: list[Quality]
    chosen: Quality
    jaccard: list[float]
    agreement: float
    agreement_low: float
    centres: list[list[float]]  # means of the standardised indicators, a row a cluster


def partition(
    rows: Mapping[Any, Sequence[float]], *, method: Method = Method.WARD, clusters: int | None = None
) -> Partition:
    """Clusters of `rows` (key → indicators). `clusters` None lets the silhouette choose.

    Raises ValueError where the rows are fewer than `LEAST_ORGANIZATIONS` or an indicator is the same everywhere.
    """
    import numpy as np

    keys = sorted(rows)
    if len(keys) < LEAST_ORGANIZATIONS:
        raise ValueError("too few organisations")
    points = standardised([rows[key] for key in keys])
    numbers = [clusters] if clusters else range(2, most_clusters(len(keys)) + 1)
    found = {number: _split(points, number, method) for number in numbers}
    qualities = [_quality(points, found[number], number) for number in numbers]
    chosen = _best(qualities)
    order = _canonical(found[chosen.clusters], keys)
    labels = np.array([order[label] for label in found[chosen.clusters]])
    jaccard, agreements = _resampled(points, labels, chosen.clusters, method)
    return Partition(
        labels={key: int(label) for key, label in zip(keys, labels, strict=True)},
        silhouettes={key: float(one) for key, one in zip(keys, silhouettes(points, labels), strict=True)},
        qualities=qualities,
        chosen=chosen,
        jaccard=jaccard,
        agreement=float(np.mean(agreements)),
        agreement_low=float(np.quantile(agreements, 0.05)),
        centres=[points[labels == label].mean(axis=0).tolist() for label in range(chosen.clusters)],
    )


def most_clusters(size: int) -> int:
    return max(2, min(MOST_CLUSTERS, size // (2 * LEAST_MEMBERS)))


def standardised(rows: Sequence[Sequence[float]]) -> Any:
    """z-scores by column with n − 1. Raises ValueError for a column without spread."""
    import numpy as np

    points = np.asarray(rows, dtype=float)
    spread = points.std(axis=0, ddof=1)
    if (spread <= 1e-12 * np.maximum(1, np.abs(points).max(axis=0))).any():
        raise ValueError("an indicator without spread")
    return (points - points.mean(axis=0)) / spread


def _split(points: Any, number: int, method: Method) -> Any:
    """Labels 0 … number−1. k-means starts from the centres of Ward, so that no chance is in it."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    labels = fcluster(linkage(points, "ward"), number, "maxclust") - 1
    if method == Method.WARD or len(set(labels.tolist())) < number:
        return labels
    from scipy.cluster.vq import kmeans2

    centres = np.array([points[labels == label].mean(axis=0) for label in range(number)])
    moved = kmeans2(points, centres, iter=100, minit="matrix", missing="warn")[1]
    return moved if len(set(moved.tolist())) == number else labels


def silhouettes(points: Any, labels: Any) -> Any:
    """(b − a) / max(a, b): a to the own cluster, b to the nearest other; 0 for a cluster of one."""
    import numpy as np
    from scipy.spatial.distance import cdist

    labels = np.asarray(labels)
    members = np.array([labels == label for label in np.unique(labels)])
    own = members[:, :].T.argmax(axis=1)
    sizes = members.sum(axis=1)
    sums = cdist(points, points) @ members.T
    at = np.arange(len(labels))
    alone = sizes[own] == 1
    inside = np.divide(sums[at, own], np.maximum(sizes[own] - 1, 1))
    means = sums / sizes
    means[at, own] = np.inf
    outside = means.min(axis=1)
    widest = np.maximum(inside, outside)
    value = np.divide(outside - inside, widest, out=np.zeros(len(labels)), where=widest > 0)
    return np.where(alone, 0.0, value)


def _quality(points: Any, labels: Any, number: int) -> Quality:
    import numpy as np

    if len(set(labels.tolist())) < 2:
        return Quality(number, -1.0, len(labels))
    return Quality(number, float(silhouettes(points, labels).mean()), int(np.bincount(labels).min()))


def _best(qualities: Sequence[Quality]) -> Quality:
    """The greatest silhouette among those without tiny clusters; the fewer clusters where equal."""
    sound = [one for one in qualities if one.least >= LEAST_MEMBERS] or list(qualities)
    return max(sound, key=lambda one: (round(one.silhouette, 9), -one.clusters))


def _canonical(labels: Any, keys: Sequence[Any]) -> dict[int, int]:
    """New numbers by size, then by the first key: the same clusters always have the same numbers."""
    members: dict[int, list[Any]] = {}
    for key, label in zip(keys, labels.tolist(), strict=True):
        members.setdefault(label, []).append(key)
    order = sorted(members, key=lambda label: (-len(members[label]), members[label][0]))
    return {label: place for place, label in enumerate(order)}


def _resampled(points: Any, labels: Any, number: int, method: Method) -> tuple[list[float], list[float]]:
    """Mean greatest Jaccard likeness by cluster, and the adjusted Rand index of every subsample."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    size = round(len(labels) * SAMPLE_SHARE)
    likeness, agreements = np.zeros((SAMPLES, number)), []
    for turn in range(SAMPLES):
        chosen = np.sort(chance.choice(len(labels), size, replace=False))
        again = _split(points[chosen], number, method)
        table = contingency(labels[chosen], again)
        agreements.append(adjusted_rand(table))
        either = table.sum(axis=1)[:, None] + table.sum(axis=0)[None, :] - table
        likeness[turn, : table.shape[0]] = (table / np.maximum(either, 1)).max(axis=1)
    return likeness.mean(axis=0).tolist(), agreements


def contingency(one: Any, other: Any) -> Any:
    """How many fall into cluster i of one and j of the other."""
    import numpy as np

    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    return table


def adjusted_rand(table: Any) -> float:
    """1 for equal partitions, about 0 for unrelated ones."""

    def pairs(counts: Any) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    total = table.sum()
    chance = rows * columns / (total * (total - 1) / 2)
    most = (rows + columns) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)
