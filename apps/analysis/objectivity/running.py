"""A run: every test over every school of every work of a year, corrected together and stored. For workers only."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from apps.analysis.objectivity import loading, signs
from apps.analysis.objectivity.arithmetic import exams, federal, patterns, profile, spikes
from apps.analysis.objectivity.arithmetic.correction import adjusted
from apps.analysis.objectivity.arithmetic.work import Outcome, Rule, Work
from apps.analysis.objectivity.loading import Key, Schools
from apps.analysis.objectivity.models import Evidence, ObjectivityRule, ObjectivityRun
from apps.analysis.objectivity.words import sentence
from apps.core import events, periods
from apps.procedures.models import Procedure
from apps.procedures.storing import NULL, copy_rows

Progress = Callable[[int, int, str], None]
Kind = Procedure.Kind

RUSSIAN, MATHEMATICS = "Русский язык", "Математика"
FEDERAL_SUBJECTS = frozenset({RUSSIAN, MATHEMATICS})
MEAN_WORKS = frozenset({(Kind.VPR, 4), (Kind.VPR, 5), (Kind.OGE, 9)})
MISMATCH_WORKS = frozenset({(Kind.VPR, 4), (Kind.VPR, 5)})
_OWN_TESTS: tuple[tuple[str, Callable[[Work, np.ndarray, Rule], Outcome]], ...] = (
    (signs.SPIKE, spikes.spikes),
    (signs.HARD, profile.hard_over_simple),
    (signs.JOURNAL, profile.above_journal),
    (signs.ROWS, patterns.identical_rows),
)
_COLUMNS = ("run_id", "organization_id", "procedure_id", "test", "statistic", "n", "p", "q", "marked", "words")


@dataclass
class _Found:
    """The outcome of a test over the schools of a work."""

    procedure: Procedure
    test: str
    outcome: Outcome
    keys: list[Key]

    @property
    def rows(self) -> np.ndarray:
        """Indexes of our organisations of which the test says something."""
        ours = np.array([kind == "o" for kind, _ in self.keys], np.bool_)
        return np.flatnonzero(ours & ~np.isnan(self.outcome.statistic))


@dataclass
class Assessment:
    """All outcomes of a run and what its page says of each work."""

    found: list[_Found] = field(default_factory=list)
    works: list[dict[str, Any]] = field(default_factory=list)


def procedures_of(run: ObjectivityRun) -> list[Procedure]:
    """ВПР of the year with results, and ОГЭ for what is asked of them; one work where the run is of one."""
    found = Procedure.objects.with_results().filter(period=run.period, kind__in=(Kind.VPR, Kind.OGE))
    if run.procedure_id:
        found = found.filter(pk=run.procedure_id)
    return list(found.select_related("subject", "period").order_by("grade", "subject__name", "kind", "session"))


def limits(rule: ObjectivityRule) -> Rule:
    return Rule(rule.participants, rule.schools, rule.reference, rule.items, rule.whole_region)


def assess(procedures: Iterable[Procedure], rule: Rule, progress: Progress | None = None) -> Assessment:
    """Every test that applies to each work."""
    schools, whole = Schools(), Assessment()
    procedures = list(procedures)
    for place, procedure in enumerate(procedures):
        if progress:
            progress(place, len(procedures) + 1, str(procedure))
        _assess_one(procedure, schools, rule, whole)
    return whole


def _assess_one(procedure: Procedure, schools: Schools, rule: Rule, whole: Assessment) -> None:
    counts, keys = loading.histograms(procedure, schools)
    found: list[_Found] = []
    bounds = tuple(procedure.bounds)

    def add(test: str, outcome: Outcome, of: list[Key] = keys) -> None:
        found.append(_Found(procedure, test, outcome, of))

    work: dict[str, Any] = {"procedure": procedure.pk, "title": procedure.title}
    in_subjects = procedure.subject.name in FEDERAL_SUBJECTS
    if in_subjects and (procedure.kind, procedure.grade) in MEAN_WORKS:
        region = loading.region(procedure, counts, keys, rule)
        work["region"] = region.words
        add(signs.MEAN, federal.overstated(counts, region.sample, rule))
    if procedure.kind == Kind.VPR:
        loaded = loading.results(procedure, schools)
        if loaded is not None:
            bounds = loaded.work.bounds
            for test, function in _OWN_TESTS:
                add(test, function(loaded.work, loaded.ours, rule), loaded.keys)
            if in_subjects and (procedure.kind, procedure.grade) in MISMATCH_WORKS:
                add(signs.MISMATCH, federal.mismatch(loaded.work, rule), loaded.keys)
    if in_subjects and (procedure.kind, procedure.grade) == (Kind.VPR, 5):
        rise, fall = _change(procedure, counts, keys, schools, rule)
        add(signs.RISE, rise)
        add(signs.FALL, fall)
    if (procedure.kind, procedure.grade) == (Kind.OGE, 9):
        add(signs.EXAM, _exam(procedure, counts, keys, schools, rule))
    whole.found += found
    whole.works.append({**work, **_described(procedure, counts, keys, found, bounds)})


def _described(
    procedure: Procedure, counts: np.ndarray, keys: list[Key], found: list[_Found], bounds: tuple[int, ...]
) -> dict[str, Any]:
    """With whom the schools of a work are compared, its bounds and the ratios at them, the tests that are off."""
    histogram = counts.sum(axis=0)
    ratios = {str(bound): spikes.region_ratio(histogram, bound) for bound in bounds}
    return {
        "bounds": list(bounds),
        "bounds_from_marks": bool(bounds) and not procedure.bounds,
        "schools": len(keys),
        "ours": sum(kind == "o" for kind, _ in keys),
        "participants": int(histogram.sum()),
        "ratios": {bound: round(ratio, 2) for bound, ratio in ratios.items() if ratio is not None},
        "off": {each.test: each.outcome.refusal for each in found if each.outcome.refusal},
    }


def _pair(procedure: Procedure, *, kind: str, grade: int) -> Procedure | None:
    """The work that the same cohort wrote a year earlier."""
    before = periods.previous(procedure.period.span)
    same = Procedure.objects.with_results().filter(kind=kind, grade=grade, subject=procedure.subject)
    return same.filter(period__code=before.code).order_by("session").first()


def _change(
    procedure: Procedure, counts: np.ndarray, keys: list[Key], schools: Schools, rule: Rule
) -> tuple[Outcome, Outcome]:
    earlier = _pair(procedure, kind=procedure.kind, grade=procedure.grade - 1)
    if earlier is None or not (earlier.max_score and procedure.max_score):
        return Outcome.off(len(keys), "no_pair"), Outcome.off(len(keys), "no_pair")
    rows = loading.aligned(*loading.histograms(earlier, schools), keys)
    able = (rows.sum(axis=1) >= rule.participants) & (counts.sum(axis=1) >= rule.participants)
    before, after = completion(rows, earlier.max_score), completion(counts, procedure.max_score)
    return federal.sharp_change(before, after, able, rule)


def completion(counts: np.ndarray, maximum: int) -> np.ndarray:
    """Mean percent of the work done, by school; NaN where nobody wrote."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * (counts @ np.arange(counts.shape[1])) / (counts.sum(axis=1) * maximum)


