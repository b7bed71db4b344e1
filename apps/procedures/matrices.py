"""From checked rows to blocks by class and additive parts by school. numpy only, no Django."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from apps.procedures.readers import neutral
from apps.procedures.readers.checks import Verdict, points
from apps.procedures.readers.neutral import Results
from apps.procedures.statistics.details import (
    MARK_COUNTS,
    MARK_SUMS,
    PRODUCTS,
    ROWS,
    SQUARES,
    TOTAL_SQUARES,
    TOTALS,
    pack,
)

MOST_TEST_POINTS = 100


@dataclass
class Participants:
    """Columns of participants that count, in one order; what a block stores and parts are summed from."""

    scores: np.ndarray
    totals: np.ndarray
    marks: np.ndarray
    journal: np.ndarray
    codes: np.ndarray
    variants: np.ndarray
    tests: np.ndarray | None

    def take(self, where: Any) -> "Participants":
        tests = None if self.tests is None else self.tests[where]
        return Participants(
            self.scores[where], self.totals[where], self.marks[where], self.journal[where], self.codes[where],
            self.variants[where], tests,
        )  # fmt: skip

    @classmethod
    def joined(cls, parts: Sequence["Participants"]) -> "Participants":
        """All participants of several blocks of one procedure."""
        names = [field.name for field in fields(cls) if field.name != "tests"]
        columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        tests = [part.tests for part in parts if part.tests is not None]
        return cls(**columns, tests=np.concatenate(tests) if len(tests) == len(parts) else None)

    @property
    def size(self) -> int:
        return len(self.totals)


@dataclass
class Block:
    school: int
    class_label: str
    people: Participants


def participants(results: Results, verdict: Verdict) -> Participants:
    """All rows of a file, absent ones included, as one set of columns."""
    journal = np.zeros(results.size, np.uint8) if results.journal is None else results.journal
    return Participants(
        results.scores, verdict.totals, verdict.marks, journal, results.codes, results.variants, results.test_scores
    )


def in_order(results: Results) -> np.ndarray:
    """Row indexes by school, class and code: the same participants give the same order whatever the file's was."""
    labels = np.asarray(results.class_labels, dtype=object)
    rank = np.argsort(np.argsort(labels, kind="stable"), kind="stable") if labels.size else labels
    return np.lexsort((results.row_numbers, results.codes, rank[results.klass], results.school))


def _runs(*keys: np.ndarray) -> list[tuple[int, int]]:
    """Stretches of equal keys in sorted columns, as (start, end)."""
    size = len(keys[0])
    if not size:
        return []
    changes = np.zeros(size, np.bool_)
    changes[0] = True
    for key in keys:
        changes[1:] |= key[1:] != key[:-1]
    starts = np.flatnonzero(changes).tolist()
    return list(zip(starts, [*starts[1:], size], strict=True))


def blocks(results: Results, verdict: Verdict) -> Iterator[Block]:
    """Counted participants by school and class."""
    order = in_order(results)
    order = order[verdict.counted[order]]
    people = participants(results, verdict).take(order)
    school, klass = results.school[order], results.klass[order]
    for start, end in _runs(school, klass):
        yield Block(int(school[start]), results.class_labels[klass[start]], people.take(slice(start, end)))


def digests(results: Results, verdict: Verdict, maxima: Sequence[int | None]) -> dict[int, str]:
    """A digest of all that the file says about each school: rows, verdicts, maxima; not of the order of rows.

    Of rows put aside the number counts too: people look for them in the file.
    """
    order = in_order(results)
    people = participants(results, verdict).take(order)
    present, held, klass = verdict.present[order], verdict.quarantined[order], results.klass[order]
    found: dict[int, str] = {}
    for start, end in _runs(results.school[order]):
        part = people.take(slice(start, end))
        digest = hashlib.sha256(repr((list(maxima), part.scores.shape[1])).encode())
        columns = (part.scores, part.totals, part.marks, part.journal, part.codes, part.variants, part.tests)
        for column in (*columns, present[start:end], held[start:end]):
            digest.update(b"|" if column is None else np.ascontiguousarray(column).tobytes())
        digest.update(results.row_numbers[order[start:end]][held[start:end]].tobytes())
        digest.update("|".join(results.class_labels[i] for i in klass[start:end].tolist()).encode())
        found[int(results.school[order[start]])] = digest.hexdigest()
    return found


@dataclass
class Parts:
    """Additive parts of every group, one row a group."""

    participants: np.ndarray
    marks: np.ndarray
    score_sum: np.ndarray
    score_squares: np.ndarray
    histogram: np.ndarray
    item_counts: np.ndarray
    item_sums: np.ndarray
    item_full: np.ndarray
    item_zero: np.ndarray
    item_skipped: np.ndarray
    journal_lower: np.ndarray
    journal_equal: np.ndarray
    journal_higher: np.ndarray
    journal_gap: np.ndarray
    test_sum: np.ndarray
    test_count: np.ndarray
    test_histogram: np.ndarray
    item_details: np.ndarray  # twelve rows of items each, see `statistics.details`


