"""Signs 1 and 4: shares below a minimum, and means of exams."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.analysis.signs.judging.verdicts import Case, Judgement, Result, interval_text, unassessed
from apps.analysis.signs.share import Counts, Outcome, Threshold, judge, wilson
from apps.core.figures import figure, percent


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
    notes = [interval_text(wilson(case.counts)), "возможна случайность" if outcome == Outcome.PERHAPS else ""]
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
    bounds: tuple[Decimal, Decimal] | None = None  # of the own mean, 95 %; None where only the mean is known

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
    note = "; ".join(part for part in (by, *_chance(case, lag, marked=marked), case.source) if part)
    return Case(case.title, written, Result.MARKED if marked else Result.CLEAR, case.n, note)


def _chance(case: MeanCase, lag: Decimal, *, marked: bool) -> list[str]:
    """The interval of the mean, and whether it reaches to a smaller lag."""
    if case.bounds is None:
        return ["интервал не строится: известно только среднее"] if marked else []
    low, high = case.bounds
    limit = case.whole * (100 - lag) / 100
    text = f"интервал {figure(low, case.decimals)} – {figure(high, case.decimals)}"
    return [text, "возможна случайность" if marked and high > limit else ""]
