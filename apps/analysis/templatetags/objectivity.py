"""Words of signs for templates that hold their codes."""

from django import template

from apps.analysis.objectivity.signs import REFUSALS, SIGNS

register = template.Library()


@register.filter
def sign_title(code: str) -> str:
    return SIGNS[code].title if code in SIGNS else code


@register.filter
def refusal(code: str) -> str:
    return REFUSALS.get(code, code)
