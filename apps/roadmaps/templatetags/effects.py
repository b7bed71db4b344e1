"""`{% load effects %}{% effects_of object %}`: which effect is expected of an object and what was measured."""

from typing import Any

from django import template

from apps.roadmaps.effect import selectors

register = template.Library()


@register.inclusion_tag("roadmaps/effect/section.html", takes_context=True)
def effects_of(context: template.Context, found: Any) -> dict[str, Any]:
    """The expectations with state and result; for the authority the way to name one. Nothing for those who see none."""
    user = context["request"].user
    return {
        "rows": selectors.rows_of(found, user=user),
        "may_write": selectors.may_write(user),
        "label": found._meta.label,
        "key": found.pk,
    }
