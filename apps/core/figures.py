"""How numbers are written for people: decimal comma, no-break thin spaces in thousands, «нет данных» for absent.

Rounding is half up and happens only here, on output. No Django here.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

NO_DATA = "нет данных"
THIN_SPACE = "\u202f"
MINUS = "\u2212"

Number = Decimal | int | float | str | None


def as_decimal(value: Number) -> Decimal | None:
    """The number behind a value; None when there is none (empty, not a number, infinite)."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, as people round; never a negative zero."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + 0


def figure(value: Number, decimals: int = 0) -> str:
    """`12 345,6`; «нет данных» for what is absent."""
    number = as_decimal(value)
    if number is None:
        return NO_DATA
    text = f"{rounded(number, decimals):,f}"
    return text.replace(",", THIN_SPACE).replace(".", ",").replace("-", MINUS)


def places(number: Decimal) -> int:
    """How many decimals the number has, at most six: sums of counts are shown whole."""
    return max(0, -int(rounded(number, 6).normalize().as_tuple().exponent))


def plain(value: Number) -> str:
    """All decimals that the number has, at most six; «нет данных» for what is absent."""
    number = as_decimal(value)
    return NO_DATA if number is None else figure(number, places(number))


def percent(value: Number, decimals: int = 1) -> str:
    """`45,3 %` of a value that is already in percent."""
    text = figure(value, decimals)
    return text if text == NO_DATA else f"{text}\u00a0%"


def points(value: Number, decimals: int = 1) -> str:
    """A difference of percentages in percentage points, with its sign: `+2,4 п. п.`"""
    number = as_decimal(value)
    if number is None:
        return NO_DATA
    sign = "+" if rounded(number, decimals) > 0 else ""
    return f"{sign}{figure(number, decimals)}\u00a0п.\u00a0п."


def plural(count: int, one: str, few: str, many: str) -> str:
    """The Russian form for a count: 1 школа, 2 школы, 5 школ."""
    tens, units = abs(count) % 100, abs(count) % 10
    if units == 1 and tens != 11:
        return one
    return few if units in {2, 3, 4} and tens not in {12, 13, 14} else many
