"""Numbers as people write them."""

from decimal import Decimal

import pytest

from apps.core.figures import figure, percent, plural, points

D = Decimal


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        pytest.param(D("12345.6"), 1, "12\u202f345,6", id="thousands"),
        pytest.param(D("0.5"), 0, "1", id="half goes up"),
        pytest.param(D("2.5"), 0, "3", id="half goes up, not to even"),
        pytest.param(D("-0.04"), 1, "0,0", id="no negative zero"),
        pytest.param(D("-1234.5"), 1, "\u22121\u202f234,5", id="minus sign"),
        pytest.param(0, 0, "0", id="zero is data"),
        pytest.param(None, 1, "нет данных", id="absent"),
        pytest.param("", 1, "нет данных", id="empty"),
        pytest.param("не число", 1, "нет данных", id="no number"),
        pytest.param(float("nan"), 1, "нет данных", id="not a number"),
    ],
)
def test_figure(value: object, decimals: int, text: str) -> None:
    assert figure(value, decimals) == text  # type: ignore[arg-type]


def test_percent_and_points() -> None:
    assert percent(D("45.25")) == "45,3\u00a0%"
    assert percent(None) == "нет данных"
    assert points(D("2.4")) == "+2,4\u00a0п.\u00a0п."
    assert points(D("-2.4")) == "\u22122,4\u00a0п.\u00a0п."
    assert points(D("0.01")) == "0,0\u00a0п.\u00a0п."


@pytest.mark.parametrize(
    ("count", "word"), [(1, "школа"), (2, "школы"), (5, "школ"), (11, "школ"), (21, "школа"), (112, "школ")]
)
def test_plural(count: int, word: str) -> None:
    assert plural(count, "школа", "школы", "школ") == word
