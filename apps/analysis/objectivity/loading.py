"""From stored matrices and parts to arrays by school: two logins of one organisation are one school."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from apps.analysis.objectivity.arithmetic.federal import Sample
from apps.analysis.objectivity.arithmetic.spikes import inferred_bounds
from apps.analysis.objectivity.arithmetic.work import NO_SCORE, Rule, Work
from apps.procedures.models import GroupResult, ParticipatingSchool, Procedure, ResultAggregate, ResultBlock
from apps.procedures.readers import neutral

Key = tuple[str, int]  # ("o", organisation) or ("s", a school of the files that is not ours)


class Schools:
    """Schools of the files by key, read once for a run."""

    def __init__(self) -> None:
        rows = ParticipatingSchool.objects.values_list("pk", "organization")
        self.keys: dict[int, Key] = {pk: ("o", owner) if owner else ("s", pk) for pk, owner in rows}


@dataclass(frozen=True)
class Loaded:
    """A work with the keys of its schools."""

    work: Work
    keys: list[Key]

    @property
    def ours(self) -> np.ndarray:
        return np.array([kind == "o" for kind, _ in self.keys], np.bool_)


def results(procedure: Procedure, schools: Schools) -> Loaded | None:
    """The participants of a work; None where nobody has results."""
    maxima = [item or 0 for item in procedure.items.values_list("maximum", flat=True)]
    blocks = list(
        ResultBlock.objects.filter(procedure=procedure)
        .order_by("pk")
        .values_list("school_id", "size", "matrix", "primary", "marks", "journal")
    )
    if not blocks:
        return None
    index: dict[Key, int] = {}
    owner = [index.setdefault(schools.keys[school], len(index)) for school, *_ in blocks]
    sizes = [size for _, size, *_ in blocks]

    def octets(place: int) -> np.ndarray:
        return np.frombuffer(b"".join(bytes(block[place]) for block in blocks), np.uint8)

    scores = octets(2).reshape(sum(sizes), len(maxima)).astype(np.int16)
    scores[scores == neutral.SKIPPED] = 0
    scores[scores > neutral.HIGHEST_SCORE] = NO_SCORE
    totals = np.concatenate([np.asarray(block[3], np.int64) for block in blocks])
    work = Work(
        scores=scores,
        totals=np.maximum(totals, 0),
        marks=octets(4),
        journal=octets(5),
        school=np.repeat(np.array(owner), sizes),
        schools=len(index),
        maxima=np.array(maxima, np.int64),
        bounds=tuple(procedure.bounds) or inferred_bounds(totals, octets(4)),
        maximum=procedure.max_score or int(sum(maxima)),
    )
    return Loaded(work, list(index))


def histograms(procedure: Procedure, schools: Schools) -> tuple[np.ndarray, list[Key]]:
    """Participants by school and primary score, from the stored parts alone."""
    rows = list(
        ResultAggregate.objects.filter(procedure=procedure, participants__gt=0)
        .order_by("pk")
        .values_list("school_id", "histogram")
    )
    index: dict[Key, int] = {}
    for school, _ in rows:
        index.setdefault(schools.keys[school], len(index))
    counts = np.zeros((len(index), max((len(row) for _, row in rows), default=1)), np.int64)
    for school, row in rows:
        counts[index[schools.keys[school]], : len(row)] += np.array(row, np.int64)
    return counts, list(index)


@dataclass(frozen=True)
class Region:
    """Whom a mean is compared with, and in words where that comes from; no sample switches the sign off."""

    sample: Sample | None
    words: str


def region(procedure: Procedure, counts: np.ndarray, keys: Iterable[Key], rule: Rule) -> Region:
    """All schools of the files where they bring others than ours or are said to be the whole region; else the region's
    line of an aggregate report."""
    others = sum(kind == "s" for kind, _ in keys)
    if others >= rule.schools or rule.whole_region:
        sample = Sample.of_histogram(counts.sum(axis=0))
        return Region(sample, f"все школы загруженных файлов: {len(counts)}, участников {int(counts.sum())}")
    line = GroupResult.objects.filter(procedure=procedure, level="region", report="primary").first()
    if line is None or not line.participants:
        return Region(None, "нет данных региона")
    shares = {int(key): float(value) for key, value in line.values.items() if key.isascii() and key.isdigit()}
    if not shares or not 95 <= sum(shares.values()) <= 105:
        return Region(None, "в сводном отчёте региона нет распределения баллов")
    column = np.zeros(max(shares) + 1)
    for score, share in shares.items():
        column[score] = share
    sample = Sample.of_histogram(column / column.sum() * line.participants)
    return Region(
        sample, f"сводный отчёт «Распределение первичных баллов»: {line.name}, участников {line.participants}"
    )


def aligned(counts: np.ndarray, keys: list[Key], wanted: list[Key]) -> np.ndarray:
    """Rows of `counts` in the order of `wanted`; zeros where a school is not among `keys`."""
    at = {key: place for place, key in enumerate(keys)}
    rows = np.zeros((len(wanted), counts.shape[1]), np.int64)
    for place, key in enumerate(wanted):
        if key in at:
            rows[place] = counts[at[key]]
    return rows
