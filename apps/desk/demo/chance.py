"""Numbers of an invented organisation: different between organisations, steady over years. No Django here.

Each draw is named, so that adding a row never changes the others, and a row is the same in every run of a seed.
"""

import math
import zlib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

import numpy as np

from apps.desk.demo.catalog import Portrait


def generator(seed: int, *names: object) -> np.random.Generator:
    """A source of chance of its own for what `names` name."""
    return np.random.default_rng([seed, *(zlib.crc32(str(name).encode()) for name in names)])


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _expit(number: float) -> float:
    return 1 / (1 + math.exp(-number))


def rounded(number: float, decimals: int) -> Decimal:
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Draw:
    """The draws of one organisation in one year; `year` is 0 for the oldest of the demonstration's years."""

    portrait: Portrait
    year: int
    seed: int

    @cached_property
    def _rural(self) -> float:
        return 0.0 if self.portrait.is_urban else 1.0

    def _steady(self, row: str) -> float:
        """What makes the organisation differ in this row, the same in all years."""
        return float(generator(self.seed, self.portrait.code, row).normal())

    def _yearly(self, row: str) -> float:
        return float(generator(self.seed, self.portrait.code, row, self.year).normal())

    def share(self, row: str, base: float, *, strength: float = 0.0, rural: float = 0.0, trend: float = 0.0) -> float:
        """A share between 0 and 1 around `base`; the other arguments move its log odds.

        `strength` by a standard deviation of the organisation's results, `rural` in a village, `trend` by a year.
        """
        shift = strength * self.portrait.strength + rural * self._rural + trend * self.year
        return _expit(_logit(base) + shift + 0.22 * self._steady(row) + 0.07 * self._yearly(row))

    def count(self, row: str, whole: int, base: float, **moves: float) -> int:
        """How many of `whole`, never more."""
        return min(whole, round(whole * self.share(row, base, **moves)))

    def number(self, row: str, base: float, *, strength: float = 0.0, trend: float = 0.0, spread: float = 0.0) -> float:
        """A number around `base` that moves by `strength`, `trend` and a steady difference of size `spread`."""
        moved = base + strength * self.portrait.strength + trend * self.year
        return moved + spread * (self._steady(row) + 0.3 * self._yearly(row))

    def yes(self, row: str, base: float, *, strength: float = 0.0, rural: float = 0.0) -> bool:
        """A thing that is there or not: once got, it is not lost."""
        got = generator(self.seed, self.portrait.code, row).random()
        chance = _expit(_logit(base) + strength * self.portrait.strength + rural * self._rural + 0.15 * self.year)
        return bool(got < chance)
