"""Sums of items counted again from the stored matrices: a check of the additive parts, and the way back to them.

For workers and commands only: pages read the stored parts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from django.db import connection

from apps.procedures.models import ResultBlock
from apps.procedures.readers import neutral


@dataclass
class ItemSums:
    """Points by item of every block of one work: `rows` of `sums` belong to `schools`, one a class."""

    procedure: int
    schools: np.ndarray
    participants: np.ndarray
    sums: np.ndarray

    def by_school(self) -> dict[int, np.ndarray]:
        """Sums of all classes of each school."""
        order = np.argsort(self.schools, kind="stable")
        schools = self.schools[order]
        starts = np.flatnonzero(np.r_[True, schools[1:] != schools[:-1]])
        added = np.add.reduceat(self.sums[order], starts, axis=0)
        return dict(zip(schools[starts].tolist(), added, strict=True))


# A score above the highest one is a sign, not points: X, «не пройд.», empty.
_POINTS = bytes(value if value <= neutral.HIGHEST_SCORE else 0 for value in range(256))
_HEAD = 19  # of a binary COPY: signature, flags, length of the extension


_TOGETHER = 10  # works fetched at once: a round trip saved, some megabytes in memory


def _fetched(procedures: Sequence[int]) -> Iterator[list[bytes]]:
    """Of each work: its number, schools and sizes of blocks as big-endian numbers, then all their scores.

    Binary COPY of joined values: no escapes of bytes, no object a block.
    """
    table = connection.ops.quote_name(ResultBlock._meta.db_table)
    joined = "int8send(procedure_id), string_agg(int8send(school_id), ''), string_agg(int4send(size), '')"
    wanted = ", ".join(str(int(pk)) for pk in procedures)
    chosen = f"FROM {table} WHERE procedure_id IN ({wanted}) GROUP BY procedure_id"
    query = f"SELECT {joined}, string_agg(matrix, '') {chosen}"  # noqa: S608
    stream = BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", stream)
    data, place = stream.getvalue(), _HEAD
    while int.from_bytes(data[place : place + 2], "big", signed=True) > 0:
        place += 2
        parts = []
        for _ in range(4):
            length = int.from_bytes(data[place : place + 4], "big")
            parts.append(data[place + 4 : place + 4 + length])
            place += 4 + length
        yield parts


def item_sums(procedures: Sequence[int]) -> Iterator[ItemSums]:
    """Sums by item of each work, few works in memory at a time. X and «не пройд.» are no points."""
    for first in range(0, len(procedures), _TOGETHER):
        for number, schools, counts, matrix in _fetched(procedures[first : first + _TOGETHER]):
            sizes = np.frombuffer(counts, ">i4").astype(np.int64)
            scores = np.frombuffer(matrix.translate(_POINTS), np.uint8).reshape(int(sizes.sum()), -1)
            starts = np.r_[0, np.cumsum(sizes)[:-1]]
            sums = np.add.reduceat(scores, starts, axis=0, dtype=np.int32)
            yield ItemSums(int.from_bytes(number, "big"), np.frombuffer(schools, ">i8").astype(np.int64), sizes, sums)
