"""Formulas and rules of forms, parsed once: a text always has the same meaning, whichever form version holds it."""

from functools import lru_cache

from apps.indicators import formulas
from apps.indicators.formulas import Node

KEPT = 4096


@lru_cache(maxsize=KEPT)
def formula(text: str) -> Node:
    """The tree of a number's formula. Raises FormulaError."""
    return formulas.parse(text)


@lru_cache(maxsize=KEPT)
def condition(text: str) -> Node:
    """The tree of a rule. Raises FormulaError."""
    return formulas.parse_condition(text)


@lru_cache(maxsize=KEPT)
def named(text: str) -> frozenset[str]:
    """Codes of the rows that a rule names, of this period or of the one before."""
    node = condition(text)
    return frozenset([*formulas.current_references(node), *formulas.previous_references(node)])
