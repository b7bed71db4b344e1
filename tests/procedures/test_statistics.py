"""Measures over additive parts, against plain sums over pupils."""

import statistics as plain
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.procedures import statistics
from apps.procedures.statistics import Parts
from apps.procedures.statistics.parts import total

FIVE = Parts(participants=10, marks=[1, 4, 3, 2])


def test_measures_of_marks():
    assert statistics.attainment(FIVE) == 90
    assert statistics.quality(FIVE) == 50
    assert statistics.mean_mark(FIVE) == Decimal("3.6")
    assert statistics.training_level(FIVE) == Decimal(100 * 2 + 64 * 3 + 36 * 4 + 16) / 10
    assert statistics.training_level(FIVE, (14, 36, 64, 100)) == Decimal(100 * 2 + 64 * 3 + 36 * 4 + 14) / 10
    assert statistics.mark_shares(FIVE) == [10, 40, 30, 20]


@pytest.mark.parametrize(
    "measure",
    [
        statistics.attainment,
        statistics.quality,
        statistics.mean_mark,
        statistics.training_level,
        statistics.mean_primary,
        statistics.median_primary,
        statistics.deviation,
        statistics.mean_test,
    ],
)
def test_nobody_is_no_data_and_not_zero(measure):
    assert measure(Parts()) is None


def test_item_completion_leaves_out_those_not_taught():
    parts = Parts(participants=10, item_counts=[8], item_sums=[12], item_full=[5], item_zero=[1], item_skipped=[1])
    assert statistics.item_completion(parts, 0, 2) == 75
    assert statistics.item_completion(parts, 0, None) is None
    assert statistics.item_completion(parts, 1, 2) is None
    shares = statistics.shares_of_item(parts, 0)
    assert (shares.full, shares.partial, shares.zero) == (Decimal("62.5"), 25, Decimal("12.5"))


def test_journal_counts_only_those_with_both_marks():
    journal = statistics.journal(
        Parts(participants=50, journal_lower=3, journal_equal=6, journal_higher=1, journal_gap=2)
    )
    assert (journal.participants, journal.lower, journal.equal, journal.higher, journal.gap) == (10, 30, 60, 10, 20)
    assert statistics.journal(Parts(participants=50)).lower is None


@pytest.mark.parametrize(
    ("level", "completion", "expected"),
    [
        ("Б", Decimal(60), "sufficient"),
        ("Б", Decimal("59.9"), "uncertain"),
        ("Б", Decimal("56.9"), "insufficient"),
        ("П", Decimal(30), "sufficient"),
        ("В", Decimal("28.4"), "insufficient"),
        ("", Decimal(10), ""),
        ("Б", None, ""),
    ],
)
def test_corridors(level, completion, expected):
    assert statistics.verdict(level, completion) == expected


def parts_of(scores):
    return Parts(
        schools=1,
        participants=len(scores),
        score_sum=sum(scores),
        score_squares=sum(score**2 for score in scores),
        histogram=[scores.count(score) for score in range(max(scores, default=-1) + 1)],
    )


@given(st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=30), min_size=1, max_size=6))
def test_sums_over_schools_are_the_statistics_of_all_pupils(schools):
    pooled = [score for school in schools for score in school]
    parts = total(parts_of(school) for school in schools)
    assert parts.schools == len(schools)
    assert float(statistics.mean_primary(parts)) == pytest.approx(plain.mean(pooled))
    assert float(statistics.median_primary(parts)) == plain.median(pooled)
    if len(pooled) > 1:
        assert float(statistics.deviation(parts)) == pytest.approx(plain.stdev(pooled), abs=1e-9)
