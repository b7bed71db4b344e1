"""Figures with their intervals: `{% load estimates %}{{ estimate|share }}` → «45,3 % (40,1–50,6)»."""

from django import template

from apps.core import figures
from apps.procedures.statistics import Estimate

register = template.Library()
JOIN = "\u2060"  # no line break after the dash of an interval


@register.filter
def bounds(estimate: Estimate, decimals: int = 1) -> str:
    """«40,1–50,6»; empty without an interval."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{figures.figure(estimate.low, decimals)}–{JOIN}{figures.figure(estimate.high, decimals)}"


@register.filter
def share(estimate: Estimate, decimals: int = 1) -> str:
    """A percent with its interval."""
    return _with_bounds(figures.percent(estimate.value, decimals), estimate, decimals)


@register.filter
def number(estimate: Estimate, decimals: int = 1) -> str:
    """A mean with its interval."""
    return _with_bounds(figures.figure(estimate.value, decimals), estimate, decimals)


@register.filter
def apart(estimate: Estimate, decimals: int = 1) -> str:
    """A difference in percentage points with its interval: «+4,2 п. п. (1,0…7,4)»."""
    text = figures.points(estimate.value, decimals)
    if estimate.low is None or estimate.high is None:
        return text
    return f"{text} ({figures.figure(estimate.low, decimals)}…{JOIN}{figures.figure(estimate.high, decimals)})"


@register.filter
def gap(estimate: Estimate, decimals: int = 1) -> str:
    """A difference whose unit stands in the heading."""
    return apart(estimate, decimals).replace("\u00a0п.\u00a0п.", "")


def _with_bounds(text: str, estimate: Estimate, decimals: int) -> str:
    found = bounds(estimate, decimals)
    return f"{text} ({found})" if found else text
