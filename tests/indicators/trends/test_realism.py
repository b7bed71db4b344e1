"""Is a target within reach? Tables worked by hand."""

from decimal import Decimal

import pytest

from apps.indicators.trends.realism import Aim, Bounds, Point, judge

PERCENT = Bounds(Decimal(0), Decimal(100))
# Changes a year: +2, −1, +3.
HISTORY = [
    Point(Decimal(year), str(year), Decimal(value)) for year, value in ((2022, 40), (2023, 42), (2024, 41), (2025, 44))
]


def found(number, year=2026, better=1, history=HISTORY, bounds=PERCENT):
    remarks = judge(Aim(Decimal(year), Decimal(number), better), history, bounds, str, str)
    return [(remark.severity.value, remark.code) for remark in remarks]


@pytest.mark.parametrize(
    ("number", "year", "better", "expected"),
    [
        pytest.param(47, 2026, 1, [], id="as much as the best year"),
        pytest.param(48, 2026, 1, [("query", "jump")], id="more than the best year"),
        pytest.param(50, 2027, 1, [], id="twice as much in two years"),
        pytest.param(51, 2027, 1, [("query", "jump")], id="more in two years"),
        pytest.param(44, 2026, 1, [], id="keep what there is"),
        pytest.param(43, 2026, 1, [("query", "worse")], id="worse than now"),
        pytest.param(43, 2026, -1, [], id="less is better, as in the best year"),
        pytest.param(42, 2026, -1, [("query", "jump")], id="less is better, too far"),
        pytest.param(101, 2030, 1, [("error", "beyond")], id="above the greatest"),
        pytest.param(-1, 2030, -1, [("error", "beyond")], id="below the least"),
        pytest.param(100, 2026, 1, [("query", "jump")], id="the greatest is not beyond"),
    ],
)
def test_a_target_against_history(number, year, better, expected):
    assert found(number, year, better) == expected


def test_only_years_before_the_target_count():
    assert found(44, year=2024) == []  # of 40, 42: +2 a year, and 44 − 42 = 2
    assert found(45, year=2024) == [("query", "jump")]


def test_a_figure_that_never_moved_that_way():
    falling = [Point(Decimal(2023), "2023", Decimal(50)), Point(Decimal(2024), "2024", Decimal(48))]
    assert found(49, year=2025, history=falling) == [("query", "jump")]


def test_a_short_history_is_said():
    assert found(90, history=HISTORY[:1]) == [("notice", "short_history")]


def test_a_gap_of_years_is_divided_by_them():
    gap = [Point(Decimal(2021), "2021", Decimal(40)), Point(Decimal(2025), "2025", Decimal(48))]  # +2 a year
    assert found(50, history=gap) == []
    assert found(51, history=gap) == [("query", "jump")]


def test_the_words_name_the_change_and_when_it_was_seen():
    (remark,) = judge(Aim(Decimal(2026), Decimal(50), 1), HISTORY, PERCENT, "{} %".format, "{:+} п. п.".format)
    assert "+6 п. п. в год от 44 % за 2025" in remark.message
    assert "+3 п. п. в год (2024–2025)" in remark.message
