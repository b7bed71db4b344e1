"""Whatever is typed into an address is a number or none."""

import pytest

from apps.core.addresses import number_in


@pytest.mark.parametrize(("text", "number"), [("17", 17), ("0", 0), ("99999999999", 99_999_999_999)])
def test_numbers(text: str, number: int) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.5", " 1", "1e3", "999999999999", "9" * 5000, "\x00"])
def test_what_is_none(text: str) -> None:
    assert number_in(text) is None
