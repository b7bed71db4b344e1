"""Where a figure stands among the organisations: in words for a school, a place for those who may see the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

FEWEST = 5  # below that a quarter is somebody's own value


@dataclass(frozen=True)
class Quarters:
    """Quartiles of the organisations that reported, and how many those are."""

    lower: Decimal
    median: Decimal
    upper: Decimal
    count: int


def in_words(value: Decimal, quarters: Quarters | None) -> str:
    """«среди четверти с наибольшими значениями»; empty where the organisations are too few."""
    if quarters is None or quarters.count < FEWEST:
        return ""
    if value >= quarters.upper and value > quarters.median:
        return "среди четверти организаций с наибольшими значениями"
    if value <= quarters.lower and value < quarters.median:
        return "среди четверти организаций с наименьшими значениями"
    if value == quarters.median:
        return "ровно посередине (медиана)"
    return "выше середины (медианы)" if value > quarters.median else "ниже середины (медианы)"


def places(values: Mapping[int, Decimal], better: int) -> dict[int, int]:
    """Places from 1, equal figures share one; nothing where the indicator has no better side."""
    if not better:
        return {}
    order: Sequence[Decimal] = sorted(set(values.values()), reverse=better > 0)
    above = {value: sum(other in order[: order.index(value)] for other in values.values()) for value in order}
    return {key: above[value] + 1 for key, value in values.items()}
