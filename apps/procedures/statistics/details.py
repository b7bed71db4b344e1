"""Finer additive parts of items, kept packed beside the other parts: twelve rows of numbers, each as long as the work.

Rows: squares of points, points × total, totals, squares of totals (over those who had the item), then participants
with the marks 2, 3, 4, 5, then their points. Packed as zlib of little-endian 64-bit integers: a school of 50 pupils
and 20 items takes about 400 bytes. Sums of unpacked lists are sums of results, so a correlation or a group by marks is
exact at every level without a matrix.
"""

import sys
import zlib
from array import array
from collections.abc import Sequence

ROWS = 12
SQUARES, PRODUCTS, TOTALS, TOTAL_SQUARES, MARK_COUNTS, MARK_SUMS = 0, 1, 2, 3, 4, 8


def pack(little_endian: bytes) -> bytes:
    return zlib.compress(little_endian, 6) if little_endian else b""


def unpack(packed: bytes | memoryview) -> Sequence[int]:
    """The numbers; of an empty value none."""
    if not packed:
        return ()
    numbers = array("q")
    numbers.frombytes(zlib.decompress(packed))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def cell(details: Sequence[int], row: int, item: int) -> int | None:
    """One number; None where the finer parts have not been counted."""
    length = len(details) // ROWS
    return details[row * length + item] if item < length else None
