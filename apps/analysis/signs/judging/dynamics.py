"""Sign 3: results that fall or swing over three years."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.analysis.signs.judging.verdicts import Case, Judgement, Result, unassessed
from apps.analysis.signs.share import Counts, Interval, wilson
from apps.core.figures import percent, points

YEARS = 3


@dataclass(frozen=True)
class Series:
    """One kind of work over three years, oldest first: `good` of `marked` had «4» or «5» in the same works."""

    title: str
    years: tuple[tuple[str, int, int], ...]  # code of the year, good, marked


def difference(before: Counts, after: Counts) -> Interval | None:
    """95 % interval of the change of a share in percentage points; None where either has nobody.

    Source: R. G. Newcombe (1998), hybrid score interval from the two Wilson intervals.
    """
    first, second = wilson(before), wilson(after)
    if first is None or second is None or before.share is None or after.share is None:
        return None
    change = after.share - before.share
    down = ((after.share - second.lower) ** 2 + (first.upper - before.share) ** 2).sqrt()
    up = ((second.upper - after.share) ** 2 + (before.share - first.lower) ** 2).sqrt()
    return Interval(change - down, change + up)


def unstable(series: Sequence[Series], fall: Decimal, spread: Decimal, minimum: int) -> Judgement:
    """Sign 3: quality fell two years in a row by `fall` points in all, or its spread over three years is `spread`."""
    cases, found = [], []
    for one in series:
        case, change = _series_case(one, fall, spread, minimum)
        cases.append(case)
        if case.result != Result.UNASSESSED:
            found.append((case, change))
    if not found:
        return unassessed("нет трёх лет с достаточным числом участников", cases)
    marked = [pair for pair in found if pair[0].result == Result.MARKED]
    case, change = (marked or found)[0]
    result = Result.MARKED if marked else Result.CLEAR
    return Judgement(result, f"{case.title}: {case.written}", change, case.n, tuple(cases))


def _by_rise(shares: Sequence[Decimal]) -> str:
    """A swing that is a rise is said to be one: a sign of change, not of trouble."""
    return " — за счёт роста" if shares[0] <= shares[1] <= shares[2] else ""


def _series_case(one: Series, fall: Decimal, spread: Decimal, minimum: int) -> tuple[Case, Decimal | None]:
    counts = [Counts(good, marked) for _, good, marked in one.years]
    if len(counts) < YEARS or any(each.marked < minimum or not each.marked for each in counts):
        return Case(one.title, "данных мало", Result.UNASSESSED, min((c.marked for c in counts), default=0)), None
    shares = [each.share or Decimal(0) for each in counts]
    change, width = shares[-1] - shares[0], max(shares) - min(shares)
    falls = shares[0] > shares[1] > shares[2] and -change >= fall
    wide = width >= spread
    written = " → ".join(percent(share) for share in shares)
    reasons = [
        f"снижение два года подряд, {points(change)}" if falls else "",
        f"размах {points(width).removeprefix('+')}{_by_rise(shares)}" if wide else "",
    ]
    bounds = difference(counts[0], counts[-1])
    if bounds and not (falls and bounds.upper < 0):
        reasons.append(f"изменение {points(change)}" if not falls else "")
    if bounds:
        reasons.append(f"интервал изменения {points(bounds.lower)} … {points(bounds.upper)}")
        reasons.append("возможна случайность" if (falls or wide) and bounds.lower <= 0 <= bounds.upper else "")
    note = "; ".join(part for part in reasons if part)
    result = Result.MARKED if falls or wide else Result.CLEAR
    return Case(one.title, written, result, min(each.marked for each in counts), note), change
