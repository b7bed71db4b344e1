"""The linear part of the language: formulas that are a sum over a sum, times a number.

Only these may be added up over organisations: numerators and denominators are summed, and divided last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from apps.indicators.formulas.nodes import Call, Chain, Negative, Node, Number, Reference

PLACES = 6  # decimals that a stored coefficient may have

_Form = dict[str, Fraction]  # code → coefficient; the key "" is the constant
_Ratio = tuple[_Form, _Form]
_ONE: _Form = {"": Fraction(1)}
_LONGEST = 2048  # bits: a number beyond them cannot be stored anyway


@dataclass(frozen=True)
class Linear:
    """`scale × Σ coefficient·input / Σ coefficient·input`; an empty denominator means a plain sum."""

    scale: Decimal
    numerator: Mapping[str, Decimal]
    denominator: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def is_ratio(self) -> bool:
        return bool(self.denominator)


class _NotLinear(Exception):
    pass


def linearize(node: Node, formulas: Mapping[str, Node] | None = None) -> Linear | None:
    """The numerator and the denominator of the formula, or None when it is not linear.

    References to `formulas` are counted through to the rows that these are built on; the caller has excluded
    circles. Each is worked out once, however often it is used.
    """
    try:
        top, bottom = _Reading(formulas or {}).ratio(node)
        if bottom.keys() == {""}:
            top, bottom = _scaled(top, 1 / bottom[""]), _ONE
        return _linear(top, bottom)
    except (_NotLinear, ZeroDivisionError):
        return None


def _linear(top: _Form, bottom: _Form) -> Linear:
    if "" in top or ("" in bottom and bottom != _ONE) or not top:
        raise _NotLinear
    scale, top = _common(top)
    if bottom == _ONE:
        return Linear(_exact(scale), _coefficients(top))
    divisor, single = _common(bottom)
    if _is_exact(scale / divisor):
        return Linear(_exact(scale / divisor), _coefficients(top), _coefficients(single))
    return Linear(_exact(scale), _coefficients(top), _coefficients(bottom))


def _common(form: _Form) -> tuple[Fraction, _Form]:
    """Equal coefficients are taken out: 100·a + 100·b is 100 × (a + b), and the numerator stays a head count."""
    found = set(form.values())
    if len(found) != 1:
        return Fraction(1), form
    scale = found.pop()
    return scale, dict.fromkeys(form, Fraction(1))


def _coefficients(form: _Form) -> dict[str, Decimal]:
    return {code: _exact(number) for code, number in form.items()}


def _is_exact(number: Fraction) -> bool:
    scaled = number * 10**PLACES
    return scaled.denominator == 1 and abs(scaled.numerator) < 10**20


def _exact(number: Fraction) -> Decimal:
    if not _is_exact(number):
        raise _NotLinear
    scaled = number * 10**PLACES
    return Decimal(scaled.numerator).scaleb(-PLACES).normalize() + 0


def _scaled(form: _Form, factor: Fraction) -> _Form:
    found = {code: factor * number for code, number in form.items() if factor * number}
    for number in found.values():
        if max(number.numerator.bit_length(), number.denominator.bit_length()) > _LONGEST:
            raise _NotLinear
    return found


def _added(left: _Form, right: _Form) -> _Form:
    total = {code: left.get(code, Fraction(0)) + right.get(code, Fraction(0)) for code in {**left, **right}}
    return {code: number for code, number in total.items() if number}


def _multiplied(left: _Form, right: _Form) -> _Form:
    if right.keys() <= {""}:
        return _scaled(left, right.get("", Fraction(0)))
    if left.keys() <= {""}:
        return _scaled(right, left.get("", Fraction(0)))
    raise _NotLinear


class _Reading:
    """Numerators and denominators of a formula and of those it is built on."""

    def __init__(self, formulas: Mapping[str, Node]) -> None:
        self.formulas = formulas
        self.done: dict[str, _Ratio] = {}

    def named(self, code: str) -> _Ratio:
        if code not in self.formulas:
            return {code: Fraction(1)}, _ONE
        if code not in self.done:
            self.done[code] = self.ratio(self.formulas[code])
        return self.done[code]

    def ratio(self, node: Node) -> _Ratio:
        match node:
            case Number(value):
                return ({"": Fraction(value)} if value else {}), _ONE
            case Reference(code):
                return self.named(code)
            case Negative(operand):
                top, bottom = self.ratio(operand)
                return _scaled(top, Fraction(-1)), bottom
            case Chain(first, rest):
                result = self.ratio(first)
                for sign, part in rest:
                    result = _step(sign, result, self.ratio(part))
                return result
            case Call("sum" | "mean" as name, arguments):
                result = self.ratio(arguments[0])
                for part in arguments[1:]:
                    result = _step("+", result, self.ratio(part))
                share = Fraction(1, len(arguments)) if name == "mean" else Fraction(1)
                return _scaled(result[0], share), result[1]
            case Call("share", (part, whole)):
                result = _step("/", self.ratio(part), self.ratio(whole))
                return _scaled(result[0], Fraction(100)), result[1]
            case _:
                raise _NotLinear


def _step(sign: str, left: _Ratio, right: _Ratio) -> _Ratio:
    (top, bottom), (other_top, other_bottom) = left, right
    match sign:
        case "*":
            return _multiplied(top, other_top), _multiplied(bottom, other_bottom)
        case "/":
            if not other_top:
                raise ZeroDivisionError
            return _multiplied(top, other_bottom), _multiplied(bottom, other_top)
        case "-":
            other_top = _scaled(other_top, Fraction(-1))
    if bottom == other_bottom:
        return _added(top, other_top), bottom
    if bottom.keys() == {""} and other_bottom.keys() == {""}:
        divided = _scaled(other_top, bottom[""] / other_bottom[""])
        return _added(top, divided), bottom
    raise _NotLinear