def _exam(procedure: Procedure, counts: np.ndarray, keys: list[Key], schools: Schools, rule: Rule) -> Outcome:
    earlier = _pair(procedure, kind=Kind.VPR, grade=8)
    if earlier is None or not (earlier.max_score and procedure.max_score):
        return Outcome.off(len(keys), "no_pair")
    rows = loading.aligned(*loading.histograms(earlier, schools), keys)
    ours = np.array([kind == "o" for kind, _ in keys], np.bool_)
    work, exam = exams.Means.of(rows, earlier.max_score), exams.Means.of(counts, procedure.max_score)
    return exams.below_exam(work, exam, ours, rule)


@dataclass(frozen=True)
class _Line:
    """One row of evidence before it is written."""

    organization: int
    procedure: int
    test: str
    statistic: float
    n: int
    p: float
    q: float
    marked: bool
    words: str


def _lines(found: list[_Found], level: float) -> list[_Line]:
    """Evidence of ours; own tests are corrected over all schools and tests of the run at once."""
    rows = [(each, int(row)) for each in found for row in each.rows]
    p = np.array([each.outcome.p[row] for each, row in rows], float)
    q = adjusted(p)
    lines = []
    for (each, row), chance, corrected in zip(rows, p.tolist(), q.tolist(), strict=True):
        outcome = each.outcome
        statistic = float(outcome.statistic[row])
        detail = {name: float(values[row]) for name, values in outcome.detail.items()}
        marked = bool(corrected <= level) if each.test in signs.OWN_SIGNS else bool(outcome.marked[row])
        words = sentence(each.test, statistic, detail)
        lines.append(
            _Line(
                each.keys[row][1], each.procedure.pk, each.test, statistic, int(outcome.n[row]), chance, corrected,
                marked, words,
            )
        )  # fmt: skip
    return lines


def _cell(value: float) -> str:
    return NULL if np.isnan(value) else repr(value)


@transaction.atomic
def store(run: ObjectivityRun, assessment: Assessment) -> ObjectivityRun:
    """Write the evidence of a run; a second call replaces what the first one wrote."""
    lines = _lines(assessment.found, float(run.rule.q))
    Evidence.objects.filter(run=run).delete()
    copy_rows(
        Evidence,
        _COLUMNS,
        (
            (
                run.pk, line.organization, line.procedure, line.test, f"{line.statistic:.4f}", line.n, _cell(line.p),
                _cell(line.q), str(line.marked), line.words,
            )
            for line in lines
        ),
    )  # fmt: skip
    assessed = {line.organization for line in lines if line.test in signs.FEDERAL_SIGNS}
    with_sign = {line.organization for line in lines if line.test in signs.FEDERAL_SIGNS and line.marked}
    index = federal.territory_index(len(with_sign), len(assessed))
    run.comparisons = sum(not np.isnan(line.p) for line in lines)
    run.marked = sum(line.marked for line in lines if line.test in signs.OWN_SIGNS)
    run.summary = {
        "works": assessment.works,
        "schools": len({line.organization for line in lines}),
        "marked_schools": len({line.organization for line in lines if line.marked and line.test in signs.OWN_SIGNS}),
        "federal_assessed": len(assessed),
        "federal_marked": len(with_sign),
        "index": None if index is None else round(index, 2),
    }
    json.dumps(run.summary)  # plain numbers only
    run.finished_at = timezone.now()
    run.save(update_fields=["comparisons", "marked", "summary", "finished_at"])
    text = f"Проверка объективности: сравнений {run.comparisons}, отмечено {run.marked}."
    events.record(kind="analysis.objectivity_counted", subject=run, by=run.started_by, text=text)
    return run


def perform(run: ObjectivityRun, progress: Progress | None = None) -> ObjectivityRun:
    """Assess and store; safe to run twice."""
    return store(run, assess(procedures_of(run), limits(run.rule), progress))
