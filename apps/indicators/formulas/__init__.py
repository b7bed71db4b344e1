"""The formula language: text in, a bounded tree, a number or a reason out. Plain Python, no Django.

`parse(text)` reads a formula, `evaluate(node, values)` counts it, `check_rule(text, values)` says whether a rule
holds, `linearize(node)` finds its numerator and denominator, `in_words(node, names)` says it in Russian.
Nothing of the text is ever executed as Python.
"""

from apps.indicators.formulas.errors import FormulaError
from apps.indicators.formulas.evaluation import Outcome, Reason, check_rule, evaluate
from apps.indicators.formulas.graph import find_cycle
from apps.indicators.formulas.linear import Linear, linearize
from apps.indicators.formulas.nodes import (
    Kind,
    Node,
    current_references,
    kind_of,
    previous_key,
    previous_references,
    references,
)
from apps.indicators.formulas.parsing import parse, parse_condition
from apps.indicators.formulas.printing import to_text
from apps.indicators.formulas.words import in_words

__all__ = [
    "FormulaError",
    "Kind",
    "Linear",
    "Node",
    "Outcome",
    "Reason",
    "check_rule",
    "current_references",
    "evaluate",
    "find_cycle",
    "in_words",
    "kind_of",
    "linearize",
    "parse",
    "parse_condition",
    "previous_key",
    "previous_references",
    "references",
    "to_text",
]
