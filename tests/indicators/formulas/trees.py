"""Random trees of the formula language for property tests."""

from decimal import Decimal
from itertools import chain

from hypothesis import strategies as st

from apps.indicators.formulas.nodes import Call, Chain, Comparison, Kind, Logic, Negative, Not, Number, Reference

CODES = ("so_oo.1.1", "so_oo.1.5%", "so_oo.A.staff", "ОБ.1", "so_dod.A.ped_ahr")

numbers = st.decimals(min_value=0, max_value=10**6, places=3).map(lambda number: Number(Decimal(f"{number:f}")))
leaves = numbers | st.sampled_from(CODES).map(Reference)


def _sums(node: st.SearchStrategy) -> st.SearchStrategy:
    """Numbers built from numbers."""
    several = st.lists(node, min_size=1, max_size=3).map(tuple)
    condition = st.builds(Comparison, st.sampled_from(["<", "<=", "=", "<>", ">=", ">"]), node, node)
    conditions = (
        condition
        | condition.map(Not)
        | st.builds(Logic, st.sampled_from(["and", "or"]), st.lists(condition, min_size=2, max_size=3).map(tuple))
    )
    return st.one_of(
        st.builds(Negative, node),
        st.builds(Chain, node, st.lists(st.tuples(st.sampled_from("+-"), node), min_size=1, max_size=3).map(tuple)),
        st.builds(Chain, node, st.lists(st.tuples(st.sampled_from("*/"), node), min_size=1, max_size=3).map(tuple)),
        st.builds(Call, st.sampled_from(["sum", "min", "max", "mean"]), several),
        st.builds(Call, st.just("coalesce"), st.tuples(node, node)),
        st.builds(Call, st.just("abs"), st.tuples(node)),
        st.builds(Call, st.just("round"), st.tuples(node, st.integers(0, 6).map(lambda n: Number(Decimal(n))))),
        st.builds(Call, st.just("share"), st.tuples(node, node)),
        st.builds(Call, st.just("previous"), st.tuples(st.sampled_from(CODES).map(Reference))),
        st.builds(
            lambda measured, steps, points: Call(
                "points", (measured, *chain.from_iterable(zip(steps, points, strict=False)))
            ),
            node,
            st.sets(st.integers(0, 9), min_size=1, max_size=3).map(
                lambda found: [Number(Decimal(n)) for n in sorted(found)]
            ),
            st.lists(numbers, min_size=3, max_size=3),
        ),
        st.builds(Call, st.just("if"), st.tuples(conditions, node, node)),
    )


formulas = st.recursive(leaves, _sums, max_leaves=12)
values = st.dictionaries(
    st.sampled_from(CODES), st.none() | st.decimals(allow_nan=True, allow_infinity=True, max_value=None), max_size=5
)
KINDS = Kind
