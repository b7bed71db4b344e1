"""Who may open a page. Denied is 404: the same as a page that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
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


def may_open(user: Any, address: str) -> bool:
    """Whether the role of `user` opens the page: no link leads to «not found». Rows of the page are not asked."""
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return False
    if not user.is_authenticated:
        return getattr(view, "login_required", True) is False  # what @login_not_required leaves
    allowed = getattr(view, "allowed_roles", None)
    return allowed is None or user.role in allowed
