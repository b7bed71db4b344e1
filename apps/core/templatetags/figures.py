"""Numbers on pages: `{% load figures %}{{ value|figure:1 }}`, `{{ share|percent }}`, `{{ change|points }}`."""

from django import template

from apps.core import figures
from apps.core.figures import Number

register = template.Library()


@register.filter
def figure(value: Number, decimals: int = 0) -> str:
    """`12 345,6`; «нет данных» for None."""
    return figures.figure(value, int(decimals))


@register.filter
def percent(value: Number, decimals: int = 1) -> str:
    """`45,3 %`; the value is already in percent."""
    return figures.percent(value, int(decimals))


@register.filter
def points(value: Number, decimals: int = 1) -> str:
    """`+2,4 п. п.`: a change of a share."""
    return figures.points(value, int(decimals))


@register.filter
def plural(count: int | None, forms: str) -> str:
    """`{{ n }} {{ n|plural:"школа,школы,школ" }}`"""
    one, few, many = forms.split(",")
    return figures.plural(int(count or 0), one, few, many)
