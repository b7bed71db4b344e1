"""Formulas of the language as formulas of a spreadsheet: the workbook computes its shares offline."""

from collections.abc import Callable

from apps.indicators.formulas import Node, references
from apps.indicators.formulas.nodes import Call, Chain, Comparison, Logic, Negative, Not, Number, Reference

Address = Callable[[str], str]
_NAMES = {"sum": "SUM", "min": "MIN", "max": "MAX", "mean": "AVERAGE", "abs": "ABS", "if": "IF", "round": "ROUND"}


class NotTranslatable(Exception):
    """The formula has no counterpart in a spreadsheet; its row stays empty in the workbook."""


def spreadsheet_formula(node: Node, address: Address, *, decimals: int) -> str:
    """`=IF(an input is empty, "", …)`, rounded; empty inputs give an empty cell and not zero."""
    inputs = [f'{address(code)}=""' for code in references(node)]
    body = f'IFERROR(ROUND({_text(node, address)},{decimals}),"")'
    return f'=IF(OR({",".join(inputs)}),"",{body})' if inputs else f"={body}"


def _text(node: Node, address: Address) -> str:  # noqa: PLR0911 (one line a kind of node)
    match node:
        case Number(value):
            return str(value)
        case Reference(code):
            return address(code)
        case Negative(operand):
            return f"(-{_text(operand, address)})"
        case Chain(first, rest):
            return "(" + _text(first, address) + "".join(f"{sign}{_text(part, address)}" for sign, part in rest) + ")"
        case Comparison(sign, left, right):
            return f"({_text(left, address)}{sign}{_text(right, address)})"
        case Not(operand):
            return f"NOT({_text(operand, address)})"
        case Logic(word, operands):
            return f"{word.upper()}({','.join(_text(part, address) for part in operands)})"
        case Call(name, arguments) if name in _NAMES:
            parts = [_text(part, address) for part in arguments]
            return f"{_NAMES[name]}({','.join(parts + ['0'] if name == 'round' and len(parts) == 1 else parts)})"
    raise NotTranslatable
