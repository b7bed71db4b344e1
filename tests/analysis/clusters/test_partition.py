"""Computed clusters against planted ones and against plain recounts."""

import random

import numpy as np
import pytest

from apps.analysis.clusters.partition import (
    LEAST_ORGANIZATIONS,
    Method,
    adjusted_rand,
    contingency,
    partition,
    silhouettes,
    standardised,
)
from apps.analysis.clusters.reasons import reasons

CENTRES = ((0, 0, 0), (6, 0, 1), (0, 7, -2))
SIZES = (16, 12, 8)


def planted():
    """Three clouds far from each other: 16, 12 and 8 organisations."""
    lots = random.Random(5)
    rows, owner = {}, {}
    for cloud, (centre, size) in enumerate(zip(CENTRES, SIZES, strict=True)):
        for _ in range(size):
            key = f"org-{len(rows):02d}"
            rows[key] = [mean + lots.gauss(0, 0.6) for mean in centre]
            owner[key] = cloud
    return rows, owner


@pytest.mark.parametrize("method", Method)
def test_planted_clusters_are_found_with_their_number(method):
    rows, owner = planted()
    found = partition(rows, method=method)
    assert found.labels == owner  # numbered by size
    assert found.chosen.clusters == 3
    assert found.agreement > 0.95
    assert all(one > 0.9 for one in found.jaccard)


def test_the_order_of_rows_and_a_second_run_change_nothing():
    rows, _ = planted()
    shuffled = dict(random.Random(9).sample(sorted(rows.items()), len(rows)))
    first, second, third = partition(rows), partition(rows), partition(shuffled)
    assert first == second == third


def test_noise_is_told_by_low_stability():
    lots = random.Random(3)
    noise = {key: [lots.gauss(0, 1) for _ in range(5)] for key in range(60)}
    found = partition(noise)
    assert found.chosen.silhouette < 0.3
    assert found.agreement < 0.7


def test_few_organisations_or_no_spread_are_refused():
    rows, _ = planted()
    few = dict(list(rows.items())[: LEAST_ORGANIZATIONS - 1])
    with pytest.raises(ValueError, match="few"):
        partition(few)
    with pytest.raises(ValueError, match="spread"):
        partition({key: [*row, 7.0] for key, row in rows.items()})


def test_tiny_clusters_are_not_chosen():
    rows, _ = planted()
    rows["zz-odd"] = [60.0, 60.0, 60.0]
    assert partition(rows).chosen.least >= 5 or all(one.least < 5 for one in partition(rows).qualities)


def test_silhouette_is_that_of_the_definition():
    rows, owner = planted()
    points = standardised(list(rows.values()))
    labels = np.array(list(owner.values()))
    got = silhouettes(points, labels)
    for place, label in enumerate(labels):
        distances = [float(np.sqrt(((points[place] - other) ** 2).sum())) for other in points]
        by_cluster = {
            each: [d for at, d in enumerate(distances) if labels[at] == each and at != place] for each in range(3)
        }
        own = sum(by_cluster[label]) / len(by_cluster[label])
        nearest = min(sum(d) / len(d) for each, d in by_cluster.items() if each != label)
        assert got[place] == pytest.approx((nearest - own) / max(own, nearest))


def test_adjusted_rand_of_a_worked_example():
    """Two partitions of six: pairs together in both 2, in the first 6, in the second 4, of 15."""
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    table = contingency(one, other)
    together, rows, columns = 2, 6, 3
    expected = rows * columns / 15
    assert adjusted_rand(table) == pytest.approx((together - expected) / ((rows + columns) / 2 - expected))
    assert adjusted_rand(contingency(one, one)) == 1


def test_reasons_name_the_farthest_first():
    assert [(r.indicator, r.distance) for r in reasons([0.2, -1.4, 0.6, 0.49])] == [(1, -1.4), (2, 0.6)]
    assert reasons([0.1, -0.2]) == []
