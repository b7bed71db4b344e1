"""Signs 2 and 6: what other analyses found, as a sign reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.analysis.signs.judging.verdicts import Case, Judgement, Result, unassessed
from apps.analysis.signs.share import Threshold
from apps.core.figures import figure


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
