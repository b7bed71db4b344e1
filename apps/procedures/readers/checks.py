"""Which rows count: absent, present, put aside. Pure functions over `Results`, the maxima and the scale."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from apps.core.findings import Finding, notice, query
from apps.procedures.readers import neutral
from apps.procedures.readers.neutral import Results
from apps.procedures.scales import marking

_LISTED = 20


class Limit(Protocol):
    """An item as the checks see it: its number for people and its maximum."""

    number: str
    maximum: int | None


@dataclass
class Verdict:
    """Masks over the rows of `Results`; `quarantined` is a part of `present`."""

    present: np.ndarray
    quarantined: np.ndarray
    totals: np.ndarray  # int16, recomputed where the file had none
    marks: np.ndarray  # uint8; the file's own, else by the scale; 0 = none
    reasons: dict[int, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def counted(self) -> np.ndarray:
        """Rows that enter statistics."""
        return self.present & ~self.quarantined


def points(scores: np.ndarray) -> np.ndarray:
    """Scores as numbers: X, «не пройд.» and empty cells are 0."""
    return np.where(scores > neutral.HIGHEST_SCORE, 0, scores)


def _listed(results: Results, rows: np.ndarray) -> str:
    shown = ", ".join(str(int(number)) for number in results.row_numbers[rows[:_LISTED]])
    return shown + (f" и ещё {len(rows) - _LISTED}" if len(rows) > _LISTED else "")


def _totals(results: Results, present: np.ndarray, maximum: int | None, findings: list[Finding]) -> np.ndarray:
    """Primary scores: the file's; from the items where it is empty, zero or above the maximum of the work."""
    sums = points(results.scores).sum(axis=1, dtype=np.int32)
    totals = results.totals.astype(np.int32)
    unusable = (totals <= 0) | (totals > maximum if maximum is not None else False)
    recount = present & unusable & (totals != sums) & (results.scores <= neutral.HIGHEST_SCORE).any(axis=1)
    above = np.flatnonzero(present & (totals > maximum)) if maximum is not None else np.empty(0, np.int64)
    if above.size:
        findings.append(
            query(
                "total_above_maximum",
                f"Итоговый балл больше максимального за работу ({maximum}) — он пересчитан по заданиям.",
                sheet=results.sheet,
                found=f"строки {_listed(results, above)}",
                action="Проверьте эти строки: возможно, значения сдвинуты по столбцам.",
            )
        )
    if filled := int((recount & (totals <= 0)).sum()):
        message = f"Итоговый балл пуст или равен нулю, хотя задания оценены: пересчитан в {filled} строках."
        findings.append(notice("total_recounted", message, sheet=results.sheet))
    differ = np.flatnonzero(present & ~unusable & (totals != sums))
    if differ.size and results.family.startswith(("f1", "export", "form")):
        findings.append(
            notice(
                "total_differs",
                f"Итоговый балл не равен сумме баллов за задания (строк: {differ.size}); учтён итоговый балл файла.",
                sheet=results.sheet,
                found=f"строки {_listed(results, differ)}",
            )
        )
    return np.where(recount, sums, np.maximum(totals, 0)).astype(np.int16)


def _above_maximum(results: Results, maxima: Sequence[int | None]) -> np.ndarray:
    limits = np.array([neutral.HIGHEST_SCORE if m is None else m for m in maxima], np.int16)
    return (results.scores > limits) & (results.scores <= neutral.HIGHEST_SCORE)


def _second_times(results: Results) -> np.ndarray:
    """Rows whose school and code stood above already (codes of 0 are no codes)."""
    keys = results.school.astype(np.int64) * 10**9 + results.codes
    _, first = np.unique(keys, return_index=True)
    repeated = np.ones(results.size, np.bool_)
    repeated[first] = False
    return repeated & (results.codes > 0)


def _why(results: Results, row: int, over: np.ndarray, limits: Sequence[Limit], repeated: bool) -> list[str]:
    reasons = [
        f"задание {limits[j].number}: {results.scores[row, j]} при максимуме {limits[j].maximum}"
        for j in np.flatnonzero(over[row]).tolist()
    ]
    reasons += [f"{name}: «{found}»" for (index, name), found in results.unread.items() if index == row]
    if repeated:
        reasons.append(f"код {results.codes[row]} уже встречался у этой школы")
    return reasons


def check(results: Results, *, limits: Sequence[Limit], maximum: int | None, scale: marking.Scale) -> Verdict:
    """Judge every row. `limits` by item from the catalogue or the header, never from the data; None = not known.

    `scale` gives marks where the file has none; its bounds are empty when there is no scale.
    """
    findings: list[Finding] = []
    has_score = (results.scores != neutral.EMPTY).any(axis=1) | (results.totals > 0)
    if results.test_scores is not None:
        has_score |= results.test_scores >= 0
    if results.marks is not None:
        has_score |= results.marks > 0
    present = ~results.marked_absent & has_score
    over = _above_maximum(results, [limit.maximum for limit in limits])
    repeated = _second_times(results)
    bad = over.any(axis=1) | (results.scores == neutral.UNREADABLE).any(axis=1) | repeated
    for given in (results.marks, results.journal):
        if given is not None:
            bad |= given == neutral.IMPOSSIBLE_MARK
    quarantined = present & bad
    totals = _totals(results, present, maximum, findings)
    marks = results.marks
    if marks is None:
        marks = np.zeros(results.size, np.uint8)
        if scale.bounds and results.test_scores is None:
            marks = marking.marks(totals, results.scores, [limit.number for limit in limits], scale)
    reasons = {
        int(row): _why(results, int(row), over, limits, bool(repeated[row])) for row in np.flatnonzero(quarantined)
    }
    return Verdict(present, quarantined, totals, np.where(present, marks, 0).astype(np.uint8), reasons, findings)
