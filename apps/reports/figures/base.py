"""What every chapter's figures share: the year they are of, the pieces they make, and the way out for numbers.

Every number of a report goes through `shown_*` here, and so through the rules of small numbers: what these
return is frozen and public.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from apps.core import periods
from apps.core.disclosure import HIDDEN, Hidden, protect_count, protect_share
from apps.core.figures import NO_DATA, figure, percent
from apps.core.models import Period
from apps.indicators.protection import Protected, limits
from apps.reports.blocks import Block


@dataclass(frozen=True)
class Year:
    """The school year of a report, and the calendar year of its self-examination."""

    span: periods.PeriodSpan
    today: date
    # What several chapters share, read once.
    once: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def previous(self) -> periods.PeriodSpan:
        return periods.previous(self.span)

    @property
    def calendar(self) -> periods.PeriodSpan:
        return periods.self_examination_year(self.span)

    @property
    def calendar_previous(self) -> periods.PeriodSpan:
        return periods.previous(self.calendar)

    @property
    def on(self) -> date:
        """The day that the network is described on: the year's last, or today while the year lasts."""
        return min(self.span.ends_on, self.today)

    @classmethod
    def of(cls, period: Period, today: date) -> "Year":
        return cls(period.span, today)


@dataclass(frozen=True)
class OpenValue:
    """A row of the open data: an exact number as text, or why there is none (`state`)."""

    section: str
    code: str
    name: str
    unit: str
    period: str
    scope: str
    value: str
    base: str
    state: str  # значение, скрыто, нет данных
    source: str


@dataclass(frozen=True)
class Fact:
    """One of the five facts of the first page: a figure, what it is, and a sentence."""

    value: str
    label: str
    sentence: str


@dataclass
class Figures:
    """What a chapter brings: pieces to show, drafted sentences, rows of open data, facts."""

    blocks: list[Block] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    data: list[OpenValue] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


def text_of(value: Protected, decimals: int = 0, unit: str = "") -> str:
    """A protected number as people read it."""
    if value is HIDDEN:
        return str(HIDDEN)
    if value is None or isinstance(value, Hidden):
        return NO_DATA
    return percent(value, decimals) if unit == "%" else figure(value, decimals)


def state_of(value: Protected) -> str:
    if isinstance(value, Hidden):
        return "скрыто"
    return "нет данных" if value is None else "значение"


def exact(value: Protected) -> str:
    """The number for a machine: decimal point, no grouping; empty where there is none."""
    if value is None or isinstance(value, Hidden):
        return ""
    number = Decimal(value).quantize(Decimal("0.000001")).normalize()
    return f"{number:f}"


def shown_count(count: Decimal | int | None) -> Protected:
    """A count of people."""
    return protect_count(count, limits())


def shown_share(part: Decimal | int | None, base: Decimal | int | None) -> Protected:
    """A share of people in percent, divided last."""
    pair = protect_share(part, base, limits())
    return 100 * pair[0] / pair[1] if isinstance(pair, tuple) else pair


def shown_mean(total: Decimal | int | None, base: Decimal | int | None) -> Protected:
    """A mean over people: only from a large enough base."""
    if total is None or not base:
        return None
    return HIDDEN if base < limits().minimum_base else Decimal(total) / Decimal(base)
