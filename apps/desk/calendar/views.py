"""Pages of the calendar of terms and the feed that others subscribe to."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.views.decorators.http import require_POST, require_safe

from apps.accounts import calendar_keys
from apps.accounts.access import SignedInRequest
from apps.core.months import month_of
from apps.desk.calendar import feed, reading

DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    """A month of terms: a list of days or a grid, of one room or all, own or everybody's."""
    first = month_of(request.GET.get("month"))
    own = request.GET.get("whose") == "own" and request.user.is_authority
    room = request.GET.get("room", "")
    key = calendar_keys.key_of(request.user)
    address = reverse("desk:calendar_feed", args=[key.token]) if key else ""
    month, rooms = reading.month(request.user, first, room=room, own=own)
    context = {
        "month": month,
        "rooms": rooms,
        "title": f"{str(MONTHS[first.month]).capitalize()} {first.year}",
        "days": DAYS,
        "room": room,
        "own": own,
        "as_grid": request.GET.get("view") == "month",
        "feed_address": settings.SITE_URL.rstrip("/") + address if address else "",
    }
    return render(request, "desk/calendar/calendar.html", context)


@require_POST
def feed_renew(request: SignedInRequest) -> HttpResponse:
    """A secret address for the person; the one before stops working."""
    had = calendar_keys.key_of(request.user) is not None
    calendar_keys.renew(user=request.user)
    words = "Новый адрес готов, прежний больше не работает." if had else "Адрес подписки готов."
    messages.success(request, f"{words} Добавьте его в календарь телефона или почты.")
    return redirect(reverse("desk:calendar") + "#feed")


@login_not_required
@require_safe
def calendar_feed(request: SignedInRequest, token: str) -> HttpResponse:
    """Whoever has the address reads the terms of its owner: no session, no log-in. A person who left has none."""
    owner = calendar_keys.owner_of(token)
    if owner is None:
        raise Http404
    content = feed.feed(reading.of_all_roles(owner), today=timezone.localdate())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="msoko.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
