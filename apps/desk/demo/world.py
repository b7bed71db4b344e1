"""What the parts of the demonstration share: the years, the source of chance, the organisations and people."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from apps.accounts.models import User
from apps.core import periods
from apps.core.periods import PeriodSpan
from apps.desk.demo.catalog import Portrait
from apps.desk.demo.names import Names
from apps.organizations.models import Organization

SEED = 20251


@dataclass(frozen=True)
class Timeline:
    """The demonstration's years counted from the day of loading, so that it is always in mid-cycle.

    With Y the year of `today`: the school year in work is Y-1/Y, its самообследование is of Y-1;
    the two years before are published.
    """

    today: date

    @property
    def school_years(self) -> list[PeriodSpan]:
        """Three school years, the oldest first; the last one is in work."""
        return [periods.school_year(self.today.year - back) for back in (3, 2, 1)]

    @property
    def calendar_years(self) -> list[PeriodSpan]:
        """The calendar years of the самообследование that belong to the school years."""
        return [periods.self_examination_year(span) for span in self.school_years]

    @property
    def merged_on(self) -> date:
        """When the demonstration's small school joined its neighbour: the summer before the year in work."""
        return date(self.today.year - 1, 8, 31)


@dataclass
class World:
    """The demonstration in the making."""

    timeline: Timeline
    seed: int
    chance: random.Random
    numbers: np.random.Generator
    names: Names
    authority: Organization = None  # type: ignore[assignment]  # made by `network`, the first part
    organizations: dict[str, Organization] = field(default_factory=dict)
    portraits: dict[str, Portrait] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    papers: list[Callable[[], None]] = field(default_factory=list)  # being set, see the module of that name

    @classmethod
    def begin(cls, *, today: date, seed: int = SEED) -> "World":
        chance = random.Random(seed)  # noqa: S311 - invented data
        return cls(Timeline(today), seed, chance, np.random.default_rng(seed), Names(chance))
