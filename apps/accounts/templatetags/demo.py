"""The accounts that the log-in page of a demonstration offers."""

from django import template
from django.conf import settings

from apps.accounts import selectors
from apps.accounts.selectors import DemoAccounts

register = template.Library()


@register.simple_tag
def demo_accounts() -> DemoAccounts | None:
    """`{% demo_accounts as accounts %}`; nothing where there is no demonstration."""
    return selectors.demo_accounts() if settings.DEMO else None
