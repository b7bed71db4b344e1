"""Intervals, correlations and groups by marks, recomputed by scipy and by plain sums over pupils."""

from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from apps.procedures import matrices
from apps.procedures.matrices import Participants
from apps.procedures.readers import neutral
from apps.procedures.statistics import (
    Judged,
    Parts,
    deficits,
    difference,
    is_apart,
    items,
    mean,
    proportion,
    quantile,
    spread_index,
)
from apps.procedures.statistics.details import unpack
from apps.procedures.statistics.estimates import Estimate, student
from apps.procedures.statistics.parts import total

MAXIMA = (1, 3, 2)
D = Decimal


def _people(size: int = 120, seed: int = 5) -> Participants:
    lot = np.random.default_rng(seed)
    ability = lot.normal(size=size)
    scores = np.stack(
        [np.clip(np.round(m * (0.55 + 0.25 * ability + 0.25 * lot.normal(size=size))), 0, m) for m in MAXIMA], axis=1
    ).astype(np.uint8)
    scores[3, 1], scores[7, 2], scores[11, 0] = neutral.NOT_TAUGHT, neutral.SKIPPED, neutral.EMPTY
    points = np.where(scores <= 50, scores, 0).astype(np.int16)
    totals = points.sum(axis=1)
    marks = np.digitize(totals, (2, 4, 6)).astype(np.uint8) + 2
    marks[5] = 0  # a participant without a mark
    zeros = np.zeros(size, np.uint8)
    return Participants(scores, totals, marks, zeros, np.arange(size), zeros, None)


def _parts(people: Participants, group: np.ndarray, groups: int) -> list[Parts]:
    found = matrices.parts(people, group, groups, maxima=list(MAXIMA), maximum=6)
    names = [name for name in found.__dataclass_fields__ if name != "item_details"]
    return [
        Parts.of(
            SimpleNamespace(
                absent=0,
                item_details=matrices.packed(found.item_details[row]),
                **{name: getattr(found, name)[row].tolist() for name in names},
            )
        )
        for row in range(groups)
    ]


@pytest.fixture(scope="module")
def scene():
    people = _people()
    return people, _parts(people, np.zeros(people.size, np.int32), 1)[0]


def _had(people: Participants, item: int) -> np.ndarray:
    column = people.scores[:, item]
    return (column <= 50) | (column == neutral.SKIPPED)


def _points(people: Participants, item: int) -> np.ndarray:
    column = people.scores[:, item]
    return np.where(column <= 50, column, 0).astype(float)


@pytest.mark.parametrize(("count", "n"), [(0, 7), (3, 7), (7, 7), (41, 50), (1, 2000), (0, 1)])
def test_the_interval_of_a_share_is_wilsons(count, n):
    expected = stats.binomtest(count, n).proportion_ci(0.95, method="wilson")
    found = proportion(count, n)
    assert float(found.low) == pytest.approx(100 * expected.low, abs=1e-4)
    assert float(found.high) == pytest.approx(100 * expected.high, abs=1e-4)
    assert found.value == D(100) * count / n


@pytest.mark.parametrize("freedom", [1, 2, 5, 9, 10, 15, 30, 120, 5000])
def test_students_percentile(freedom):
    assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=2e-4)


def test_the_interval_of_a_mean_is_students():
    values = [3, 7, 8, 8, 12, 15, 20, 21, 9, 10, 11, 2]
    found = mean(len(values), sum(values), sum(v * v for v in values))
    low, high = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    assert float(found.low) == pytest.approx(low, abs=1e-3)
    assert float(found.high) == pytest.approx(high, abs=1e-3)


def test_nobody_and_one_have_no_interval():
    assert proportion(0, 0).value is None
    assert mean(0, 0, 0).value is None
    assert mean(1, 5, 25) == Estimate(D(5), 1)


@pytest.mark.parametrize("item", range(3))
def test_completion_of_an_item_against_pupils(scene, item):
    people, parts = scene
    had = _had(people, item)
    shares = 100 * _points(people, item)[had] / MAXIMA[item]
    found = items.completion(parts, item, MAXIMA[item])
    assert found.n == had.sum()
    assert float(found.value) == pytest.approx(shares.mean())
    if MAXIMA[item] == 1:
        ends = stats.binomtest(int((shares > 0).sum()), int(had.sum())).proportion_ci(0.95, method="wilson")
        low, high = 100 * ends.low, 100 * ends.high
    else:
        low, high = stats.t.interval(0.95, len(shares) - 1, shares.mean(), stats.sem(shares))
    assert float(found.low) == pytest.approx(low, abs=1e-2)
    assert float(found.high) == pytest.approx(high, abs=1e-2)


