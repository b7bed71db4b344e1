"""`{% load context_card %}{% context_card organization period %}`: the context beside figures."""

from typing import Any

from django import template

from apps.analysis.context.card import card_of, may_read, newest_year
from apps.core.models import Period
from apps.organizations.models import Kind, Organization

register = template.Library()


@register.inclusion_tag("analysis/context/card.html", takes_context=True)
def context_card(
    context: template.Context, organization: Organization | None, period: Period | None = None
) -> dict[str, Any]:
    """Of the newest counted school year unless one is given.

    Nothing for a reader who may not see the organisation's own figures, or where there is no organisation.
    """
    request = context.get("request")
    if organization is None or request is None or not may_read(request.user, organization):
        return {"card": None}
    period = period or newest_year()
    if period is None or organization.kind == Kind.AUTHORITY:
        return {"card": None}
    return {"card": card_of(organization, period, request.user)}
