"""The arithmetic of a sign: tables with known values, and properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.analysis.signs.share import Counts, Outcome, Threshold, judge, wilson

THIRTY = Threshold(Decimal(30), 10)


@pytest.mark.parametrize(
    ("low", "marked", "lower", "upper"),
    [
        # Known values of the score interval: Newcombe (1998), table I, and its closed forms at the ends.
        pytest.param(81, 263, "25.53", "36.62", id="Newcombe 81/263"),
        pytest.param(15, 148, "6.24", "16.05", id="Newcombe 15/148"),
        pytest.param(0, 20, "0.00", "16.11", id="Newcombe 0/20"),
        pytest.param(1, 29, "0.61", "17.18", id="Newcombe 1/29"),
        pytest.param(20, 20, "83.89", "100.00", id="all"),
    ],
)
def test_wilson_interval(low, marked, lower, upper):
    interval = wilson(Counts(low, marked))
    assert (round(interval.lower, 2), round(interval.upper, 2)) == (Decimal(lower), Decimal(upper))


def test_nobody_with_a_mark_is_no_data_not_zero():
    assert Counts(0, 0).share is None
    assert wilson(Counts(0, 0)) is None
    assert judge(Counts(0, 0), THIRTY) == Outcome.FEW


@pytest.mark.parametrize(
    ("low", "marked", "outcome"),
    [
        pytest.param(9, 9, Outcome.FEW, id="nine is too few, whatever the share"),
        pytest.param(3, 10, Outcome.PERHAPS, id="exactly the threshold counts"),
        pytest.param(2, 10, Outcome.QUIET, id="below"),
        pytest.param(299, 1000, Outcome.QUIET, id="29.9 is below"),
        pytest.param(300, 1000, Outcome.PERHAPS, id="at the threshold chance is not excluded"),
        pytest.param(400, 1000, Outcome.ATTENTION, id="the whole interval is above"),
        pytest.param(0, 50, Outcome.QUIET, id="nobody failed"),
    ],
)
def test_judgement(low, marked, outcome):
    assert judge(Counts(low, marked), THIRTY) == outcome


def test_impossible_counts_are_refused():
    for low, marked in ((-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="of"):
            Counts(low, marked)


counts = st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts)
def test_the_interval_holds_the_share_and_stays_inside(pair):
    low, marked = pair
    interval = wilson(Counts(low, marked))
    if interval is None:
        assert marked == 0
    else:
        assert 0 <= interval.lower <= Counts(low, marked).share <= interval.upper <= 100


@given(counts, counts)
def test_counts_add_up(first, second):
    total = Counts(*first) + Counts(*second)
    assert (total.low, total.marked) == (first[0] + second[0], first[1] + second[1])
