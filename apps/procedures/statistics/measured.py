"""Measures of a group with n and interval: shares by Wilson, means by Student."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.procedures.statistics.estimates import ABSENT, HUNDRED, Estimate, mean, proportion
from apps.procedures.statistics.measures import DEFAULT_WEIGHTS, deviation, mean_primary
from apps.procedures.statistics.parts import Parts

MARKS = (2, 3, 4, 5)
HIGH = 81  # a test score from which results are called high (conventional bands, not confirmed)
MIDDLE = 61


@dataclass(frozen=True)
class Measured:
    """Figures of one group; `maximum` is the maximum of the work, `weights` are those of СОУ."""

    parts: Parts
    maximum: int | None = None
    weights: Sequence[int] = DEFAULT_WEIGHTS

    @property
    def marks(self) -> list[Estimate]:
        """Shares of the marks 2, 3, 4, 5."""
        return [proportion(count, self.parts.marked) for count in self.parts.marks]

    @property
    def attainment(self) -> Estimate:
        return proportion(sum(self.parts.marks[1:]), self.parts.marked)

    @property
    def quality(self) -> Estimate:
        return proportion(sum(self.parts.marks[2:]), self.parts.marked)

    @property
    def failed(self) -> Estimate:
        return proportion(self.parts.marks[0], self.parts.marked)

    def _weighted(self, weights: Sequence[int]) -> Estimate:
        """Mean of numbers given to the marks; it stays within the greatest of them."""
        pairs = list(zip(self.parts.marks, weights, strict=True))
        squares = sum(n * w * w for n, w in pairs)
        return mean(self.parts.marked, sum(n * w for n, w in pairs), squares, most=Decimal(max(weights)))

    @property
    def mean_mark(self) -> Estimate:
        return self._weighted(MARKS)

    @property
    def training_level(self) -> Estimate:
        return self._weighted(self.weights)

    @property
    def mean_primary(self) -> Estimate:
        most = None if self.maximum is None else Decimal(self.maximum)
        return mean(self.parts.participants, self.parts.score_sum, self.parts.score_squares, most=most)

    @property
    def completion(self) -> Estimate:
        """100 · Σ primary / (n · maximum)."""
        if not self.maximum:
            return ABSENT
        n, total, squares = self.parts.participants, self.parts.score_sum, self.parts.score_squares
        return mean(n, total, squares, times=100, over=self.maximum, most=HUNDRED)

    @property
    def variation(self) -> Decimal | None:
        """s / x̄ in percent."""
        spread, middle = deviation(self.parts), mean_primary(self.parts)
        return HUNDRED * spread / middle if spread is not None and middle else None

    # --- against the journal

    @property
    def _both(self) -> int:
        return self.parts.journal_lower + self.parts.journal_equal + self.parts.journal_higher

    @property
    def lower(self) -> Estimate:
        return proportion(self.parts.journal_lower, self._both)

    @property
    def equal(self) -> Estimate:
        return proportion(self.parts.journal_equal, self._both)

    @property
    def higher(self) -> Estimate:
        return proportion(self.parts.journal_higher, self._both)

    @property
    def gap(self) -> Estimate:
        return proportion(self.parts.journal_gap, self._both)

    # --- test scores of a state exam

    @property
    def mean_test(self) -> Estimate:
        spread = self.parts.test_histogram
        if spread:
            squares = sum(count * score * score for score, count in enumerate(spread))
            return mean(sum(spread), sum(c * score for score, c in enumerate(spread)), squares, most=HUNDRED)
        if not self.parts.test_count:
            return ABSENT
        return Estimate(Decimal(self.parts.test_sum) / self.parts.test_count, self.parts.test_count)

    def tests_between(self, low: int, high: int) -> Estimate:
        """Share with a test score from `low` to `high`, both included."""
        spread = self.parts.test_histogram
        return proportion(sum(spread[low : high + 1]), sum(spread))
