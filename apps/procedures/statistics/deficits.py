"""Deficits: where most items on one skill, block or content code lie below the bound of their level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.procedures.statistics.corridors import INSUFFICIENT

LEAST_ITEMS = 2


@dataclass(frozen=True)
class Judged:
    """An item as the rule sees it: its number, the names it counts under, its verdict and completion."""

    number: str
    keys: Sequence[str]
    verdict: str
    points: int
    possible: int


@dataclass(frozen=True)
class Deficit:
    """Items on one skill: how many, which are below the bound, whether that is most of them."""

    key: str
    items: tuple[str, ...]
    below: tuple[str, ...]
    completion: Decimal | None

    @property
    def is_systemic(self) -> bool:
        """More than half of at least two items lie below."""
        return len(self.items) >= LEAST_ITEMS and 2 * len(self.below) > len(self.items)


def deficits(items: Iterable[Judged]) -> list[Deficit]:
    """Skills with at least one item below its bound, systemic ones first, then the poorest completion.

    Items without a level have no verdict and do not count.
    """
    by_key: dict[str, tuple[str, list[Judged]]] = {}
    for item in items:
        for key in item.keys:
            if key and item.verdict:
                by_key.setdefault(_same(key), (key.rstrip(" ."), []))[1].append(item)
    found = [_deficit(key, group) for key, group in by_key.values()]
    return sorted(
        (one for one in found if one.below), key=lambda one: (not one.is_systemic, one.completion or Decimal(0))
    )


def _same(key: str) -> str:
    """Lists of tasks word one skill with and without a full stop, with one space or two."""
    return " ".join(key.split()).rstrip(" .").casefold()


def _deficit(key: str, group: list[Judged]) -> Deficit:
    possible = sum(item.possible for item in group)
    completion = Decimal(100) * sum(item.points for item in group) / possible if possible else None
    below = tuple(item.number for item in group if item.verdict == INSUFFICIENT)
    return Deficit(key, tuple(item.number for item in group), below, completion)
