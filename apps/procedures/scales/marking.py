"""Marks from primary scores: bounds, then what a mark needs besides. Plain Python and numpy, no Django."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

HIGHEST_SCORE = 200


class Scale(Protocol):
    """Lowest primary scores of the marks 3, 4, 5, and conditions {"mark", "items", "least"}."""

    @property
    def bounds(self) -> Sequence[int]: ...

    @property
    def conditions(self) -> Any: ...


def mark_of(primary: int, scale: Scale, scores: Mapping[str, int]) -> int:
    """The mark of one participant; `scores` by the number of the item. 0 without a scale."""
    if not scale.bounds:
        return 0
    numbers = list(scores)
    row = np.array([[scores[number] for number in numbers]], np.uint8)
    return int(marks(np.array([primary]), row, numbers, scale)[0])


def marks(totals: np.ndarray, scores: np.ndarray, numbers: Sequence[str], scale: Scale) -> np.ndarray:
    """Marks 2–5 by bounds; a mark whose condition is not met falls to the next one whose conditions are.

    A condition is applied only where all its items stand in the work: «ГК1–ГК4 ≥ 6, иначе «3»», «не меньше 2 баллов по
    геометрии для отметки выше «2»».
    """
    found = (np.searchsorted(np.asarray(scale.bounds), totals, side="right") + 2).astype(np.uint8)
    points = np.where(scores > HIGHEST_SCORE, 0, scores).astype(np.int32)
    place = {number: index for index, number in enumerate(numbers)}
    for condition in sorted(scale.conditions, key=lambda one: -int(one["mark"])):
        columns = [place[number] for number in condition["items"] if number in place]
        if len(columns) == len(condition["items"]) and columns:
            short = points[:, columns].sum(axis=1) < int(condition["least"])
            lowered = int(condition["mark"]) - 1
            found = np.where(short & (found > lowered), lowered, found).astype(np.uint8)
    return found


def applies(scale: Scale, numbers: Sequence[str]) -> bool:
    """Whether every condition of the scale can be checked on a work with these items."""
    return all(number in set(numbers) for condition in scale.conditions for number in condition["items"])
