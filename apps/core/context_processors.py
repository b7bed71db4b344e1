"""What every template may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, Any]:
    return {"municipality_name": settings.MUNICIPALITY_NAME, "is_demo": settings.DEMO}
