"""From rows to columns of bytes: each distinct value is judged once, then mapped."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

import numpy as np

from apps.procedures.readers import neutral
from apps.procedures.readers.text import folded, text, whole

_DID_NOT_START = {"x", "х", "h", "н"}  # Latin and Cyrillic letters seen in real files
_NO_MARK = {"", "нет отметки", "нет", "н/а", "не аттестован", "не аттестована", "-"}


def transpose(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Columns of ragged rows; missing cells are empty."""
    return list(zip_longest(*rows, fillvalue=""))


def mapped(values: Sequence[Any], parse: Callable[[Any], int], dtype: Any) -> np.ndarray:
    """`parse` of every value, called once a distinct value. TRUE is kept apart from 1."""
    if bool in set(map(type, values)):
        values = [("ИСТИНА" if value else "ЛОЖЬ") if isinstance(value, bool) else value for value in values]
    table = {value: parse(value) for value in set(values)}
    return np.fromiter(map(table.__getitem__, values), dtype, len(values))


def score(value: Any) -> int:
    """A cell of an item as a byte."""
    if value is None or value == "":
        return neutral.EMPTY
    number = whole(value)
    if number is not None:
        return number if 0 <= number <= neutral.HIGHEST_SCORE else neutral.UNREADABLE
    word = folded(value)
    if not word:
        return neutral.EMPTY
    if word in _DID_NOT_START:
        return neutral.SKIPPED
    return neutral.NOT_TAUGHT if word.startswith("не пройд") else neutral.UNREADABLE


def mark(value: Any) -> int:
    """A mark 2–5; no mark is 0, anything else impossible."""
    number = whole(value)
    if number in {2, 3, 4, 5}:
        return number
    return neutral.NO_MARK if folded(value) in _NO_MARK else neutral.IMPOSSIBLE_MARK


def total(value: Any) -> int:
    number = whole(value)
    return number if number is not None and number < 1000 else neutral.NO_TOTAL


def variant(value: Any) -> int:
    number = whole(value)
    return number if number is not None and number < 250 else 0


def says_absent(value: Any) -> int:
    return folded(value).startswith("отсутств")


LONGEST_CODE = 2**31 - 1  # what the stored matrix holds; a longer number tells participants apart no more than none


def code(value: Any) -> int:
    """A participant's code; 0 for none."""
    number = whole(value) or 0
    return number if 0 < number <= LONGEST_CODE else 0


def indexed(values: Sequence[Any], label: Callable[[Any], Any]) -> tuple[list[Any], np.ndarray]:
    """Distinct labels in order of appearance, and for each value the index of its label."""
    labels: dict[Any, int] = {}
    table = {value: labels.setdefault(label(value), len(labels)) for value in dict.fromkeys(values)}
    return list(labels), np.fromiter(map(table.__getitem__, values), np.int32, len(values))


def unread_cells(array: np.ndarray, values: Sequence[Any], sign: int, name: str) -> dict[tuple[int, str], str]:
    """What stood where `array` holds `sign`; at most 20 letters a cell."""
    return {(row, name): text(values[row])[:20] for row in np.flatnonzero(array == sign).tolist()}
