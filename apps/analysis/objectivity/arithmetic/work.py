"""One work as the tests take it: a row is a participant, schools are indexes from 0."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

NO_SCORE = -1  # «не пройд.» or an empty cell


@dataclass(frozen=True)
class Work:
    """`scores` are points by participant and item (NO_SCORE where there are none), `school` the index of the school.

    `bounds` are the least primary scores of the marks 3, 4, 5; `maximum` is that of the work, `maxima` of its items.
    """

    scores: np.ndarray
    totals: np.ndarray
    marks: np.ndarray
    journal: np.ndarray
    school: np.ndarray
    schools: int
    maxima: np.ndarray
    bounds: tuple[int, ...]
    maximum: int

    @cached_property
    def sizes(self) -> np.ndarray:
        """Participants by school."""
        return np.bincount(self.school, minlength=self.schools)

    @cached_property
    def histograms(self) -> np.ndarray:
        """Participants by school and primary score."""
        width = max(self.maximum, int(self.totals.max(initial=0))) + 1
        flat = np.bincount(self.school.astype(np.int64) * width + self.totals, minlength=self.schools * width)
        return flat.reshape(self.schools, width)


@dataclass(frozen=True)
class Rule:
    """Limits below which nothing is said; all are the portal's own choice (`docs/decisions/0020`)."""

    participants: int = 10  # of a school
    schools: int = 10  # of the comparison
    reference: int = 200  # participants of the comparison
    items: int = 8  # of a work whose answer patterns are compared
    whole_region: bool = False  # the files hold every school of the region, also where all are ours


@dataclass(frozen=True)
class Outcome:
    """What a test says of every school. NaN where it says nothing; `refusal` says why the whole test is off."""

    statistic: np.ndarray
    n: np.ndarray
    p: np.ndarray
    marked: np.ndarray  # by the rule of a federal sign; False for own tests, which wait for the correction
    detail: dict[str, np.ndarray] = field(default_factory=dict)
    refusal: str = ""

    @classmethod
    def off(cls, schools: int, refusal: str) -> "Outcome":
        nothing = np.full(schools, np.nan)
        return cls(nothing, np.zeros(schools, np.int64), nothing, np.zeros(schools, np.bool_), refusal=refusal)
