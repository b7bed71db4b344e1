"""Formulas that refer to each other in a circle, or very deeply."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.indicators.formulas.graph import depth_of, find_cycle


@pytest.mark.parametrize(
    ("uses", "cycle"),
    [
        ({}, None),
        ({"a": ["b"], "b": ["c"]}, None),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, None),
        ({"a": ["a"]}, ["a", "a"]),
        ({"a": ["b"], "b": ["a"]}, ["a", "b", "a"]),
        ({"x": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}, ["a", "b", "c", "a"]),
    ],
)
def test_a_circle_is_found_with_its_path(uses, cycle):
    assert find_cycle(uses) == cycle


def test_a_deep_chain_is_walked_without_recursion():
    chain = {str(number): [str(number + 1)] for number in range(20_000)}
    assert find_cycle(chain) is None
    assert depth_of(chain) == 20_000
    assert find_cycle({**chain, "20000": ["0"]})[0] == "0"


@given(st.dictionaries(st.integers(0, 8), st.lists(st.integers(0, 8), max_size=3), max_size=9))
def test_it_agrees_with_peeling_off_leaves(uses):
    left = {code: set(inputs) & uses.keys() for code, inputs in uses.items()}
    while leaves := [code for code, inputs in left.items() if not inputs & left.keys()]:
        for code in leaves:
            del left[code]
    cycle = find_cycle(uses)
    assert (cycle is not None) == bool(left)
    if cycle:
        assert cycle[0] == cycle[-1]
        assert all(following in uses[code] for code, following in zip(cycle, cycle[1:], strict=False))