def test_full_partial_and_zero_are_everybody(scene):
    _, parts = scene
    for item in range(3):
        found = items.shares(parts, item)
        assert found.full.value + found.partial.value + found.zero.value == pytest.approx(D(100))


@pytest.mark.parametrize("item", range(3))
def test_discrimination_is_the_correlation_with_the_rest(scene, item):
    people, parts = scene
    had = _had(people, item)
    x = _points(people, item)[had]
    expected = stats.pearsonr(x, people.totals[had] - x)
    ends = expected.confidence_interval(0.95)
    found = items.discrimination(parts, item)
    assert float(found.value) == pytest.approx(expected.statistic, abs=1e-6)
    assert (float(found.low), float(found.high)) == (
        pytest.approx(ends.low, abs=1e-5),
        pytest.approx(ends.high, abs=1e-5),
    )


def test_discrimination_needs_thirty_and_some_spread():
    few = _people(20)
    assert items.discrimination(_parts(few, np.zeros(20, np.int32), 1)[0], 0).value is None
    flat = _people(40)
    flat.scores[:, 0] = 1
    assert items.discrimination(_parts(flat, np.zeros(40, np.int32), 1)[0], 0).value is None


@pytest.mark.parametrize("mark", [2, 3, 4, 5])
def test_completion_by_marks_against_pupils(scene, mark):
    people, parts = scene
    for item in range(3):
        chosen = _had(people, item) & (people.marks == mark)
        found = items.completion_of_mark(parts, item, MAXIMA[item], mark)
        assert found.n == chosen.sum()
        if found.n:
            assert float(found.value) == pytest.approx(100 * _points(people, item)[chosen].mean() / MAXIMA[item])


def test_schools_add_up_to_the_whole_and_come_apart_again(scene):
    people, whole = scene
    group = np.arange(people.size, dtype=np.int32) % 3
    schools = _parts(people, group, 3)
    added = total(schools)
    assert list(added.item_details) == list(whole.item_details)
    assert items.discrimination(added, 1) == items.discrimination(whole, 1)
    rest = added - schools[0]
    assert rest.participants == 80
    assert list(rest.item_sums) == list((schools[1] + schools[2]).item_sums)


def test_results_without_finer_parts_still_have_their_shares(scene):
    """Aggregates stored before the finer parts existed: completion with the careful interval, no correlation."""
    people, parts = scene
    bare = Parts(**{**parts.__dict__, "item_details": unpack(b"")})
    found = items.completion(bare, 1, 3)
    assert found.value == items.completion(parts, 1, 3).value
    assert found.low <= items.completion(parts, 1, 3).low
    assert items.discrimination(bare, 1).value is None
    assert items.completion_of_mark(bare, 1, 3, 5).value is None


def _wilson(count, n):
    found = stats.binomtest(count, n).proportion_ci(method="wilson")
    return 100 * found.low, 100 * found.high


def test_a_difference_is_newcombes_and_needs_ten_on_either_side():
    one, other = proportion(30, 50), proportion(700, 1000)
    found = difference(one, other)
    (low, high), (least, most) = _wilson(30, 50), _wilson(700, 1000)
    assert float(found.low) == pytest.approx(-10 - ((60 - low) ** 2 + (most - 70) ** 2) ** 0.5, abs=1e-4)
    assert float(found.high) == pytest.approx(-10 + ((high - 60) ** 2 + (70 - least) ** 2) ** 0.5, abs=1e-4)
    assert not is_apart(found)
    assert is_apart(difference(proportion(20, 50), other))
    assert not is_apart(difference(proportion(0, 9), other))


def test_ten_of_ten_are_not_taken_for_certain():
    """Ten of ten come by chance once in five where 85 % do the item."""
    assert not is_apart(difference(proportion(10, 10), proportion(850, 1000)))
    assert is_apart(difference(proportion(10, 10), proportion(400, 1000)))


def test_an_item_where_all_have_the_same_points_keeps_an_interval():
    parts = Parts(participants=12, item_counts=[12], item_sums=[12], item_details=[12] + [0] * 11)
    found = items.completion(parts, 0, 2)
    low, high = _wilson(6, 12)
    assert (float(found.low), float(found.high)) == pytest.approx((low, high), abs=1e-4)


