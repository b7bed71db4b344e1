"""`{% if form|untold %}`: the summary of a form's faults stands on a page once."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def untold(form: Any) -> bool:
    """True when first asked of a form. A page tells the faults at its head, and crispy would tell them again."""
    if getattr(form, "faults_are_told", False):
        return False
    form.faults_are_told = True
    return True
