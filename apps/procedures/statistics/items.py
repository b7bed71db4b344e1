"""Measures of items: completion with its interval, discrimination, groups by marks. Sources: see `own_methods`."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

from apps.procedures.statistics import details as d
from apps.procedures.statistics.estimates import (
    ABSENT,
    HUNDRED,
    Estimate,
    correlation,
    mean,
    partly,
    proportion,
)
from apps.procedures.statistics.parts import Parts


def completion(parts: Parts, item: int, maximum: int | None) -> Estimate:
    """100 · Σ points / (n · maximum): Wilson for an item of one point, Student for the others.

    Where all have the same points of several, Wilson too.
    """
    if not maximum or item >= len(parts.item_counts):
        return ABSENT
    n, points = parts.item_counts[item], parts.item_sums[item]
    squares = d.cell(parts.item_details, d.SQUARES, item)
    if maximum == 1:
        return proportion(min(points, n), n)
    if squares is None:
        return partly(points, n, maximum)
    if n * squares == points * points:  # all alike: their spread is nought, but so is what it tells
        return partly(points, n, maximum)
    return mean(n, points, squares, times=100, over=maximum, most=HUNDRED)


@dataclass(frozen=True)
class Shares:
    """Full, partial and zero points; they add up to 100."""

    full: Estimate
    partial: Estimate
    zero: Estimate


def shares(parts: Parts, item: int) -> Shares:
    if item >= len(parts.item_counts):
        return Shares(ABSENT, ABSENT, ABSENT)
    n, full, zero = parts.item_counts[item], parts.item_full[item], parts.item_zero[item]
    return Shares(proportion(full, n), proportion(n - full - zero, n), proportion(zero, n))


def discrimination(parts: Parts, item: int) -> Estimate:
    """Correlation of the points of an item with the rest of the total, from sums; absent where either is constant."""
    if item >= len(parts.item_counts):
        return ABSENT
    n, x = parts.item_counts[item], parts.item_sums[item]
    cells = [d.cell(parts.item_details, row, item) for row in (d.SQUARES, d.PRODUCTS, d.TOTALS, d.TOTAL_SQUARES)]
    if None in cells:
        return Estimate(None, n)
    xx, xt, t, tt = (value or 0 for value in cells)
    rest, rest_squares, products = t - x, tt - 2 * xt + xx, xt - xx
    spread = (n * xx - x * x) * (n * rest_squares - rest * rest)
    if spread <= 0:
        return Estimate(None, n)
    return correlation(n, (n * products - x * rest) / sqrt(spread))


STRONG, GOOD, FAIR, WEAK, WRONG = "strong", "good", "fair", "weak", "wrong"
HUNDREDTH = Decimal("0.01")
_READING = ((Decimal("0.4"), STRONG), (Decimal("0.3"), GOOD), (Decimal("0.2"), FAIR), (Decimal(0), WEAK))


def reading(power: Estimate) -> str:
    """How discrimination is read (bounds not confirmed), as it is written: to two decimals. Empty without a value.

    Below zero it is wrong only when its whole interval is: of an item that nearly all did chance alone may do it.
    """
    if power.value is None:
        return ""
    written = power.value.quantize(HUNDREDTH, ROUND_HALF_UP)
    surely = WRONG if power.high is not None and power.high < 0 else WEAK
    return next((word for least, word in _READING if written >= least), surely)


MARKS = (2, 3, 4, 5)


def with_mark(parts: Parts, mark: int) -> int:
    return parts.marks[mark - 2]


def completion_of_mark(parts: Parts, item: int, maximum: int | None, mark: int) -> Estimate:
    """Completion of an item among those who got a mark."""
    place = mark - 2
    n = d.cell(parts.item_details, d.MARK_COUNTS + place, item)
    points = d.cell(parts.item_details, d.MARK_SUMS + place, item)
    if not maximum or n is None or points is None:
        return ABSENT
    return partly(points, n, maximum)


@dataclass(frozen=True)
class Crossing:
    """A group with a lower mark does an item better than one with a higher mark."""

    item: int
    lower: int
    higher: int


def crossings(parts: Parts, maxima: list[int | None]) -> list[Crossing]:
    """Items whose curves of groups cross, among groups of at least ten."""
    found = []
    for item, maximum in enumerate(maxima):
        known = [(mark, completion_of_mark(parts, item, maximum, mark)) for mark in MARKS]
        enough = [(mark, one.value) for mark, one in known if one.value is not None and not one.is_few]
        for (low, worse), (high, better) in zip(enough, enough[1:], strict=False):
            if worse > better:
                found.append(Crossing(item, low, high))
    return found
