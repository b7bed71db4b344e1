"""Directions of objects that name none: they have those of what they rest on, or of what rests on them. No Django."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from apps.roadmaps.cycle.facts import Item, Key

_ROUNDS = 12  # chains of people are shorter


def spread(items: Collection[Item]) -> list[Item]:
    """The items with directions filled; those that name their own keep them."""
    known: dict[Key, frozenset[str]] = {item.key: item.directions for item in items}
    after: dict[Key, list[Key]] = {}
    for item in items:
        for key in item.bases:
            after.setdefault(key, []).append(item.key)
    before = {item.key: [key for key in item.bases if key in known] for item in items}
    for neighbours in (before, after):
        _fill(known, neighbours)
    return [item if item.directions else replace(item, directions=known[item.key]) for item in items]


def _fill(known: dict[Key, frozenset[str]], neighbours: Mapping[Key, Collection[Key]]) -> None:
    for _ in range(_ROUNDS):
        found = {
            key: frozenset().union(*(known.get(one, frozenset()) for one in neighbours.get(key, ())))
            for key, codes in known.items()
            if not codes
        }
        found = {key: codes for key, codes in found.items() if codes}
        if not found:
            return
        known.update(found)
