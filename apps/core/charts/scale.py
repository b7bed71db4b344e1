"""Axes: round steps that people would choose. No Django here."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10


@dataclass(frozen=True)
class Axis:
    """A stretch of numbers with its marks."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * i for i in range(count + 1)]

    @property
    def decimals(self) -> int:
        """How many decimals the marks need."""
        exponent = self.step.normalize().as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    def share(self, value: Decimal) -> float:
        """Where a value stands: 0 at the low end, 1 at the high end."""
        return float((value - self.low) / (self.high - self.low))


def _round_step(span: Decimal, wanted: int) -> Decimal:
    raw = float(span) / wanted
    power = Decimal(1).scaleb(floor(log10(raw)))
    return next(power * factor for factor in (1, 2, 5, 10) if float(power * factor) >= raw * 0.999)


def axis(values: Iterable[Decimal], *, from_zero: bool = True, whole: bool = False, wanted: int = 5) -> Axis:
    """An axis that holds the values. `from_zero` for bars; a line may begin higher when its values lie close together.

    `whole` keeps the marks whole numbers (counts). Without values: from 0 to 1.
    """
    known = list(values)
    low, high = (min(known), max(known)) if known else (Decimal(0), Decimal(1))
    if from_zero or low < 0 < high or (low >= 0 and high - low > high / 2):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        low, high = (low, low + 1) if low >= 0 else (low - 1, low)
    step = _round_step(high - low, wanted)
    if whole:
        step = max(step, Decimal(1))
    return Axis(step * floor(low / step), step * ceil(high / step), step)


@dataclass(frozen=True)
class Frame:
    """The field that the marks stand in: its sides and the axis of its values."""

    axis: Axis
    left: float
    right: float
    top: float
    bottom: float

    def x(self, value: Decimal) -> float:
        """Where a value lies when the axis runs to the right."""
        return self.left + self.axis.share(value) * (self.right - self.left)

    def y(self, value: Decimal) -> float:
        """Where a value lies when the axis runs up."""
        return self.bottom - self.axis.share(value) * (self.bottom - self.top)
