"""Sign 5: participation in contests beside the group of schools like it."""

from dataclasses import dataclass
from decimal import Decimal

from apps.analysis.signs.judging.verdicts import Case, Judgement, Result, interval_text, unassessed
from apps.analysis.signs.share import Counts, Threshold, wilson
from apps.core.figures import figure, percent


@dataclass(frozen=True)
class Turnout:
    """Participations in contests and the pupils of the school; a pupil of two contests may have two."""

    taken: int
    pupils: int

    @property
    def per_hundred(self) -> Decimal | None:
        return Decimal(100) * self.taken / self.pupils if self.pupils else None


@dataclass(frozen=True)
class Participation:
    """The school, and the group of schools like it; `once` says that a pupil is counted once."""

    own: Turnout
    group: Turnout
    group_name: str
    members: int
    source: str = ""
    once: bool = True

    def written(self, rate: Decimal | None) -> str:
        return percent(rate) if self.once else f"{figure(rate, 1)} на 100 учащихся"


def contests(found: Participation | None, threshold: Threshold, why: str = "") -> Judgement:
    """Sign 5: participation lags behind that of the group by the threshold and more, in percent of it."""
    if found is None:
        return unassessed(why or "нет данных об участии")
    own, group = found.own.per_hundred, found.group.per_hundred
    if own is None or found.own.pupils < threshold.minimum_participants:
        return unassessed(f"учащихся меньше {threshold.minimum_participants}")
    if not group:
        return unassessed("в группе похожих школ участников нет")
    lag = 100 * (group - own) / group
    marked = lag >= threshold.percent
    notes = [*_uncertainty(found, group, threshold, marked=marked), f"школ в группе: {found.members}", found.source]
    result = Result.MARKED if marked else Result.CLEAR
    case = Case(
        "Участники олимпиад, смотров и конкурсов" if found.once else "Участие в олимпиадах и конкурсах",
        f"{found.own.taken} из {found.own.pupils}, {found.written(own)}"
        if found.once
        else f"участий {found.own.taken}, учащихся {found.own.pupils}: {found.written(own)}",
        result,
        found.own.pupils,
        "; ".join(part for part in notes if part),
    )
    written = f"{found.written(own)} при {found.written(group)} в группе «{found.group_name}»"
    return Judgement(result, written, lag, found.own.pupils, (case,))


def _uncertainty(found: Participation, group: Decimal, threshold: Threshold, *, marked: bool) -> list[str]:
    """The interval of a share; participations of one pupil hang together, so a rate of them has none."""
    if not found.once:
        return ["один ученик мог участвовать несколько раз, поэтому интервал не строится"]
    interval = wilson(Counts(found.own.taken, found.own.pupils))
    limit = group * (100 - threshold.percent) / 100
    return [interval_text(interval), "возможна случайность" if marked and interval and interval.upper > limit else ""]
