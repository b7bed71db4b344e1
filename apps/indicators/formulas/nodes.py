"""The tree of a formula. Chains of + − and × ÷ are flat, so that long sums are not deep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    NUMBER = "number"
    CONDITION = "condition"


@dataclass(frozen=True)
class Number:
    value: Decimal  # never negative: a minus is a node of its own


@dataclass(frozen=True)
class Reference:
    """The value of an indicator, `[so_oo.1.10]`."""

    code: str


@dataclass(frozen=True)
class Negative:
    operand: "Node"


@dataclass(frozen=True)
class Chain:
    """`first + a − b …` (a sum) or `first × a ÷ b …` (a product); `rest` holds pairs of sign and node."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]

    @property
    def is_sum(self) -> bool:
        return self.rest[0][0] in "+-"


@dataclass(frozen=True)
class Comparison:
    sign: str  # < <= = <> >= >
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Logic:
    word: str  # and, or
    operands: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    operand: "Node"


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple["Node", ...]


Node = Number | Reference | Negative | Chain | Comparison | Logic | Not | Call


def kind_of(node: Node) -> Kind:
    """A number or a condition; `if` is what its branches are."""
    if isinstance(node, Comparison | Logic | Not):
        return Kind.CONDITION
    if isinstance(node, Call) and node.name == "if":
        return kind_of(node.arguments[1])
    return Kind.NUMBER


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Negative(operand) | Not(operand):
            return (operand,)
        case Chain(first, rest):
            return (first, *(operand for _, operand in rest))
        case Comparison(_, left, right):
            return (left, right)
        case Logic(_, operands) | Call(_, operands):
            return operands
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order of the text."""
    yield node
    for child in children(node):
        yield from walk(child)


def references(node: Node) -> list[str]:
    """Codes of the indicators in the order of their first appearance."""
    return list(dict.fromkeys(part.code for part in walk(node) if isinstance(part, Reference)))


def pairwise(steps: Sequence[Node]) -> list[tuple[Node, Node]]:
    """Steps of `points` with their points."""
    return list(zip(steps[::2], steps[1::2], strict=True))


def previous_references(node: Node) -> list[str]:
    """Codes of the indicators whose value of the period before is needed, `previous([…])`."""
    calls = (part for part in walk(node) if isinstance(part, Call) and part.name == "previous")
    return list(dict.fromkeys(code for call in calls for code in references(call)))


def current_references(node: Node) -> list[str]:
    """Codes of the indicators whose value of the period itself is needed."""
    if isinstance(node, Reference):
        return [node.code]
    if isinstance(node, Call) and node.name == "previous":
        return []
    return list(dict.fromkeys(code for child in children(node) for code in current_references(child)))


def previous_key(code: str) -> str:
    """Under which name the value of the period before stands among the values of a formula."""
    return f"previous({code})"
