"""Resilient schools: good results under hard conditions. No Django here.

The idea is known from international studies; the operational rule is our own and not confirmed: the context is in the
lowest part **and** the result in the top part of the same year, or the residual of «result on context» is at least so
many standard deviations, in so many of the last years.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Shares in percent; `residual` in standard deviations; `years` of the last `window` years."""

    lowest: float = 25
    top: float = 33.3
    residual: float = 1
    years: int = 2
    window: int = 3


@dataclass(frozen=True)
class Year:
    """A year of a school: the share of schools with a worse or equal context and result (0–100), and its residual."""

    context: float | None
    result: float | None
    residual: float | None


def counts(year: Year, rule: Rule) -> bool | None:
    """Whether the year speaks for the school; None where there is nothing to judge by."""
    by_place = None
    if year.context is not None and year.result is not None:
        by_place = year.context <= rule.lowest and year.result >= 100 - rule.top
    by_residual = None if year.residual is None else year.residual >= rule.residual
    known = [one for one in (by_place, by_residual) if one is not None]
    return any(known) if known else None


def is_resilient(years: Sequence[Year], rule: Rule) -> bool | None:
    """None where fewer years than the rule needs can be judged."""
    judged = [counts(year, rule) for year in years[-rule.window :]]
    known = [one for one in judged if one is not None]
    if sum(known) >= rule.years:
        return True
    return False if len(known) >= rule.years else None


def percentiles(values: Sequence[float]) -> list[float]:
    """The share of values not greater than each, from above 0 to 100."""
    return [100 * sum(other <= value for other in values) / len(values) for value in values]
