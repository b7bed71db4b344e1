"""CX1: computed clusters of 250 schools against the bare partitions they rest on; CX2: residuals of 30 works."""

import random
import sys
from collections.abc import Callable

from apps.analysis.clusters.partition import SAMPLE_SHARE, SAMPLES, most_clusters, partition, standardised
from apps.analysis.context.regression import Observed, fit
from tests.bench.registry import measure, ratio, seconds

SCHOOLS, INDICATORS, WORKS = 250, 8, 30


def _rows() -> dict[int, list[float]]:
    lots = random.Random(1)
    return {key: [lots.gauss(key % 3 * (at % 2), 1) for at in range(INDICATORS)] for key in range(SCHOOLS)}


def _bare(rows: dict[int, list[float]]) -> Callable[[], None]:
    """The same number of Ward trees by scipy alone."""
    from scipy.cluster.hierarchy import linkage

    points = standardised(list(rows.values()))
    part = points[: round(SCHOOLS * SAMPLE_SHARE)]

    def way() -> None:
        for _ in range(most_clusters(SCHOOLS) - 1):
            linkage(points, "ward")
        for _ in range(SAMPLES):
            linkage(part, "ward")

    return way


@measure(
    "CX1",
    goal=3,
    how=(
        "time of clusters of 250 schools by 8 indicators (Ward, number by silhouette, stability over 50 subsamples) "
        "over that of as many bare scipy trees; seconds are printed"
    ),
)
def clusters() -> float:
    rows = _rows()
    taken = seconds(lambda: partition(rows))
    sys.stderr.write(f"CX1: {taken:.2f} s with the first import of scipy\n")
    return ratio(lambda: partition(rows), _bare(rows))


@measure(
    "CX2",
    goal=15,
    how="seconds for expected results and residuals of 250 schools in 30 works, one factor, without the cache",
)
def residuals() -> float:
    lots = random.Random(2)
    works = []
    for _ in range(WORKS):
        rows = {}
        for key in range(SCHOOLS):
            size, context = lots.randint(10, 120), lots.uniform(0, 100)
            value = 40 + 0.3 * context + lots.gauss(0, 3) + lots.gauss(0, 15 / size**0.5)
            rows[key] = Observed(value, 225 / size, (context,))
        works.append(rows)
    return seconds(lambda: [fit(rows) for rows in works])
