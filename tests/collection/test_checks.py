"""Checks of a filled form, on plain data."""

from decimal import Decimal

import pytest

from apps.collection.checks import check, derived_values, is_jump
from apps.collection.definition import FormDefinition, Given, Row, Rule, remaining


def row(number: str, **fields: object) -> Row:
    common = {"field_id": 1, "version_id": 1, "section": "1", "name": f"Строка {number}", "unit": "человек"}
    return Row(key=f"t.{number}", number=number, **{"value_type": "int", **common, **fields})  # type: ignore[arg-type]


FORM = FormDefinition(
    code="t",
    version=1,
    title="Проба",
    legal_basis="Приказ",
    rows=(
        row("1"),
        row("2"),
        row("2%", is_derived=True, is_required=False, formula="100 * [t.2] / [t.1]", value_type="percent", unit="%"),
        row("3", value_type="percent", is_required=False),
    ),
    rules=(Rule("[t.2] <= [t.1]", "error", "Часть больше целого", "t.2"),),
)


def given(**numbers: str | int) -> dict[str, Given]:
    return {f"t.{key.removeprefix('r')}": Given(number=Decimal(value)) for key, value in numbers.items()}


def codes(answers: dict[str, Given], previous: dict[str, Decimal] | None = None) -> list[tuple[str, str, str]]:
    return [(r.key, str(r.finding.severity), r.finding.code) for r in check(FORM, answers, previous or {})]


def test_good_answers_have_no_remarks() -> None:
    assert codes(given(r1=100, r2=40, r3=85)) == []


@pytest.mark.fault("U26")
def test_a_broken_rule_names_the_numbers() -> None:
    (remark,) = check(FORM, given(r1=10, r2=12), {})
    assert remark.key == "t.2"
    assert remark.finding.found == "строка 1 — 10, строка 2 — 12"


def test_a_rule_with_an_absent_input_is_not_judged() -> None:
    assert codes({"t.2": Given(number=Decimal(12)), "t.1": Given(absence_reason="нет приборов")}) == []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (given(r1=-1), ("t.1", "error", "below_minimum")),
        (given(r3=101), ("t.3", "error", "above_maximum")),
        (given(r3="0.85"), ("t.3", "query", "share_or_percent")),
    ],
)
def test_bounds(answers: dict[str, Given], expected: tuple[str, str, str]) -> None:
    assert codes(answers) == [expected]


@pytest.mark.parametrize(
    ("before", "now", "jump"),
    [
        pytest.param(100, 150, False, id="half is not more than half"),
        pytest.param(100, 151, True, id="more than half"),
        pytest.param(4, 13, False, id="small numbers may double"),
        pytest.param(4, 15, True, id="more than ten and more than half"),
        pytest.param(0, 11, True, id="from nothing"),
    ],
)
def test_a_jump_is_large_both_ways(before: int, now: int, jump: bool) -> None:
    assert is_jump(Decimal(before), Decimal(now)) is jump
    assert is_jump(Decimal(1000 - before), Decimal(1000 - before)) is False


@pytest.mark.fault("U26")
def test_an_explained_jump_is_a_notice() -> None:
    explained = {"t.1": Given(number=Decimal(300), explanation="открыт новый корпус")}
    assert codes(given(r1=300), {"t.1": Decimal(100)}) == [("t.1", "query", "jump")]
    assert codes(explained, {"t.1": Decimal(100)}) == [("t.1", "notice", "jump")]


def test_an_explanation_does_not_excuse_an_error() -> None:
    answers = {"t.1": Given(number=Decimal(10)), "t.2": Given(number=Decimal(12), explanation="так вышло")}
    assert codes(answers) == [("t.2", "error", "rule")]


def test_derived_rows_divide_last_and_absent_stays_absent() -> None:
    assert derived_values(FORM, given(r1=8, r2=3))["t.2%"].number == Decimal("37.5")
    assert derived_values(FORM, given(r1=0, r2=0))["t.2%"].number is None
    assert derived_values(FORM, given(r2=3))["t.2%"].number is None


def test_remaining_counts_required_rows_without_value_and_reason() -> None:
    assert [item.number for item in remaining(FORM, {})] == ["1", "2"]
    assert [item.number for item in remaining(FORM, {"t.1": Given(number=Decimal(0))})] == ["2"]
    assert remaining(FORM, {"t.1": Given(number=Decimal(0)), "t.2": Given(absence_reason="не ведём")}) == []
