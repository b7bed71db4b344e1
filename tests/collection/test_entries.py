"""What a cell says: numbers, yes and no, absence. Nothing becomes zero by itself."""

from datetime import date
from decimal import Decimal

import pytest

from apps.collection.entries import EMPTY, BadEntry, Entry, read_number, read_text, read_yes_no
from apps.workbooks.cells import CellProblem


@pytest.mark.parametrize(
    ("value", "number"),
    [
        pytest.param(0, Decimal(0), id="zero is a number"),
        pytest.param("1\u00a0250,5", Decimal("1250.5"), id="spaces and comma"),
        pytest.param(0.1 + 0.2, Decimal("0.3"), id="float noise"),
        pytest.param("\u200b12", Decimal(12), id="zero width"),
        pytest.param("85", Decimal(85), id="a number as text"),
    ],
)
def test_numbers_are_read_as_written(value: object, number: Decimal) -> None:
    assert read_number(value).number == number


@pytest.mark.parametrize("value", [None, "", "  ", "\u200b"])
def test_empty_is_empty_and_not_zero(value: object) -> None:
    assert read_number(value) == EMPTY
    assert read_yes_no(value) == EMPTY


@pytest.mark.parametrize("value", ["н/д", "-", "—"])
def test_said_absence_is_told_apart_from_empty(value: str) -> None:
    assert read_number(value) == Entry(says_absent=True)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("12 чел.", "unit"),
        ("10-12", "range"),
        ("1.2.3", "date"),
        ("пять", "text"),
        (True, "boolean"),
        (date(2026, 5, 12), "date"),
        ("1e400", "size"),
        ("1_0", "text"),
        ("١٢", "digits"),
        (10**14, "size"),
        ("0,0000001", "decimals"),
        (CellProblem("formula", "=D1"), "formula"),
        (CellProblem("error", "#ДЕЛ/0!"), "error"),
    ],
)
def test_what_is_no_number_is_refused_with_words(value: object, code: str) -> None:
    with pytest.raises(BadEntry) as refused:
        read_number(value)
    assert refused.value.code == code
    assert refused.value.message
    assert refused.value.action


def test_half_a_person_is_refused() -> None:
    with pytest.raises(BadEntry, match="целое") as refused:
        read_number(12.5, whole=True)
    assert refused.value.code == "not_whole"
    assert read_number(12.0, whole=True).number == 12


@pytest.mark.parametrize(("value", "number"), [("да", 1), ("Нет ", 0), (True, 1), (0, 0), ("ИСТИНА", 1)])
def test_yes_and_no(value: object, number: int) -> None:
    assert read_yes_no(value).number == number


@pytest.mark.parametrize("value", ["наверное", 2, 0.5, CellProblem("error", "#Н/Д")])
def test_neither_yes_nor_no(value: object) -> None:
    with pytest.raises(BadEntry):
        read_yes_no(value)


def test_text_is_cleaned() -> None:
    assert read_text("да\u202eтен\u200b ").text == "датен"
