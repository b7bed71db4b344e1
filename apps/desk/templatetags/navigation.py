"""The menu and the switch of roles for the signed-in shell."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from apps.accounts.models import Membership
from apps.desk.navigation import Link, menu_of

register = template.Library()


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> list[tuple[str, list[Link]]]:
    """`{% menu as sections %}`: pairs of a section's title and its links, by the role of the person."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated:
        return []
    return menu_of(request.user, request.path)


@register.simple_tag(takes_context=True)
def other_memberships(context: template.Context) -> list[Membership]:
    """The roles the person could switch to, without the one they act in."""
    user = context["request"].user
    mine = Membership.objects.current().filter(user=user).select_related("organization")
    return [membership for membership in mine if membership != user.acting]


@register.simple_tag
def address(url_name: str, *args: Any) -> str:
    """Like `{% url %}`, but empty where the installation has no such page."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""
