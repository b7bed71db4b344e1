"""From the tree back to canonical text; reading it gives the same tree."""

from apps.indicators.formulas.nodes import (
    Call,
    Chain,
    Comparison,
    Logic,
    Negative,
    Node,
    Not,
    Number,
    Reference,
    pairwise,
)

# Binding strength: a weaker node inside a stronger place stands in parentheses.
_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _UNARY, _PRIMARY = range(8)


def _strength(node: Node) -> int:
    match node:
        case Logic(word, _):
            return _OR if word == "or" else _AND
        case Not():
            return _NOT
        case Comparison():
            return _COMPARISON
        case Chain():
            return _SUM if node.is_sum else _PRODUCT
        case Negative():
            return _UNARY
        case _:
            return _PRIMARY


def _inside(node: Node, least: int) -> str:
    text = to_text(node)
    return text if _strength(node) >= least else f"({text})"


def to_text(node: Node) -> str:
    """The formula as one line: `100 * [so_oo.1.5] / [so_oo.1.1]`."""
    match node:
        case Number(value):
            return f"{value:f}"
        case Reference(code):
            return f"[{code}]"
        case Negative(operand):
            return f"-{_inside(operand, _UNARY)}"
        case Not(operand):
            return f"not {_inside(operand, _NOT)}"
        case Chain(first, rest):
            least = _strength(node) + 1
            return _inside(first, least) + "".join(f" {sign} {_inside(part, least)}" for sign, part in rest)
        case Comparison(sign, left, right):
            return f"{_inside(left, _SUM)} {sign} {_inside(right, _SUM)}"
        case Logic(word, operands):
            return f" {word} ".join(_inside(part, _strength(node) + 1) for part in operands)
        case Call("points", (measured, *steps)):
            pairs = [f"{to_text(step)}: {to_text(points)}" for step, points in pairwise(steps)]
            return f"points({', '.join([to_text(measured), *pairs])})"
        case Call(name, arguments):
            return f"{name}({', '.join(to_text(part) for part in arguments)})"