def parts(
    people: Participants, group: np.ndarray, groups: int, *, maxima: Sequence[int | None], maximum: int | None
) -> Parts:
    """Sums by group. Of an item: «не пройд.» and empty cells are no participants, X is 0 points."""

    def count(mask: np.ndarray) -> np.ndarray:
        return np.bincount(group[mask], minlength=groups)

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(group, weights=values, minlength=groups).astype(np.int64)

    def by_item(values: np.ndarray) -> np.ndarray:
        columns = [total(values[:, item]) for item in range(values.shape[1])]
        return np.stack(columns, axis=1) if columns else np.zeros((groups, 0), np.int64)

    taken = (people.scores != neutral.NOT_TAUGHT) & (people.scores <= neutral.HIGHEST_SCORE)
    skipped = people.scores == neutral.SKIPPED
    counted = taken | skipped
    value = points(people.scores)
    full = np.array([neutral.HIGHEST_SCORE + 1 if m is None else m for m in maxima], np.int16)
    width = max(maximum or 0, int(people.totals.max(initial=0))) + 1
    spread = np.bincount(group * width + people.totals, minlength=groups * width).reshape(groups, width)
    gap = people.marks.astype(np.int16) - people.journal
    both = (people.marks > 0) & (people.journal > 0)
    tests = np.full(people.size, -1, np.int16) if people.tests is None else people.tests
    told = np.flatnonzero((tests >= 0) & (tests <= MOST_TEST_POINTS))
    test_width = MOST_TEST_POINTS + 1 if told.size else 0
    by_test = np.bincount(group[told] * test_width + tests[told], minlength=groups * test_width)
    squares = people.totals.astype(np.int64) ** 2
    return Parts(
        participants=np.bincount(group, minlength=groups),
        marks=np.stack([count(people.marks == mark) for mark in (2, 3, 4, 5)], axis=1),
        score_sum=total(people.totals),
        score_squares=total(squares),
        histogram=spread,
        item_counts=by_item(counted),
        item_sums=by_item(value),
        item_full=by_item(taken & (value == full)),
        item_zero=by_item(counted & (value == 0)),
        item_skipped=by_item(skipped),
        journal_lower=count(both & (gap < 0)),
        journal_equal=count(both & (gap == 0)),
        journal_higher=count(both & (gap > 0)),
        journal_gap=count(both & (np.abs(gap) >= 2)),
        test_sum=total(np.maximum(tests, 0)),
        test_count=count(tests >= 0),
        test_histogram=by_test.reshape(groups, test_width),
        item_details=details(people, group, groups),
    )


def details(people: Participants, group: np.ndarray, groups: int) -> np.ndarray:
    """Finer sums of items by group, in the rows of `statistics.details`; over those who had the item."""
    taken = (people.scores != neutral.NOT_TAUGHT) & (people.scores <= neutral.HIGHEST_SCORE)
    counted = taken | (people.scores == neutral.SKIPPED)
    value, total = points(people.scores).astype(np.int64), people.totals.astype(np.int64)
    marked = (people.marks >= 2) & (people.marks <= 5)
    by_mark = group[marked] * 4 + people.marks[marked] - 2

    def added(weights: np.ndarray) -> np.ndarray:
        return np.bincount(group, weights=weights, minlength=groups).astype(np.int64)

    def of_marks(weights: np.ndarray) -> np.ndarray:
        found = np.bincount(by_mark, weights=weights[marked], minlength=groups * 4)
        return found.reshape(groups, 4).astype(np.int64)

    items = value.shape[1]
    rows = np.zeros((groups, ROWS, items), np.int64)
    for item in range(items):
        had, points_of = counted[:, item], value[:, item]
        rows[:, SQUARES, item] = added(points_of * points_of)
        rows[:, PRODUCTS, item] = added(points_of * total)
        rows[:, TOTALS, item] = added(total * had)
        rows[:, TOTAL_SQUARES, item] = added(total * total * had)
        rows[:, MARK_COUNTS : MARK_COUNTS + 4, item] = of_marks(had)
        rows[:, MARK_SUMS : MARK_SUMS + 4, item] = of_marks(points_of)
    return rows.reshape(groups, ROWS * items)


EXTREME = 0.27  # of participants in the strong and in the weak group


def extremes(people: Participants, maxima: Sequence[int | None]) -> list[float | None]:
    """D of every item: completion of the strongest 27 % less that of the weakest, by the total; None without either.

    Participants with one total share the place at the edge, so that the order of rows changes nothing.
    """
    had = (people.scores <= neutral.HIGHEST_SCORE) | (people.scores == neutral.SKIPPED)
    value, totals = points(people.scores).astype(float), people.totals.astype(np.int64)
    strong, weak = (_edge(order, EXTREME * people.size) for order in (totals, -totals))
    found: list[float | None] = []
    for item, maximum in enumerate(maxima):
        weights = [group * had[:, item] for group in (strong, weak)]
        if not maximum or any(one.sum() <= 0 for one in weights):
            found.append(None)
            continue
        high, low = (float((one * value[:, item]).sum() / one.sum()) / maximum for one in weights)
        found.append(high - low)
    return found


def _edge(order: np.ndarray, size: float) -> np.ndarray:
    """Weights of those with the greatest values, `size` in all; those at the edge share what is left."""
    _, places, counts = np.unique(-order, return_inverse=True, return_counts=True)
    above = np.cumsum(counts) - counts
    return np.clip((size - above) / counts, 0.0, 1.0)[places]


def packed(details: np.ndarray) -> bytes:
    """The finer sums of one group as they are stored."""
    return pack(details.astype("<i8").tobytes())
