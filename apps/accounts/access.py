"""Who may open a page. Denied is 404: the same as a page that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from apps.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request behind LoginRequiredMiddleware: its user is a person."""

    user: User
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


def role_required(*allowed: str) -> Callable[[View], View]:
    """Only these roles; the anonymous are sent to log in by LoginRequiredMiddleware before."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated or request.user.role not in allowed:
                raise Http404
            return view(request, *args, **kwargs)

        checked.allowed_roles = frozenset(allowed)  # type: ignore[attr-defined]
        return checked

    return decorate
