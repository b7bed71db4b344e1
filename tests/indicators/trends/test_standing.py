"""Places for those who may see the order, words for the others."""

from decimal import Decimal

import pytest

from apps.indicators.trends.standing import Quarters, in_words, places

QUARTERS = Quarters(Decimal(20), Decimal(30), Decimal(40), 9)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (45, "наибольшими"),
        (40, "наибольшими"),
        (35, "выше середины"),
        (30, "посередине"),
        (25, "ниже середины"),
        (20, "наименьшими"),
    ],
)
def test_a_place_in_words(value, words):
    assert words in in_words(Decimal(value), QUARTERS)


def test_few_organisations_have_no_quarters():
    assert in_words(Decimal(45), Quarters(Decimal(20), Decimal(30), Decimal(40), 4)) == ""
    assert in_words(Decimal(45), None) == ""


def test_places_follow_the_better_side_and_are_shared():
    values = {1: Decimal(10), 2: Decimal(30), 3: Decimal(30), 4: Decimal(20)}
    assert places(values, 1) == {2: 1, 3: 1, 4: 3, 1: 4}
    assert places(values, -1) == {1: 1, 4: 2, 2: 3, 3: 3}
    assert places(values, 0) == {}
