"""`{% load acts %}{% acts_of object %}`: the acts that an object rests on; the department binds and unbinds them."""

from typing import Any

from django import template
from django.db.models import Model

from apps.library.acts import selectors
from apps.library.acts.models import Act
from apps.library.acts.tokens import token_of

register = template.Library()


@register.inclusion_tag("library/acts/of_object.html", takes_context=True)
def acts_of(context: dict[str, Any], subject: Model) -> dict[str, Any]:
    """One query for readers, two for the department."""
    request = context["request"]
    may_bind = bool(getattr(request.user, "is_department", False))
    uses = selectors.acts_of(subject)
    bound = {use.act_id for use in uses}
    return {
        "uses": uses,
        "may_bind": may_bind,
        "choices": [act for act in Act.objects.in_order() if act.pk not in bound] if may_bind else [],
        "token": token_of(subject, request.get_full_path()) if may_bind else "",
        "place": f"{subject._meta.model_name}-{subject.pk}",
        "csrf_token": context.get("csrf_token"),
    }
