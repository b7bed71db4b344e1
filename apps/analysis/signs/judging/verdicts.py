"""What a judgement is made of: results, figures with the people behind them, the value in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from apps.analysis.signs.share import Interval
from apps.core.figures import percent


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


def interval_text(interval: Interval | None) -> str:
    return f"интервал {percent(interval.lower)} – {percent(interval.upper)}" if interval else ""
