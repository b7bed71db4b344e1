"""Rules of small numbers.

A count of people from 1 to k − 1 is hidden. A share or a mean is shown only from a large enough base, and only
if neither its part nor the rest is a hidden count: share and base together would give the count back. In a row
with a known total at least two cells are hidden, and together they are at least k wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final


class Hidden:
    """Stands for a figure that is not shown. There is one, `HIDDEN`; it knows no number."""

    def __repr__(self) -> str:
        return "HIDDEN"

    def __str__(self) -> str:
        return "скрыто"


HIDDEN: Final = Hidden()


@dataclass(frozen=True)
class Limits:
    """`minimum_count` is k; `minimum_base` is the least base of a share or a mean."""

    minimum_count: int
    minimum_base: int

    def is_small(self, count: Decimal | int) -> bool:
        """Whether the count is of so few people that it is hidden; nobody at all is not a secret."""
        return 0 < count < self.minimum_count


def protect_count(count: Decimal | int | None, limits: Limits) -> Decimal | int | Hidden | None:
    """A count of people as it may be shown. None stays None: absent is not hidden."""
    return HIDDEN if count is not None and limits.is_small(count) else count


def protect_share(
    part: Decimal | int | None, base: Decimal | int | None, limits: Limits
) -> tuple[Decimal, Decimal] | Hidden | None:
    """Part and base of a share of people if it may be shown; the caller divides last."""
    if part is None or not base:
        return None
    rest = base - part
    if base < limits.minimum_base or limits.is_small(part) or limits.is_small(rest):
        return HIDDEN
    return Decimal(part), Decimal(base)


def protect_row(counts: Sequence[int], limits: Limits) -> list[int | Hidden]:
    """A row of counts whose total is shown beside it.

    Hides the small cells, then the least of the others until what is hidden cannot be found by subtraction:
    at least two cells, together at least k. A row that cannot be protected so is hidden whole.
    """
    hidden = {place for place, count in enumerate(counts) if limits.is_small(count)}
    if not hidden:
        return list(counts)
    rest = sorted((place for place in range(len(counts)) if place not in hidden), key=lambda place: counts[place])
    # A zero beside a small cell protects nothing, but hides that it is zero; the sum must still reach k.
    while rest and (len(hidden) < 2 or sum(counts[place] for place in hidden) < limits.minimum_count):
        hidden.add(rest.pop(0))
    return [HIDDEN if place in hidden else count for place, count in enumerate(counts)]