def test_crossing_curves_are_found_among_groups_of_ten():
    details = [0] * 12
    details[4:8] = [12, 20, 30, 9]  # participants by mark
    details[8:12] = [9, 8, 24, 2]  # points of a one-point item: 75, 40, 80 and 22 %
    parts = Parts(participants=71, marks=(12, 20, 30, 9), item_counts=[71], item_sums=[43], item_details=details)
    found = items.crossings(parts, [1])
    assert [(one.lower, one.higher) for one in found] == [(2, 3)]  # «5» are fewer than ten


def _judged(number, verdict, *keys, points=10, possible=20):
    return Judged(number, keys, verdict, points, possible)


def test_a_deficit_is_systemic_when_most_of_two_items_or_more_lie_below():
    rows = [
        _judged("1", "insufficient", "чтение", points=2),
        _judged("2", "insufficient", "чтение", points=4),
        _judged("3", "sufficient", "чтение", points=18),
        _judged("4", "insufficient", "письмо"),
        _judged("5", "insufficient", "счёт"),
        _judged("6", "uncertain", "счёт"),
        _judged("7", "sufficient", "логика"),
        _judged("8", "", "без уровня"),
    ]
    found = deficits(rows)
    assert [(one.key, one.is_systemic) for one in found] == [("чтение", True), ("письмо", False), ("счёт", False)]
    assert found[0].below == ("1", "2")
    assert found[0].completion == D(40)  # 24 of 60 points


def test_one_skill_worded_with_and_without_a_full_stop_is_one_skill():
    rows = [
        _judged("1", "insufficient", "Логика  и алгоритмы"),
        _judged("2", "insufficient", "логика и алгоритмы."),
        _judged("3", "sufficient", "Логика и алгоритмы ."),
    ]
    (found,) = deficits(rows)
    assert (found.key, found.items, found.is_systemic) == ("Логика  и алгоритмы", ("1", "2", "3"), True)


@pytest.mark.parametrize(
    ("value", "high", "word"),
    [
        ("0.197", "0.30", "fair"),  # written 0,20
        ("0.194", "0.30", "weak"),
        ("-0.04", "0.07", "weak"),  # of an item that nearly all did: chance may do it
        ("-0.25", "-0.05", "wrong"),
    ],
)
def test_discrimination_is_read_as_it_is_written(value, high, word):
    assert items.reading(Estimate(D(value), 60, D("-0.5"), D(high))) == word


def test_the_index_of_quarters_is_of_numpys_quantiles():
    scores = [0, 3, 3, 4, 6, 7, 7, 9, 12, 12, 13]
    histogram = np.bincount(scores).tolist()
    low, high = np.quantile(scores, [0.25, 0.75])
    parts = Parts(participants=11, histogram=histogram)
    assert float(quantile(parts, D("0.25"))) == pytest.approx(low)
    assert float(quantile(parts, D("0.75"))) == pytest.approx(high)
    assert float(spread_index(parts)) == pytest.approx(100 * low / high)
    assert spread_index(Parts()) is None
    assert spread_index(Parts(participants=10, histogram=[10])) is None  # all have nought: nothing to divide by


def test_d_is_the_difference_of_the_strong_and_the_weak_whatever_the_order():
    people = _people()
    found = matrices.extremes(people, MAXIMA)
    again = matrices.extremes(people.take(np.random.default_rng(1).permutation(people.size)), MAXIMA)
    assert found == pytest.approx(again)
    for item, most in enumerate(MAXIMA):
        had = ~np.isin(people.scores[:, item], (neutral.NOT_TAUGHT, neutral.EMPTY))
        value = np.where(people.scores[:, item] <= 50, people.scores[:, item], 0).astype(float)
        shares = []
        for best in (True, False):
            left, points, weight = 0.27 * people.size, 0.0, 0.0
            for points_in_all in sorted(set(people.totals.tolist()), reverse=best):  # by plain counting, total by total
                here = people.totals == points_in_all
                part = min(1.0, max(left, 0.0) / here.sum())
                left -= here.sum()
                points += part * value[here & had].sum()
                weight += part * (here & had).sum()
            shares.append(points / weight / most)
        assert found[item] == pytest.approx(shares[0] - shares[1])
