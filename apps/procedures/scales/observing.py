"""Bounds of marks as real marks show them, against the scale that the portal has."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from apps.core.findings import Finding, query
from apps.procedures.models import Procedure, ResultBlock
from apps.procedures.scales import marking


@dataclass
class Observed:
    """Of each bound (of 3, 4, 5) the least and greatest value that agrees best with the marks; None without both sides.

    `wrong` counts, a bound, the marks that even the best bound does not explain; `differ` those that the scale of the
    portal does not explain, of `n` participants with a mark.
    """

    n: int = 0
    bounds: list[list[int] | None] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    differ: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def infer(totals: np.ndarray, marks: np.ndarray) -> Observed:
    """The bounds that leave fewest marks unexplained. Participants without a mark are left out."""
    kept = (marks >= 2) & (marks <= 5) & (totals >= 0)
    totals, marks = totals[kept].astype(np.int64), marks[kept]
    observed = Observed(int(kept.sum()))
    if not observed.n:
        return observed
    width = int(totals.max()) + 2
    for mark in (3, 4, 5):
        above = np.bincount(totals[marks >= mark], minlength=width)
        below = np.bincount(totals[marks < mark], minlength=width)
        if not above.sum() or not below.sum():
            observed.bounds.append(None)
            observed.wrong.append(0)
            continue
        # For a bound b: those at or above the mark with fewer points, and those below it with b points or more.
        missed = np.concatenate(([0], np.cumsum(above)[:-1]))
        extra = below.sum() - np.concatenate(([0], np.cumsum(below)[:-1]))
        cost = missed + extra
        best = np.flatnonzero(cost == cost.min())
        observed.bounds.append([int(best[0]), int(best[-1])])
        observed.wrong.append(int(cost.min()))
    return observed


def _columns(procedure: Procedure) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Primary scores, marks and scores of all participants whose marks came from a file."""
    width = procedure.items.count()
    blocks = ResultBlock.objects.filter(procedure=procedure, file__marks_by_scale=False)
    totals, marks, scores = [], [], []
    for primary, given, matrix in blocks.values_list("primary", "marks", "matrix").iterator(chunk_size=500):
        totals.append(np.asarray(primary, np.int16))
        marks.append(np.frombuffer(given, np.uint8))
        scores.append(np.frombuffer(matrix, np.uint8).reshape(len(primary), width))
    if not totals:
        return np.empty(0, np.int16), np.empty(0, np.uint8), np.empty((0, width), np.uint8)
    return np.concatenate(totals), np.concatenate(marks), np.concatenate(scores)


def observe(procedure: Procedure) -> list[Finding]:
    """Infer the bounds of a work from all marks of its files, keep them and say where the scale disagrees."""
    totals, marks, scores = _columns(procedure)
    observed = infer(totals, marks)
    if observed.n and procedure.bounds:
        kept = (marks >= 2) & (marks <= 5)
        numbers = list(procedure.items.values_list("number", flat=True))
        expected = marking.marks(totals[kept], scores[kept], numbers, procedure)
        observed.differ = int((expected != marks[kept]).sum())
    procedure.observed = observed.as_json() if observed.n else {}
    procedure.save(update_fields=["observed"])
    return _told(procedure, observed)


def bound_text(bounds: Sequence[int] | None) -> str:
    if not bounds:
        return "неизвестно"
    return f"с {bounds[0]}" if bounds[0] == bounds[1] else f"с {bounds[0]}–{bounds[1]}"


def words(observed: Observed) -> str:
    parts = [f"«{mark}» — {bound_text(pair)}" for mark, pair in zip((3, 4, 5), observed.bounds, strict=False)]
    return ", ".join(parts)


def disagrees(bounds: Sequence[int], observed: Observed) -> bool:
    """Whether a bound of the scale lies outside what the marks allow."""
    pairs = zip(bounds, observed.bounds, strict=False)
    return any(pair is not None and not pair[0] <= bound <= pair[1] for bound, pair in pairs)


def _told(procedure: Procedure, observed: Observed) -> list[Finding]:
    if not procedure.bounds or not disagrees(procedure.bounds, observed):
        return []
    scale = ", ".join(f"«{mark}» — с {bound}" for mark, bound in zip((3, 4, 5), procedure.bounds, strict=True))
    return [
        query(
            "scale_differs",
            f"Отметки файла не сходятся со шкалой портала (расхождений: {observed.differ} из {observed.n}).",
            found=f"по отметкам: {words(observed)}",
            expected=f"по шкале: {scale}",
            action="Отметки файла сохранены как есть. Проверьте шкалу этой работы на странице «Шкалы и задания».",
        )
    ]
