"""`{% load access %}`: links only where they lead somewhere."""

from typing import Any

from django import template

from apps.accounts.access import may_open

register = template.Library()


@register.filter
def opens(user: Any, address: str) -> bool:
    """`{% if user|opens:url %}`: whether the person opens that page."""
    return may_open(user, address)
