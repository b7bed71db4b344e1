"""What makes a page public: no log-in, no session, the same bytes for everybody, short caching."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

PAGE = "public, max-age=60"  # a withdrawn or corrected report is gone from caches within a minute
FILE = "public, max-age=300"

View = Callable[..., HttpResponse]


def open_page(view: View) -> View:
    """An anonymous page. Its ETag is that of its bytes, so a repeated read costs nothing to send."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        if not response.has_header("ETag"):
            response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = PAGE
        return cast(HttpResponse, get_conditional_response(request, etag=response["ETag"], response=response))

    opened: View = login_not_required(require_safe(cast(View, answer)))
    return opened
