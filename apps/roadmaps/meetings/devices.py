"""What a phone keeps of the task sheet: a random number in a signed cookie, nothing about the person.

The cookie is SameSite=Lax: a form that another site sends comes without it and changes nobody's sheet, so the pages of
the sheet need no session and no CSRF token.
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from apps.roadmaps.meetings.models import Sheet

_SALT = "roadmaps.sheet"
KEPT = 7 * 24 * 3600  # seconds: longer than any meeting runs


def _name(sheet: Sheet) -> str:
    return f"sheet-{sheet.pk}"


def device_of(request: HttpRequest, sheet: Sheet) -> str:
    """The digest of the phone's number; empty when it brings none that we signed."""
    try:
        number = signing.loads(request.COOKIES.get(_name(sheet), ""), salt=f"{_SALT}.{sheet.pk}")
    except signing.BadSignature:
        return ""
    return digest(str(number))


def digest(number: str) -> str:
    return hashlib.sha256(number.encode()).hexdigest()[:40]


def new_number() -> str:
    return secrets.token_hex(16)


def give(response: HttpResponse, sheet: Sheet, number: str) -> None:
    """Let the browser keep the number, on the pages of task sheets only."""
    response.set_cookie(
        _name(sheet),
        signing.dumps(number, salt=f"{_SALT}.{sheet.pk}"),
        max_age=KEPT,
        path="/m/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
