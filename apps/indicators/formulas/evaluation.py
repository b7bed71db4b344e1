"""Counting a formula over values of indicators. Absent is not zero, and nothing here raises for bad data.

Order of work: values are Decimals; a missing one makes the result missing, with its code named, unless
`coalesce`, `if`, `and`, `or` do without it; division by zero and numbers out of range give a reason, never an
infinity. Rounding happens only where the formula says `round` (half up, away from zero).
"""

import decimal
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

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
    previous_key,
)
from apps.indicators.formulas.parsing import parse_condition


class Reason(StrEnum):
    NO_DATA = "no_data"
    DIVISION_BY_ZERO = "division_by_zero"
    OUT_OF_RANGE = "out_of_range"

    @property
    def text(self) -> str:
        return _REASONS[self]


_REASONS = {
    Reason.NO_DATA: "нет данных",
    Reason.DIVISION_BY_ZERO: "деление на ноль",
    Reason.OUT_OF_RANGE: "число вне допустимых пределов",
}


@dataclass(frozen=True)
class Outcome:
    """A number, a yes or no, or the reason why there is none with the codes of the missing values."""

    value: Decimal | bool | None
    reason: Reason | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.reason is None

    @property
    def number(self) -> Decimal | None:
        return self.value if isinstance(self.value, Decimal) else None


Values = Mapping[str, Decimal | None]

_CONTEXT = decimal.Context(
    prec=34,
    rounding=ROUND_HALF_UP,
    Emin=-60,
    Emax=60,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


class _Unknown(Exception):
    def __init__(self, reason: Reason, missing: tuple[str, ...] = ()) -> None:
        self.outcome = Outcome(None, reason, missing)


def evaluate(node: Node, values: Values) -> Outcome:
    """What the formula gives for these values; a code that is not among them is missing."""
    try:
        with decimal.localcontext(_CONTEXT):
            return Outcome(_value(node, values))
    except _Unknown as unknown:
        return unknown.outcome
    except (decimal.DivisionByZero, ZeroDivisionError):
        return Outcome(None, Reason.DIVISION_BY_ZERO)
    except decimal.DecimalException:
        return Outcome(None, Reason.OUT_OF_RANGE)


def check_rule(condition: str | Node, values: Values) -> Outcome:
    """Whether the rule holds: value True or False; a rule whose inputs are unknown does not apply (value None).

    Raises FormulaError when `condition` is a text that is no condition.
    """
    return evaluate(parse_condition(condition) if isinstance(condition, str) else condition, values)


def _value(node: Node, values: Values) -> Decimal | bool:
    match node:
        case Number(value):
            return value
        case Reference(code):
            return _input(code, values)
        case Negative(operand):
            return -_number(operand, values)
        case Chain():
            return _chain(node, values)
        case Comparison(sign, left, right):
            return _compare(sign, _number(left, values), _number(right, values))
        case Not(operand):
            return not _value(operand, values)
        case Logic(word, operands):
            return _logic(word, operands, values)
        case Call("if", (condition, yes, no)):
            return _value(yes if _value(condition, values) else no, values)
        case Call("previous", (Reference(code),)):
            return _input(previous_key(code), values)
        case Call("points", (measured, *steps)):
            return _points(_number(measured, values), [_number(step, values) for step in steps])
        case Call("coalesce", arguments):
            return _first_known(arguments, values)
        case Call(name, arguments):
            return _call(name, arguments, values)


def _input(code: str, values: Values) -> Decimal:
    value = values.get(code)
    if value is None:
        raise _Unknown(Reason.NO_DATA, (code,))
    number = Decimal(value)
    if not number.is_finite() or number.adjusted() > _CONTEXT.Emax:
        raise _Unknown(Reason.OUT_OF_RANGE, (code,))
    return number


def _number(node: Node, values: Values) -> Decimal:
    return Decimal(_value(node, values))


def _chain(node: Chain, values: Values) -> Decimal:
    # All inputs are read first: «нет данных» names every missing code and wins over a division by zero.
    first, *rest = _numbers([node.first, *(part for _, part in node.rest)], values)
    total = +first
    for (sign, _), number in zip(node.rest, rest, strict=True):
        match sign:
            case "+":
                total += number
            case "-":
                total -= number
            case "*":
                total *= number
            case _:
                if number == 0:
                    raise _Unknown(Reason.DIVISION_BY_ZERO)
                total /= number
    return total


def _numbers(nodes: Iterable[Node], values: Values) -> list[Decimal]:
    numbers: list[Decimal] = []
    missing: list[str] = []
    other: _Unknown | None = None
    for node in nodes:
        try:
            numbers.append(_number(node, values))
        except _Unknown as unknown:
            if unknown.outcome.reason == Reason.NO_DATA:
                missing += unknown.outcome.missing
            else:
                other = other or unknown
    if missing:
        raise _Unknown(Reason.NO_DATA, tuple(dict.fromkeys(missing)))
    if other:
        raise other
    return numbers


def _compare(sign: str, left: Decimal, right: Decimal) -> bool:
    order = (left > right) - (left < right)
    return {"<": order < 0, "<=": order <= 0, "=": order == 0, "<>": order != 0, ">=": order >= 0, ">": order > 0}[sign]


def _logic(word: str, operands: tuple[Node, ...], values: Values) -> bool:
    """One decisive operand is enough, whatever the others are: no and unknown is no, yes or unknown is yes."""
    decisive = word == "or"
    unknown: _Unknown | None = None
    for operand in operands:
        try:
            if bool(_value(operand, values)) is decisive:
                return decisive
        except _Unknown as found:
            unknown = unknown or found
    if unknown:
        raise unknown
    return not decisive


def _first_known(arguments: tuple[Node, ...], values: Values) -> Decimal | bool:
    for argument in arguments[:-1]:
        try:
            return _value(argument, values)
        except _Unknown:
            continue
    return _value(arguments[-1], values)


def _points(measured: Decimal, steps: list[Decimal]) -> Decimal:
    """Points of the highest step that is reached; below the first step there are none."""
    reached = [points for step, points in zip(steps[::2], steps[1::2], strict=True) if measured >= step]
    return reached[-1] if reached else Decimal(0)


def _call(name: str, arguments: tuple[Node, ...], values: Values) -> Decimal:
    numbers = _numbers(arguments, values)
    match name:
        case "sum":
            return sum(numbers, Decimal(0))
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
        case "mean":
            return sum(numbers, Decimal(0)) / len(numbers)
        case "abs":
            return abs(numbers[0])
        case "share":
            if numbers[1] == 0:
                raise _Unknown(Reason.DIVISION_BY_ZERO)
            return 100 * numbers[0] / numbers[1]
        case _:
            places = int(numbers[1]) if len(numbers) == 2 else 0
            return numbers[0].quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
