"""The chosen context of a person with several roles: they act in one, never in the union of all."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.accounts.models import Membership, User

SESSION_KEY = "acting_membership"


def acting_membership(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.user.acting` from the session; a membership that has ended falls back to the first one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.session.get(SESSION_KEY)
        if chosen and isinstance(request.user, User):
            current = Membership.objects.current().filter(user=request.user).select_related("organization")
            membership = current.filter(pk=chosen).first()
            if membership:
                request.user.acting = membership
        return get_response(request)

    return middleware
