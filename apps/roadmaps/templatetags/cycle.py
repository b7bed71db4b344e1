"""`{% load cycle %}`: addresses of a cycle, the municipality's or a school's, for one set of templates."""

from typing import Any

from django import template
from django.urls import reverse

from apps.roadmaps.cycle.breaks import Break
from apps.roadmaps.cycle.facts import Item

register = template.Library()


@register.simple_tag(takes_context=True)
def cycle_url(context: template.Context, code: str, position: int | str = "") -> str:
    """The page of a direction in the cycle that is shown; with a position, its place on it."""
    shown, user = context["cycle"], context["request"].user
    if shown.organization is None:
        url = reverse("roadmaps:cycle_direction", args=[code])
    elif user.is_school:
        url = reverse("roadmaps:own_cycle_direction", args=[code])
    else:
        url = reverse("roadmaps:school_cycle_direction", args=[shown.organization.code, code])
    return f"{url}?year={shown.slug}{f'#p{position}' if position else ''}"


@register.simple_tag(takes_context=True)
def bases(context: template.Context, item: Item) -> list[Any]:
    """What an object rests on, in the order of the cycle."""
    return sorted(context["cycle"].chain.bases(item), key=lambda one: one.position)


@register.simple_tag(takes_context=True)
def where_of(context: template.Context, found: Break) -> str:
    """Of which directions a break is, in their order; nothing on the page of one direction."""
    lines = context["cycle"].lines
    codes = [line.direction.code for line in lines if line.direction.code in found.directions]
    if len(lines) < 2 or not codes:
        return ""
    return ", все направления" if len(codes) == len(lines) else f", {', '.join(codes)}"


@register.filter
def key(item: Item) -> str:
    """The key of an object as a form carries it."""
    return "|".join(item.key)
