"""Counting: by a table, and by properties that hold for any formula and any data."""

import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.indicators.formulas import Outcome, Reason, check_rule, evaluate, parse
from tests.indicators.formulas import trees

D = Decimal

VALUES = {"a": D(12), "b": D(48), "zero": D(0), "none": None, "neg": D("-0.5"), "previous(a)": D(10)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100 * [a] / [b]", D(25)),
        ("2 + 3 * 4", D(14)),
        ("(2 + 3) * 4", D(20)),
        ("10 - 4 - 3", D(3)),
        ("100 / 10 / 2", D(5)),
        ("-[a] + 2", D(-10)),
        ("- -1", D(1)),
        ("1.10 + 1.1", D("2.20")),
        ("sum([a], [b], 1)", D(61)),
        ("min([a], [b])", D(12)),
        ("max([a], [b])", D(48)),
        ("mean([a], [b])", D(30)),
        ("abs([neg])", D("0.5")),
        ("round(0.5)", D(1)),
        ("round([neg])", D(-1)),
        ("round(2.345, 2)", D("2.35")),
        ("coalesce([none], [a])", D(12)),
        ("coalesce([none], 0)", D(0)),
        ("coalesce([a] / [zero], 7)", D(7)),
        ("if([a] < [b], 1, 2)", D(1)),
        ("if([a] >= [b], [none], 2)", D(2)),
        ("if([a] > 1 and [zero] = 0, 5, 6)", D(5)),
        ("[zero] / [a]", D(0)),
        ("share([a], [b])", D(25)),
        ("points([a], 10: 30, 12: 60, 13: 90)", D(60)),
        ("points([zero], 1: 30)", D(0)),
        ("points([neg], -1: -5, 0: 7)", D(-5)),
        ("[a] - previous([a])", D(2)),
    ],
)
def test_a_formula_gives_its_number(text, expected):
    assert evaluate(parse(text), VALUES) == Outcome(expected)


@pytest.mark.parametrize(
    ("text", "reason", "missing"),
    [
        ("100 * [none] / [b]", Reason.NO_DATA, ("none",)),
        ("[unknown] + [none]", Reason.NO_DATA, ("unknown", "none")),
        ("sum([a], [none])", Reason.NO_DATA, ("none",)),
        ("mean([a], [none])", Reason.NO_DATA, ("none",)),
        ("[none] * 0", Reason.NO_DATA, ("none",)),
        ("[none] / [zero]", Reason.NO_DATA, ("none",)),
        ("previous([b]) + [none]", Reason.NO_DATA, ("previous(b)", "none")),
        ("points([none], 1: 30)", Reason.NO_DATA, ("none",)),
        ("share([a], [zero])", Reason.DIVISION_BY_ZERO, ()),
        ("[a] / [zero]", Reason.DIVISION_BY_ZERO, ()),
        ("[zero] / [zero]", Reason.DIVISION_BY_ZERO, ()),
        ("if([none] > 1, 1, 2)", Reason.NO_DATA, ("none",)),
        ("[nan] + 1", Reason.OUT_OF_RANGE, ("nan",)),
        ("[inf] + 1", Reason.OUT_OF_RANGE, ("inf",)),
        ("[huge] * [huge]", Reason.OUT_OF_RANGE, ()),
        ("round([huge], 6)", Reason.OUT_OF_RANGE, ()),
    ],
)
def test_what_cannot_be_counted_gives_its_reason(text, reason, missing):
    values = {**VALUES, "nan": D("NaN"), "inf": D("Infinity"), "huge": D("1e50")}
    assert evaluate(parse(text), values) == Outcome(None, reason, missing)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("[a] <= [b]", True),
        ("[a] = [b]", False),
        ("[none] <= [b]", None),
        ("[none] > 1 or [a] = 12", True),
        ("[none] > 1 and [a] = 13", False),
        ("[none] > 1 or [a] = 13", None),
        ("not [none] > 1", None),
        ("not [a] > [b]", True),
        ("[a] = 12.000", True),
        ("[a] <> 12", False),
    ],
)
def test_a_rule_holds_or_not_or_does_not_apply(condition, expected):
    assert check_rule(condition, VALUES).value is expected


@settings(max_examples=300)
@given(trees.formulas, trees.values)
def test_no_data_and_no_formula_make_it_fail_or_linger(tree, values):
    begun = time.process_time()
    outcome = evaluate(tree, values)
    assert time.process_time() - begun < 0.05
    assert (outcome.value is None) == (outcome.reason is not None)
    if outcome.value is not None:
        assert outcome.number is not None
        assert outcome.number.is_finite()


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=20), st.integers(1, 10**6))
def test_a_share_agrees_with_exact_fractions(parts, whole):
    names = [f"p{number}" for number in range(len(parts))]
    text = f"100 * ({' + '.join(f'[{name}]' for name in names)}) / [whole]"
    values = {name: D(part) for name, part in zip(names, parts, strict=True)} | {"whole": D(whole)}
    exact = Fraction(100 * sum(parts), whole)
    found = evaluate(parse(text), values).number
    assert abs(Fraction(found) - exact) <= abs(exact) / 10**30
