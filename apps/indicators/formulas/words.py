"""A formula said in Russian, for people who do not read codes."""

from collections.abc import Mapping

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

_COMPARISONS = {"<": "меньше", "<=": "не больше", "=": "равно", "<>": "не равно", ">=": "не меньше", ">": "больше"}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_FUNCTIONS = {
    "sum": "сумма",
    "min": "наименьшее из",
    "max": "наибольшее из",
    "mean": "среднее",
    "abs": "модуль",
    "round": "округление",
    "coalesce": "первое известное из",
}


def in_words(node: Node, names: Mapping[str, str]) -> str:
    """The formula with names of indicators in place of codes; an unknown code stays as it is."""
    match node:
        case Number(value):
            return f"{value:f}".replace(".", ",")
        case Reference(code):
            return f"«{names[code]}»" if code in names else f"[{code}]"
        case Negative(operand):
            return f"−{_inside(operand, names)}"
        case Not(operand):
            return f"неверно, что {_inside(operand, names)}"
        case Chain(first, rest):
            return _inside(first, names) + "".join(f" {_SIGNS[sign]} {_inside(part, names)}" for sign, part in rest)
        case Comparison(sign, left, right):
            return f"{_inside(left, names)} {_COMPARISONS[sign]} {_inside(right, names)}"
        case Logic(word, operands):
            return (" и " if word == "and" else " или ").join(_inside(part, names) for part in operands)
        case Call("if", (condition, yes, no)):
            return f"если {in_words(condition, names)}, то {in_words(yes, names)}, иначе {in_words(no, names)}"
        case Call("share", (part, whole)):
            return f"доля в процентах: {_inside(part, names)} от {_inside(whole, names)}"
        case Call("previous", (code,)):
            return f"{in_words(code, names)} за прошлый период"
        case Call("points", (measured, *steps)):
            pairs = "; ".join(f"от {in_words(a, names)} — {in_words(b, names)}" for a, b in pairwise(steps))
            return f"баллы по шкале за {_inside(measured, names)} ({pairs}; меньше — 0)"
        case Call(name, arguments):
            return f"{_FUNCTIONS[name]} ({'; '.join(in_words(part, names) for part in arguments)})"


def _inside(node: Node, names: Mapping[str, str]) -> str:
    text = in_words(node, names)
    return f"({text})" if isinstance(node, Chain | Logic | Comparison | Not) or _is_open(node) else text


def _is_open(node: Node) -> bool:
    return isinstance(node, Call) and node.name in {"if", "share"}
