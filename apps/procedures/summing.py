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


def _fetched(procedure_id: int) -> list[bytes]:
    """Schools and sizes of blocks as big-endian numbers, then all their scores; empty parts without blocks.

    Binary COPY of three joined values: no escapes of bytes, no object a block.
    """
    table = connection.ops.quote_name(ResultBlock._meta.db_table)
    joined = "string_agg(int8send(school_id), ''), string_agg(int4send(size), ''), string_agg(matrix, '')"
    stream = BytesIO()
    with connection.cursor() as cursor:
        query = f"SELECT {joined} FROM {table} WHERE procedure_id = {int(procedure_id)}"  # noqa: S608
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", stream)
    data, place, parts = stream.getvalue(), _HEAD + 2, []
    for _ in range(3):
        length = int.from_bytes(data[place : place + 4], "big", signed=True)
        place += 4
        parts.append(data[place : place + max(length, 0)])
        place += max(length, 0)
    return parts


def item_sums(procedures: Sequence[int]) -> Iterator[ItemSums]:
    """Sums by item of each work, one work in memory at a time. X and «не пройд.» are no points."""
    for procedure in procedures:
        schools, counts, matrix = _fetched(procedure)
        sizes = np.frombuffer(counts, ">i4").astype(np.int64)
        if not sizes.sum():
            continue
        scores = np.frombuffer(matrix.translate(_POINTS), np.uint8).reshape(int(sizes.sum()), -1)
        starts = np.r_[0, np.cumsum(sizes)[:-1]]
        sums = np.add.reduceat(scores, starts, axis=0, dtype=np.int32)
        yield ItemSums(procedure, np.frombuffer(schools, ">i8").astype(np.int64), sizes, sums)
