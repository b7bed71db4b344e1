"""Figures in words: values, changes, states."""

from decimal import Decimal

import pytest

from apps.indicators import display
from apps.indicators.models import Aggregate, IndicatorVersion


def version(**fields):
    defaults = {"pk": 1, "value_type": "int", "aggregation": "sum", "polarity": "higher", "unit": "человек"}
    return IndicatorVersion(**{**defaults, **fields})


def figure(of, value, **fields):
    return Aggregate(version=of, value=None if value is None else Decimal(value), **{"reported": 3, **fields})


SHARE = {"value_type": "percent", "aggregation": "ratio", "decimals": 1, "unit": "%"}


@pytest.mark.parametrize(
    ("fields", "value", "scope", "text"),
    [
        ({}, 12345, "municipality", "12\u202f345"),
        ({}, 0, "municipality", "0"),
        ({}, None, "municipality", "нет данных"),
        (SHARE, "33.349", "municipality", "33,3\u00a0%"),
        (SHARE, "33.35", "municipality", "33,4\u00a0%"),
        ({"value_type": "bool", "aggregation": "share_yes"}, "66.6667", "kind", "66,7\u00a0%"),
        ({"value_type": "bool", "aggregation": "share_yes"}, 100, "organization", "да"),
        ({"value_type": "bool", "aggregation": "share_yes"}, 0, "organization", "нет"),
        ({"value_type": "decimal", "aggregation": "weighted_mean", "decimals": 2}, "61.005", "municipality", "61,01"),
    ],
)
def test_a_value(fields, value, scope, text):
    number = None if value is None else Decimal(value)
    assert display.written(version(**fields), number, scope) == text


@pytest.mark.parametrize(
    ("fields", "now", "before", "expected"),
    [
        (SHARE, 45, 42, ("+3,0\u00a0п.\u00a0п.", "лучше")),
        ({**SHARE, "polarity": "lower"}, 45, 42, ("+3,0\u00a0п.\u00a0п.", "хуже")),
        ({**SHARE, "polarity": "neutral"}, 40, 42, ("−2,0\u00a0п.\u00a0п.", "")),
        (SHARE, "42.04", 42, ("без изменений", "")),
        ({}, 10, 12, ("−2", "")),
    ],
)
def test_a_change(fields, now, before, expected):
    found = display.change(figure(version(**fields), now), figure(version(**fields), before))
    assert (found.text, found.word) == expected


def test_a_change_that_means_nothing_is_not_a_number():
    share = version(**SHARE)
    assert display.change(figure(share, 45), None) is None
    assert display.change(figure(share, None), figure(share, 3)) is None
    assert display.change(figure(share, 45), figure(version(pk=2, **SHARE), 40)).text == "методика изменилась"
    heads = version()
    other = display.change(figure(heads, 10), figure(heads, 90, reported=20))
    assert (other.text, other.has_number) == ("не сравнивается", False)


def test_why_there_is_no_figure():
    assert display.written_figure(None) == "нет данных"
    assert display.written_figure(figure(version(**SHARE), None, absence_reason="деление на ноль")) == "деление на ноль"
