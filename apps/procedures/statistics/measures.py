"""Measures of results. Shares are in percent; every function returns None when there is nobody to divide by.

Sources: `docs/methods` of the portal names each; formulas stand in the docstrings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.procedures.statistics.parts import Parts

DEFAULT_WEIGHTS = (16, 36, 64, 100)  # of the marks 2, 3, 4, 5 (Симонов)


def share(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """100 · part / whole."""
    return Decimal(100) * Decimal(part) / Decimal(whole) if whole else None


def _ratio(above: int, below: int) -> Decimal | None:
    return Decimal(above) / Decimal(below) if below else None


def mark_shares(parts: Parts) -> list[Decimal | None]:
    """Shares of the marks 2, 3, 4, 5 among participants with a mark."""
    return [share(count, parts.marked) for count in parts.marks]


def attainment(parts: Parts) -> Decimal | None:
    """Успеваемость: 100·(n3 + n4 + n5)/N."""
    return share(sum(parts.marks[1:]), parts.marked)


def quality(parts: Parts) -> Decimal | None:
    """Качество знаний: 100·(n4 + n5)/N."""
    return share(sum(parts.marks[2:]), parts.marked)


def training_level(parts: Parts, weights: Sequence[int] = DEFAULT_WEIGHTS) -> Decimal | None:
    """СОУ: (100·n5 + 64·n4 + 36·n3 + 16·n2)/N; weights of the marks 2, 3, 4, 5 may be others."""
    return _ratio(sum(n * w for n, w in zip(parts.marks, weights, strict=True)), parts.marked)


def mean_mark(parts: Parts) -> Decimal | None:
    return _ratio(sum(mark * count for mark, count in enumerate(parts.marks, start=2)), parts.marked)


def mean_primary(parts: Parts) -> Decimal | None:
    return _ratio(parts.score_sum, parts.participants)


def mean_test(parts: Parts) -> Decimal | None:
    """Mean test score of a state exam (0–100)."""
    return _ratio(parts.test_sum, parts.test_count)


def deviation(parts: Parts) -> Decimal | None:
    """Standard deviation of the primary score with n − 1; None for fewer than two participants."""
    n = parts.participants
    if n < 2:
        return None
    return ((Decimal(parts.score_squares) - Decimal(parts.score_sum) ** 2 / n) / (n - 1)).sqrt()


def median_primary(parts: Parts) -> Decimal | None:
    """Median primary score, from the histogram; between two middle scores their mean."""
    n = sum(parts.histogram)
    if not n:
        return None
    wanted, found, seen = {(n - 1) // 2, n // 2}, [], 0
    for points, count in enumerate(parts.histogram):
        found += [points for place in sorted(wanted) if seen <= place < seen + count]
        seen += count
    return Decimal(sum(found)) / len(found)


def quantile(parts: Parts, share: Decimal) -> Decimal | None:
    """A quantile of the primary score from the histogram, linear between neighbours (type 7 of Hyndman and Fan)."""
    n = sum(parts.histogram)
    if not n:
        return None
    place = share * (n - 1)
    below = int(place)
    low, high = (_score_at(parts.histogram, at) for at in (below, min(below + 1, n - 1)))
    return low + (place - below) * (high - low)


def _score_at(histogram: Sequence[int], place: int) -> Decimal:
    seen = 0
    for points, count in enumerate(histogram):
        seen += count
        if place < seen:
            return Decimal(points)
    return Decimal(len(histogram) - 1)


def spread_index(parts: Parts) -> Decimal | None:
    """Индекс 25/75: 100 · Q25 / Q75 of the primary score; 100 where the weak and the strong quarter are alike."""
    low, high = (quantile(parts, Decimal(one) / 100) for one in (25, 75))
    return share(low, high) if low is not None and high else None


def work_completion(parts: Parts, maximum: int | None) -> Decimal | None:
    """% выполнения работы: 100·Σ primary/(N·max)."""
    return share(parts.score_sum, parts.participants * maximum) if maximum else None


def item_completion(parts: Parts, item: int, maximum: int | None) -> Decimal | None:
    """% выполнения задания: 100·Σ points/(N·max), over those to whom the topic had been taught."""
    if not maximum or item >= len(parts.item_counts):
        return None
    return share(parts.item_sums[item], parts.item_counts[item] * maximum)


@dataclass(frozen=True)
class ItemShares:
    """Shares of full, partial and zero points of an item; they add up to 100."""

    full: Decimal | None
    partial: Decimal | None
    zero: Decimal | None


def shares_of_item(parts: Parts, item: int) -> ItemShares:
    if item >= len(parts.item_counts):
        return ItemShares(None, None, None)
    n, full, zero = parts.item_counts[item], parts.item_full[item], parts.item_zero[item]
    return ItemShares(share(full, n), share(n - full - zero, n), share(zero, n))


@dataclass(frozen=True)
class Journal:
    """Mark of the work against the mark of the journal, over those who have both."""

    participants: int
    lower: Decimal | None
    equal: Decimal | None
    higher: Decimal | None
    gap: Decimal | None  # two marks and more


def journal(parts: Parts) -> Journal:
    """Понизили, подтвердили, повысили: mark <, =, > journal mark."""
    n = parts.journal_lower + parts.journal_equal + parts.journal_higher
    return Journal(
        n,
        share(parts.journal_lower, n),
        share(parts.journal_equal, n),
        share(parts.journal_higher, n),
        share(parts.journal_gap, n),
    )
