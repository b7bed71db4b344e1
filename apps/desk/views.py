"""Signed-in pages that join many rooms."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest
from apps.desk.today import today_for


@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    """«Сегодня»: the first page after logging in."""
    return render(request, "desk/today.html", {"today": today_for(request.user)})
