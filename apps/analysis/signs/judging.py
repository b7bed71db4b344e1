"""What each sign says of one school: plain arithmetic over counts and figures.

Not judged is not «no sign»: a school without enough participants, or whose figures are absent, is `UNASSESSED` with
the reason. Shares are compared without division, so without rounding; exactly the threshold counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from apps.analysis.signs.share import Counts, Interval, Outcome, Threshold, judge, wilson
from apps.core.figures import figure, percent, points

YEARS = 3


class Result(StrEnum):
    MARKED = "marked"
    CLEAR = "clear"
    UNASSESSED = "unassessed"
    PART = "part"  # of a case only: it is shown and not judged by itself


@dataclass(frozen=True)
class Case:
    """One figure that a sign looks at, written for people; `n` is how many people stand behind it."""

    title: str
    written: str
    result: Result
    n: int | None = None
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Judgement:
    """What a sign says: its result, the value in words and the figures it rests on."""

    result: Result
    written: str
    value: Decimal | None = None
    n: int | None = None
    cases: tuple[Case, ...] = field(default_factory=tuple)


def unassessed(why: str, cases: Iterable[Case] = ()) -> Judgement:
    return Judgement(Result.UNASSESSED, why, cases=tuple(cases))


def _interval_text(interval: Interval | None) -> str:
    return f"интервал {percent(interval.lower)} – {percent(interval.upper)}" if interval else ""


@dataclass(frozen=True)
class ShareCase:
    """A share of people below a minimum in one work or exam."""

    title: str
    counts: Counts
    source: str = ""
    url: str = ""


def share_case(case: ShareCase, threshold: Threshold) -> Case:
    """The case with its share, interval and what they say."""
    outcome = judge(case.counts, threshold)
    if outcome == Outcome.FEW:
        return Case(case.title, "данных мало", Result.UNASSESSED, case.counts.marked, case.source, case.url)
    marked = outcome in {Outcome.ATTENTION, Outcome.PERHAPS}
    notes = [_interval_text(wilson(case.counts)), "возможна случайность" if outcome == Outcome.PERHAPS else ""]
    return Case(
        case.title,
        f"{case.counts.low} из {case.counts.marked}, {percent(case.counts.share)}",
        Result.MARKED if marked else Result.CLEAR,
        case.counts.marked,
        "; ".join(part for part in (*notes, case.source) if part),
        case.url,
    )


def failing_share(shares: Sequence[ShareCase], threshold: Threshold) -> Judgement:
    """Sign 4: the share below the minimum is at or above the threshold in one work at least."""
    if not shares:
        return unassessed("нет результатов ВПР и ГИА за год")
    cases = tuple(share_case(case, threshold) for case in shares)
    judged = [case for case in shares if case.counts.marked >= threshold.minimum_participants]
    if not judged:
        return unassessed(f"ни в одной работе нет {threshold.minimum_participants} участников", cases)
    worst = max(judged, key=lambda case: case.counts.share or Decimal(0))
    marked = sum(case.result == Result.MARKED for case in cases)
    if marked:
        written = f"отмечено работ: {marked} из {len(judged)}; наибольшая доля {percent(worst.counts.share)}"
        return Judgement(Result.MARKED, written, worst.counts.share, worst.counts.marked, cases)
    written = f"наибольшая доля {percent(worst.counts.share)}"
    return Judgement(Result.CLEAR, written, worst.counts.share, worst.counts.marked, cases)


@dataclass(frozen=True)
class MeanCase:
    """A mean of a school beside that of the municipality; more is better."""

    title: str
    own: Decimal
    whole: Decimal
    n: int
    decimals: int = 2
    source: str = ""

    @property
    def lag(self) -> Decimal:
        """By how many percent of the whole the own mean is lower; negative when it is higher."""
        return 100 * (self.whole - self.own) / self.whole


def low_exams(shares: Sequence[ShareCase], means: Sequence[MeanCase], threshold: Threshold, lag: Decimal) -> Judgement:
    """Sign 1: a share that did not pass at or above the threshold, or a mean that lags by `lag` percent and more."""
    if not shares and not means:
        return unassessed("нет результатов ГИА")
    cases = [share_case(case, threshold) for case in shares]
    cases += [_mean_case(case, threshold.minimum_participants, lag) for case in means]
    judged = [case for case in cases if case.result != Result.UNASSESSED]
    if not judged:
        return unassessed(f"выпускников меньше {threshold.minimum_participants}", cases)
    marked = [case for case in judged if case.result == Result.MARKED]
    shown = marked or [max(judged, key=lambda case: case.n or 0)]
    written = "; ".join(f"{case.title}: {case.written}" for case in shown[:2])
    result = Result.MARKED if marked else Result.CLEAR
    return Judgement(result, written, None, max(case.n or 0 for case in judged), tuple(cases))


def _mean_case(case: MeanCase, minimum: int, lag: Decimal) -> Case:
    written = f"{figure(case.own, case.decimals)} при {figure(case.whole, case.decimals)} по муниципалитету"
    if case.n < minimum:
        return Case(case.title, "данных мало", Result.UNASSESSED, case.n, case.source)
    marked = case.lag >= lag
    by = f"отставание {percent(case.lag)}" if case.lag > 0 else ""
    note = "; ".join(part for part in (by, case.source) if part)
    return Case(case.title, written, Result.MARKED if marked else Result.CLEAR, case.n, note)


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
        f"размах {points(width).removeprefix('+')}" if wide else "",
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


@dataclass(frozen=True)
class Participation:
    """Participants of contests among pupils: the school, and the group of schools like it."""

    own: Counts
    group: Counts
    group_name: str
    members: int


def contests(found: Participation | None, threshold: Threshold, why: str = "") -> Judgement:
    """Sign 5: the share of participants lags behind that of the group by the threshold and more, in percent of it."""
    if found is None:
        return unassessed(why or "нет данных об участии")
    own, group = found.own.share, found.group.share
    if own is None or found.own.marked < threshold.minimum_participants:
        return unassessed(f"учащихся меньше {threshold.minimum_participants}")
    if not group:
        return unassessed("в группе похожих школ участников нет")
    lag = 100 * (group - own) / group
    marked = lag >= threshold.percent
    interval = wilson(found.own)
    limit = group * (100 - threshold.percent) / 100
    chance = "возможна случайность" if marked and interval and interval.upper > limit else ""
    notes = [_interval_text(interval), f"школ в группе: {found.members}", chance]
    written = f"{percent(own)} при {percent(group)} в группе «{found.group_name}»"
    result = Result.MARKED if marked else Result.CLEAR
    case = Case(
        "Участники олимпиад, смотров и конкурсов",
        f"{found.own.low} из {found.own.marked}, {percent(own)}",
        result,
        found.own.marked,
        "; ".join(part for part in notes if part),
    )
    return Judgement(result, written, lag, found.own.marked, (case,))


@dataclass(frozen=True)
class Marker:
    """A marker of the analysis of objectivity; `is_marked` is None where it could not be counted."""

    title: str
    written: str
    is_marked: bool | None
    n: int | None = None
    url: str = ""


def biased_results(markers: Sequence[Marker] | None, least: Decimal, why: str = "") -> Judgement:
    """Sign 2: so many markers of biased results and more. None means that the analysis was not run."""
    if markers is None:
        return unassessed(why or "не рассчитан: нет прогона объективности")
    judged = [one for one in markers if one.is_marked is not None]
    if not judged:
        return unassessed("участников мало для анализа объективности")
    shown = [one for one in markers if one.is_marked]
    count = len(shown)
    rest = Case("Остальные проверки", f"без маркера: {len(judged) - count}", Result.CLEAR)
    cases = (*(Case(one.title, one.written, Result.MARKED, one.n, url=one.url) for one in shown), rest)
    result = Result.MARKED if count >= least else Result.CLEAR
    most = max((one.n or 0 for one in judged), default=0) or None
    return Judgement(result, f"маркеров: {count} из {len(judged)}", Decimal(count), most, cases)


@dataclass(frozen=True)
class SocialIndex:
    """The index of social conditions of a school, 0 to 100, more is better; its parts in words."""

    index: Decimal
    n: int | None
    parts: tuple[tuple[str, str], ...] = ()
    url: str = ""


def social(found: SocialIndex | None, threshold: Threshold, why: str = "") -> Judgement:
    """Sign 6: the index is not above the threshold."""
    if found is None:
        return unassessed(why or "не рассчитан: нет индекса социальных условий")
    cases = tuple(Case(title, written, Result.PART, url=found.url) for title, written in found.parts)
    if found.n is not None and found.n < threshold.minimum_participants:
        return unassessed(f"учащихся меньше {threshold.minimum_participants}", cases)
    result = Result.MARKED if found.index <= threshold.percent else Result.CLEAR
    return Judgement(result, f"индекс {figure(found.index, 1)} из 100", found.index, found.n, cases)


@dataclass(frozen=True)
class WorkYears:
    """One work (kind, subject, grade) in three years, newest first; None where it was not written."""

    title: str
    years: tuple[Counts | None, Counts | None, Counts | None]
    url: str = ""


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
    case = share_case(ShareCase(work.title, counts or Counts(0, 0), url=work.url), threshold)
    notes = [case.note, "за три года вместе" if pooled else "", "низкая два года подряд" if running else ""]
    return Case(case.title, case.written, case.result, case.n, "; ".join(part for part in notes if part), case.url)
