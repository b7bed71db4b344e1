"""Sums of items counted again from the stored matrices: a check of the additive parts, and the way back to them.

For workers and commands only: pages read the stored parts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


def _fetched(procedure_id: int) -> list[tuple[int, int, memoryview]]:
    table = connection.ops.quote_name(ResultBlock._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT school_id, size, matrix FROM {table} WHERE procedure_id = %s", [procedure_id])  # noqa: S608
        rows: list[tuple[int, int, memoryview]] = cursor.fetchall()
    return rows


def item_sums(procedures: Sequence[int]) -> Iterator[ItemSums]:
    """Sums by item of each work, one work in memory at a time. X and «не пройд.» are no points."""
    for procedure in procedures:
        rows = _fetched(procedure)
        sizes = np.array([size for _, size, _ in rows], np.int64)
        if not sizes.sum():
            continue
        joined = np.frombuffer(b"".join([matrix for *_, matrix in rows]), np.uint8)
        scores = joined.reshape(int(sizes.sum()), -1)
        if joined.max() > neutral.HIGHEST_SCORE:
            scores = np.where(scores > neutral.HIGHEST_SCORE, np.uint8(0), scores)
        starts = np.r_[0, np.cumsum(sizes)[:-1]]
        sums = np.add.reduceat(scores, starts, axis=0, dtype=np.int32)
        yield ItemSums(procedure, np.array([school for school, *_ in rows]), sizes, sums)
