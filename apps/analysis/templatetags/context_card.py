"""`{% load context_card %}{% context_card organization period %}`: the context beside figures."""

from typing import Any

from django import template

from apps.analysis.context.card import card_of
from apps.core.models import Period
from apps.organizations.models import Organization

register = template.Library()


@register.inclusion_tag("analysis/context/card.html", takes_context=True)
def context_card(context: template.Context, organization: Organization | None, period: Period | None) -> dict[str, Any]:
    """Nothing for a reader who may not see the organisation's own figures, or where there is no organisation."""
    request = context.get("request")
    if organization is None or period is None or request is None or not request.user.is_authenticated:
        return {"card": None}
    return {"card": card_of(organization, period, request.user)}
