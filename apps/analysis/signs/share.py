"""A share of participants with its interval, and what it says beside a threshold."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from apps.core import intervals

Z95 = Decimal("1.959964")  # two-sided 95 % point of the normal distribution


@dataclass(frozen=True)
class Counts:
    """Participants of one work in one organisation: all with a mark, and those of them with «2»."""

    low: int
    marked: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.marked:
            raise ValueError(f"{self.low} of {self.marked}")

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.low + other.low, self.marked + other.marked)

    @property
    def share(self) -> Decimal | None:
        """Percent of «2»; None where nobody has a mark."""
        return Decimal(100 * self.low) / self.marked if self.marked else None


@dataclass(frozen=True)
class Interval:
    """Bounds in percent."""

    lower: Decimal
    upper: Decimal


def wilson(counts: Counts, z: Decimal = Z95) -> Interval | None:
    """The interval in which the true share lies with the confidence of `z`; None where nobody has a mark."""
    if not counts.marked:
        return None
    n = Decimal(counts.marked)
    low, high = intervals.wilson(counts.low / n, n, z, Decimal.sqrt)
    lower, upper = max(Decimal(0), 100 * low), min(Decimal(100), 100 * high)
    # The exact bound is 0 or 100 there; the root leaves a trace in the 28th digit.
    return Interval(lower if counts.low else Decimal(0), upper if counts.low < counts.marked else Decimal(100))


class Outcome(StrEnum):
    ATTENTION = "attention"  # share at or above the threshold, and so is the whole interval
    PERHAPS = "perhaps"  # share at or above the threshold, the interval reaches below it
    QUIET = "quiet"  # share below the threshold
    FEW = "few"  # too few participants to say


@dataclass(frozen=True)
class Threshold:
    percent: Decimal
    minimum_participants: int


def judge(counts: Counts, threshold: Threshold) -> Outcome:
    """What the share says. Exactly the threshold counts; compared without division, so without rounding."""
    if counts.marked < threshold.minimum_participants or not counts.marked:
        return Outcome.FEW
    if 100 * counts.low < threshold.percent * counts.marked:
        return Outcome.QUIET
    interval = wilson(counts)
    assert interval is not None
    return Outcome.ATTENTION if interval.lower >= threshold.percent else Outcome.PERHAPS
