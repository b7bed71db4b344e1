"""Numerator and denominator of a formula; what does not add up over organisations is refused."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.indicators.formulas import Linear, evaluate, linearize, parse
from tests.indicators.formulas import trees

D = Decimal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100 * [a] / [b]", Linear(D(100), {"a": D(1)}, {"b": D(1)})),
        ("[a] / [b] * 100", Linear(D(100), {"a": D(1)}, {"b": D(1)})),
        ("[a] / [b]", Linear(D(1), {"a": D(1)}, {"b": D(1)})),
        ("100 * ([a] + [c]) / ([b] - [c])", Linear(D(100), {"a": D(1), "c": D(1)}, {"b": D(1), "c": D(-1)})),
        ("[a] + 2 * [b]", Linear(D(1), {"a": D(1), "b": D(2)})),
        ("sum([a], [b], [a])", Linear(D(1), {"a": D(2), "b": D(1)})),
        ("mean([a], [b])", Linear(D("0.5"), {"a": D(1), "b": D(1)})),
        ("100 * [a] / sum([a], [b])", Linear(D(100), {"a": D(1)}, {"a": D(1), "b": D(1)})),
        ("[a] / [b] + [c] / [b]", Linear(D(1), {"a": D(1), "c": D(1)}, {"b": D(1)})),
        ("-[a] / 4", Linear(D("-0.25"), {"a": D(1)})),
        ("[a] / 2 + [b] / 5", Linear(D(1), {"a": D("0.5"), "b": D("0.2")})),
        ("100 * [a] / (3 * [b])", Linear(D(100), {"a": D(1)}, {"b": D(3)})),
        ("50 * [a] / (2 * [b])", Linear(D(25), {"a": D(1)}, {"b": D(1)})),
    ],
)
def test_linear_formulas(text, expected):
    assert linearize(parse(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[a] * [b]",
        "[a] / [b] + [c] / [d]",
        "[a] + 5",
        "5",
        "([a] + 5) / [b]",
        "[a] / ([b] + 1)",
        "[a] / 0",
        "[a] / ([b] - [b])",
        "[a] - [a]",
        "round([a], 1)",
        "if([a] > 1, [a], [b])",
        "max([a], [b])",
        "coalesce([a], 0) / [b]",
        "[a] / 3",
    ],
)
def test_other_formulas_are_not(text):
    assert linearize(parse(text)) is None


coefficients = st.sampled_from(["1", "2", "0.5", "100", "7.25"])
sums = st.dictionaries(st.sampled_from(trees.CODES), coefficients, min_size=1, max_size=4).map(
    lambda terms: "(" + " + ".join(f"{number} * [{code}]" for code, number in terms.items()) + ")"
)


@settings(max_examples=150)
@given(coefficients, sums, sums, st.booleans(), st.lists(st.integers(1, 999), min_size=5, max_size=5))
def test_the_linear_form_counts_the_same(scale, top_text, bottom_text, is_ratio, numbers):
    tree = parse(f"{scale} * {top_text}" + (f" / {bottom_text}" if is_ratio else ""))
    linear = linearize(tree)
    assert linear is not None
    assert linear.is_ratio == is_ratio
    values = {code: D(number) for code, number in zip(trees.CODES, numbers, strict=True)}
    top = sum(coefficient * values[code] for code, coefficient in linear.numerator.items())
    bottom = sum((coefficient * values[code] for code, coefficient in linear.denominator.items()), D(0))
    direct = evaluate(tree, values).number
    counted = linear.scale * top / (bottom if is_ratio else 1)
    assert abs(counted - direct) <= abs(direct) * D("1e-20")


def test_formulas_built_on_formulas_are_flattened():
    formulas = {"total": parse("[a] + [b]"), "share": parse("100 * [a] / [total]")}
    assert linearize(formulas["share"], formulas) == Linear(D(100), {"a": D(1)}, {"a": D(1), "b": D(1)})


def test_formulas_that_double_each_other_are_worked_out_once():
    formulas = {f"x{step}": parse(f"0.5 * [x{step - 1}] + 0.5 * [x{step - 1}]") for step in range(1, 60)}
    assert linearize(formulas["x59"], formulas) == Linear(D(1), {"x0": D(1)})


def test_numbers_that_grow_without_end_are_not_linear():
    huge = {f"x{step}": parse(f"[x{step - 1}]" + " * 99999999999999999999" * 150) for step in range(1, 20)}
    assert linearize(huge["x19"], huge) is None
