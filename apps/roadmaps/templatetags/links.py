"""`{% load links %}{% chain object %}`: what an object rests on and what rests on it."""

from typing import Any

from django import template

from apps.roadmaps.links.selectors import bases_of, resting_on

register = template.Library()


@register.inclusion_tag("roadmaps/links/chain.html", takes_context=True)
def chain(context: template.Context, found: Any) -> dict[str, Any]:
    """Two short lists; nothing where the object stands alone."""
    user = context["request"].user
    return {"bases": bases_of(found, user=user), "consequences": resting_on(found, user=user)}
