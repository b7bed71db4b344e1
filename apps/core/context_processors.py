"""What every template may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, Any]:
    return {
        "municipality_name": settings.MUNICIPALITY_NAME,
        "authority_name": settings.AUTHORITY_NAME,
        "support": {"email": settings.SUPPORT_EMAIL, "phone": settings.SUPPORT_PHONE},
        "is_demo": settings.DEMO,
    }
