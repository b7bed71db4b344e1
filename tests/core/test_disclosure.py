"""Small numbers: tables of cases, and an attacker who subtracts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.disclosure import HIDDEN, Limits, protect_count, protect_row, protect_share

LIMITS = Limits(minimum_count=5, minimum_base=10)


@pytest.mark.parametrize(
    ("count", "shown"),
    [(None, None), (0, 0), (1, HIDDEN), (4, HIDDEN), (5, 5), (Decimal("4"), HIDDEN), (Decimal("5"), Decimal("5"))],
)
def test_a_count(count, shown):
    assert protect_count(count, LIMITS) == shown


@pytest.mark.parametrize(
    ("part", "base", "shown"),
    [
        pytest.param(5, 10, (Decimal(5), Decimal(10)), id="from ten"),
        pytest.param(5, 9, HIDDEN, id="base of nine"),
        pytest.param(4, 100, HIDDEN, id="the part is small"),
        pytest.param(96, 100, HIDDEN, id="the rest is small"),
        pytest.param(0, 100, (Decimal(0), Decimal(100)), id="nobody of many"),
        pytest.param(None, 100, None, id="no part"),
        pytest.param(3, None, None, id="no base"),
        pytest.param(0, 0, None, id="empty base"),
    ],
)
def test_a_share(part, base, shown):
    assert protect_share(part, base, LIMITS) == shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param([5, 40, 30, 10], [5, 40, 30, 10], id="nothing small"),
        pytest.param([2, 40, 30, 10], [HIDDEN, 40, 30, HIDDEN], id="the least of the others goes too"),
        pytest.param([2, 3, 30, 10], [HIDDEN, HIDDEN, 30, 10], id="two small ones of five together"),
        pytest.param([1, 1, 30, 10], [HIDDEN, HIDDEN, 30, HIDDEN], id="two small ones are still too narrow"),
        pytest.param([0, 40, 3, 10], [HIDDEN, 40, HIDDEN, HIDDEN], id="a zero is not cover enough"),
        pytest.param([1, 1, 0, 0], [HIDDEN] * 4, id="a row of two people"),
        pytest.param([0, 0, 0, 0], [0, 0, 0, 0], id="nobody"),
    ],
)
def test_a_row(counts, shown):
    assert protect_row(counts, LIMITS) == shown


def test_what_is_hidden_prints_as_a_word():
    assert str(HIDDEN) == "скрыто"
    assert not any(character.isdigit() for character in repr(HIDDEN))


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_an_attacker_with_the_total_cannot_narrow_a_cell(counts):
    """Of what is hidden only the sum is known; each hidden cell may still be anything from 0 to that sum."""
    shown = protect_row(counts, LIMITS)
    assert not any(cell is not HIDDEN and 0 < cell < 5 for cell in shown)
    hidden = [count for count, cell in zip(counts, shown, strict=True) if cell is HIDDEN]
    if hidden and len(hidden) < len(counts):
        known_sum = sum(counts) - sum(cell for cell in shown if cell is not HIDDEN)
        assert len(hidden) >= 2
        assert known_sum >= 5


def test_the_attacker_would_succeed_without_the_second_cell():
    """The control: hiding only small cells gives the number back by subtraction."""
    counts = [2, 40, 30, 10]
    only_small = [HIDDEN if LIMITS.is_small(count) else count for count in counts]
    assert sum(counts) - sum(cell for cell in only_small if cell is not HIDDEN) == 2
