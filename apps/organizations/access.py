"""Who keeps the register. Denied is 404: the same as a page that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest

View = Callable[..., Any]


def keepers_only(view: View) -> View:
    """Only those who may change the register; the anonymous are sent to log in before."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not getattr(request.user, "can_manage_register", False):
            raise Http404
        return view(request, *args, **kwargs)

    return checked
