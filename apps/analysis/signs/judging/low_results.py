"""The profile of schools with low results: low works of a year, or the same one two years running."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.analysis.signs.judging.shares import ShareCase, share_case
from apps.analysis.signs.judging.verdicts import Case, Judgement, Result, unassessed
from apps.analysis.signs.share import Counts, Outcome, Threshold, judge


@dataclass(frozen=True)
class WorkYears:
    """One work (kind, subject, grade) in three years, newest first; None where it was not written."""

    title: str
    years: tuple[Counts | None, Counts | None, Counts | None]
    url: str = ""
    source: str = ""


@dataclass(frozen=True)
class LowProfile:
    """When a school is one with low results."""

    threshold: Threshold
    procedures: int  # so many low ones in a year


def _is_low(counts: Counts | None, threshold: Threshold) -> bool | None:
    """None: not judged."""
    if counts is None or judge(counts, threshold) == Outcome.FEW:
        return None
    return judge(counts, threshold) != Outcome.QUIET


def low_results(works: Sequence[WorkYears], profile: LowProfile) -> Judgement:
    """Enough low works in the year, or the same work low two years running.

    A year with too few participants is not judged; the sum of three years stands in its place.
    """
    cases, low, twice = [], 0, 0
    for work in works:
        now, before = (_is_low(year, profile.threshold) for year in work.years[:2])
        counts, pooled = work.years[0], False
        if now is None:
            counts = sum((year for year in work.years if year), Counts(0, 0))
            now, pooled = _is_low(counts, profile.threshold), True
        low += bool(now)
        running = bool(now and before and not pooled)
        twice += running
        cases.append(_low_case(work, counts, profile.threshold, pooled=pooled, running=running))
    judged = [case for case in cases if case.result != Result.UNASSESSED]
    if not judged:
        why = (
            f"участников меньше {profile.threshold.minimum_participants} и за три года" if works else "нет результатов"
        )
        return unassessed(why, cases)
    marked = low >= profile.procedures or twice > 0
    written = f"низких процедур: {low} из {len(judged)}" + (f", два года подряд: {twice}" if twice else "")
    return Judgement(Result.MARKED if marked else Result.CLEAR, written, Decimal(low), None, tuple(cases))


def _low_case(work: WorkYears, counts: Counts | None, threshold: Threshold, *, pooled: bool, running: bool) -> Case:
    case = share_case(ShareCase(work.title, counts or Counts(0, 0), work.source, work.url), threshold)
    notes = [case.note, "за три года вместе" if pooled else "", "низкая два года подряд" if running else ""]
    return Case(case.title, case.written, case.result, case.n, "; ".join(part for part in notes if part), case.url)
