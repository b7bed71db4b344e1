"""`{% load documents %}{% documents_of object %}`: versioned documents that regulate an object, a platform for one."""

from typing import Any

from django import template
from django.db.models import Model

from apps.library.access import WRITERS
from apps.library.acts.tokens import token_of
from apps.library.documents import selectors

register = template.Library()


@register.inclusion_tag("library/documents/of_object.html", takes_context=True)
def documents_of(context: dict[str, Any], subject: Model, kind: str = "platform") -> dict[str, Any]:
    """Two queries. `kind` is that of a new document."""
    request = context["request"]
    may_add = bool(getattr(request.user, "is_department", False))
    return {
        "documents": selectors.documents_of(subject, request.user),
        "may_add": may_add and request.user.role in WRITERS,
        "token": token_of(subject, request.get_full_path()) if may_add else "",
        "kind": kind,
        "place": f"{subject._meta.model_name}-{subject.pk}",
    }
