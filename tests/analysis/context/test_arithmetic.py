"""Correlation, funnel, places, the index and the rule of resilience against scipy, statistics and hand-worked cases."""

import random
import statistics
from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from apps.analysis.context.correlation import correlation
from apps.analysis.context.funnel import Places, limits, places, pooled_variance, share_limits
from apps.analysis.context.resilience import Rule, Year, is_resilient, percentiles
from apps.analysis.context.results import Measure
from apps.analysis.context.selectors import tone_of
from apps.analysis.context.weighing import Weight, weigh


def test_correlation_with_interval_and_ranks():
    lots = random.Random(6)
    pairs = [(x, 0.5 * x + lots.gauss(0, 2)) for x in [lots.randint(0, 6) for _ in range(24)]]
    found = correlation(pairs)
    xs, ys = zip(*pairs, strict=True)
    known = stats.pearsonr(xs, ys)
    assert found.r == pytest.approx(known.statistic)
    assert (found.low, found.high) == pytest.approx(tuple(known.confidence_interval(0.95)))
    assert found.ranks == pytest.approx(stats.spearmanr(xs, ys).statistic)
    assert found.n == 24


def test_correlation_is_not_told_of_few_or_of_a_constant():
    assert correlation([(x, x) for x in range(9)]) is None
    assert correlation([(1.0, x) for x in range(20)]) is None
    assert correlation([(x, 2 * x) for x in range(10)]).r == pytest.approx(1)


def test_limits_of_a_share():
    """30 % of 100: a standard error of √(30·70/100) = 4.5826 points."""
    found = limits(30, 30 * 70, 100, floor=0, top=100)
    assert found.low == pytest.approx(30 - 1.959964 * 4.582576)
    assert found.far_high == pytest.approx(30 + 3.090232 * 4.582576)
    assert [found.verdict(value) for value in (30, 40, 45, 20, 10)] == [0, 1, 2, -1, -2]
    assert limits(30, 30 * 70, 4, floor=0, top=100).far_low == 0


@pytest.mark.parametrize(("centre", "n"), [(5.0, 12), (30.0, 40), (92.0, 11), (50.0, 200), (0.0, 20)])
def test_limits_of_a_share_are_exact(centre, n):
    """No more than the promised part of equal schools lies beyond, and one participant nearer it would be more."""
    found, law = share_limits(centre, n), stats.binom(n, centre / 100)
    for high, low, tail in ((found.high, found.low, 0.025), (found.far_high, found.far_low, 0.001)):
        most, least = round(high * n / 100), round(low * n / 100)
        assert law.sf(most) <= tail + 1e-9
        assert law.sf(most - 1) > tail
        assert law.cdf(least - 1) <= tail + 1e-9
        assert law.cdf(least) > tail


def test_three_of_twelve_are_no_alarm_at_five_percent():
    """The normal law says beyond 99.8 %; three or more of twelve come by chance in two schools of a hundred."""
    assert limits(5, 5 * 95, 12, floor=0, top=100).verdict(25) == 2
    assert share_limits(5, 12).verdict(25) == 1


def test_the_colour_says_what_the_side_means():
    assert [tone_of(side, Measure.LOW) for side in (2, 1, 0, -1, -2)] == ["warn", "warn", "neutral", "info", "info"]
    assert [tone_of(side, Measure.QUALITY) for side in (1, 0, -2)] == ["info", "neutral", "warn"]


def test_places_overlap():
    """A is surely the first; B, C and D hang together; E is below A, B and C only."""
    intervals = {"A": (80, 90), "B": (60, 70), "C": (58, 66), "D": (50, 61), "E": (40, 52)}
    assert places(intervals) == {
        "A": Places(1, 1, 4), "B": Places(2, 4, 2), "C": Places(2, 4, 2), "D": Places(2, 5, 1),
        "E": Places(4, 5, 3),
    }  # fmt: skip
    assert places(intervals, better=-1)["A"] == Places(5, 5, 4)


def test_pooled_variance_is_that_inside_of_schools():
    schools = [[3, 5, 8], [10, 14], [7]]
    parts = [(len(one), statistics.variance(one) if len(one) > 1 else 0.0) for one in schools]
    squares = sum(sum((x - statistics.mean(one)) ** 2 for x in one) for one in schools)
    assert pooled_variance(parts) == pytest.approx(squares / (2 + 1))
    assert pooled_variance([(1, 0.0)]) is None


def rows_of(seed=1, organizations=20):
    lots = random.Random(seed)
    return {key: [Decimal(lots.randint(5, 60)), Decimal(lots.randint(1, 30))] for key in range(organizations)}


def test_the_index_is_the_scaled_sum_of_z_scores():
    rows = rows_of()
    found = weigh(rows, [Weight(Decimal(2)), Weight(Decimal(1), harder=True)])
    columns = [[float(row[at]) for row in rows.values()] for at in (0, 1)]
    z = [[(x - statistics.mean(c)) / statistics.stdev(c) for x in c] for c in columns]
    sums = [2 * a - b for a, b in zip(*z, strict=True)]
    expected = [100 * (s - min(sums)) / (max(sums) - min(sums)) for s in sums]
    assert [float(one.index) for one in found.values()] == pytest.approx(expected)
    cuts = np.quantile(expected, [0.25, 0.5, 0.75])
    assert [one.band for one in found.values()] == [1 + int(np.sum(value > cuts)) for value in expected]
    assert float(found[3].parts[1].added) == pytest.approx(-z[1][3])


def test_a_constant_part_says_nothing_and_few_are_refused():
    rows = {key: [*row, Decimal(4)] for key, row in rows_of().items()}
    two, three = [Weight(Decimal(1))] * 2, [Weight(Decimal(1))] * 3
    plain = weigh({key: row[:2] for key, row in rows.items()}, two)
    assert {key: one.index for key, one in weigh(rows, three).items()} == {k: one.index for k, one in plain.items()}
    with pytest.raises(ValueError, match="few"):
        weigh(dict(list(rows.items())[:9]), three)
    with pytest.raises(ValueError, match="spread"):
        weigh({key: [Decimal(1)] for key in range(12)}, [Weight(Decimal(1))])


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([Year(10, 80, None), Year(20, 90, None), Year(50, 90, None)], True),
        ([Year(10, 60, 0.2), Year(20, 60, 1.1), Year(20, 60, 1.0)], True),
        ([Year(10, 80, None), Year(20, 50, None), Year(20, 40, None)], False),
        ([Year(10, 80, None), Year(None, None, None), Year(None, None, None)], None),
        ([Year(10, 90, None), Year(10, 90, None), Year(50, 50, 0), Year(50, 50, 0), Year(50, 50, 0)], False),
    ],
    ids=["by place", "by residual", "one year only", "unknown", "old years do not count"],
)
def test_resilience(years, expected):
    assert is_resilient(years, Rule()) is expected


def test_percentiles_share_equal_values():
    assert percentiles([5, 1, 5, 9]) == [75, 25, 75, 100]
