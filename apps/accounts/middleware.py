"""Who is asking. Open pages never look at the session: their answers are the same for everybody."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from apps.accounts.models import Membership, User

SESSION_KEY = "acting_membership"


class ClosedUnlessOpen(LoginRequiredMiddleware):
    """Every page needs a log-in, except those marked `@login_not_required`, where nobody asks who is reading."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> Any:
        if not getattr(view, "login_required", True):
            return None
        return super().process_view(request, view, args, kwargs)


def _acting_user(request: HttpRequest) -> Any:
    user = get_user(request)
    chosen = request.session.get(SESSION_KEY)
    if chosen and isinstance(user, User):
        current = Membership.objects.current().filter(user=user).acting()
        membership = current.filter(pk=chosen).first()
        if membership:
            user.acting = membership
    return user


def acting_membership(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.user.acting` from the session; a membership that has ended falls back to the first one.

    The chosen context of a person with several roles: they act in one, never in the union of all. Read only when
    somebody asks for the user.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _acting_user(request))  # type: ignore[assignment]
        return get_response(request)

    return middleware
