"""Own test: ВПР of grade 8 against ОГЭ of the same cohort a year later, by school (codes of pupils do not link)."""

from dataclasses import dataclass

import numpy as np

from apps.analysis.objectivity.arithmetic.residuals import probability, upper_tail
from apps.analysis.objectivity.arithmetic.work import Outcome, Rule

LEAST_SCHOOLS = 20


@dataclass(frozen=True)
class Means:
    """By school: participants, mean share of points and its standard error, both in percent."""

    n: np.ndarray
    mean: np.ndarray
    error: np.ndarray

    @classmethod
    def of(cls, histograms: np.ndarray, maximum: int) -> "Means":
        scores = 100 * np.arange(histograms.shape[1]) / maximum
        n = histograms.sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = histograms @ scores / n
            squares = (histograms * (scores[None, :] - mean[:, None]) ** 2).sum(axis=1)
            error = np.sqrt(squares / (n - 1) / n)
        return cls(n, mean, error)


def _line(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """The line of H. Theil and P. K. Sen: the median slope of all pairs, so that a few schools do not bend it."""
    one, other = np.triu_indices(len(x), 1)
    apart = x[one] != x[other]
    if not apart.any():
        return 0.0, float(np.median(y))
    slope = float(np.median((y[one] - y[other])[apart] / (x[one] - x[other])[apart]))
    return slope, float(np.median(y - slope * x))


def below_exam(work: Means, exam: Means, tested: np.ndarray, rule: Rule) -> Outcome:
    """How far the exam lies below what the work of the year before lets expect among schools.

    The expectation is a line through all schools; the usual distance of honest schools from it is forgiven.
    Statistic: expected minus observed, percentage points of the exam.
    """
    schools = len(work.n)
    able = (work.n >= rule.participants) & (exam.n >= rule.participants)
    if int(able.sum()) < max(LEAST_SCHOOLS, rule.schools):
        return Outcome.off(schools, "few_schools")
    slope, level = _line(work.mean[able], exam.mean[able])
    expected = level + slope * work.mean
    lack = expected - exam.mean
    variance = np.where(able, exam.error**2 + slope**2 * work.error**2, np.nan)
    z, _ = upper_tail(np.where(able, lack, 0.0), np.where(able, variance, 0.0), np.ones(schools), able)
    said = tested & able & ~np.isnan(z)
    detail = {"work": work.mean, "exam": exam.mean, "expected": expected}
    n = np.minimum(work.n, exam.n)
    p = np.where(said, probability(z), np.nan)
    return Outcome(np.where(said, lack, np.nan), n, p, np.zeros(schools, np.bool_), detail)
