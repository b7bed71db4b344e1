"""Additive parts of results: what is summed over schools before anything is divided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from itertools import zip_longest
from typing import Any


def _added(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [a + b for a, b in zip_longest(one, other, fillvalue=0)]


@dataclass(frozen=True)
class Parts:
    """Sums over participants of one procedure; the empty one is the sum over nobody."""

    schools: int = 0
    participants: int = 0
    absent: int = 0
    marks: Sequence[int] = (0, 0, 0, 0)  # 2, 3, 4, 5
    score_sum: int = 0
    score_squares: int = 0
    histogram: Sequence[int] = field(default_factory=list)
    item_counts: Sequence[int] = field(default_factory=list)
    item_sums: Sequence[int] = field(default_factory=list)
    item_full: Sequence[int] = field(default_factory=list)
    item_zero: Sequence[int] = field(default_factory=list)
    item_skipped: Sequence[int] = field(default_factory=list)
    journal_lower: int = 0
    journal_equal: int = 0
    journal_higher: int = 0
    journal_gap: int = 0
    test_sum: int = 0
    test_count: int = 0
    test_histogram: Sequence[int] = field(default_factory=list)

    def __add__(self, other: "Parts") -> "Parts":
        joined: dict[str, Any] = {}
        for part in fields(self):
            one, two = getattr(self, part.name), getattr(other, part.name)
            joined[part.name] = one + two if isinstance(one, int) else _added(one, two)
        return Parts(**joined)

    @property
    def marked(self) -> int:
        """Participants with a mark: the N of every share of marks."""
        return sum(self.marks)

    @classmethod
    def of(cls, row: Any) -> "Parts":
        """Parts of a stored aggregate of one school."""
        names = [part.name for part in fields(cls) if part.name != "schools"]
        return cls(schools=1 if row.participants else 0, **{name: getattr(row, name) for name in names})


def total(parts: Iterable[Parts]) -> Parts:
    """Sum of parts; long runs are summed column by column."""
    return sum(parts, Parts())
