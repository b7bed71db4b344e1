"""Pages of the inbox."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest
from apps.core.figures import plural
from apps.core.models import Notice
from apps.desk.inbox import services

PER_PAGE = 30


@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    """What the person was told: unread first, then the newest."""
    mine = Notice.objects.visible_to(request.user)
    only_unread = request.GET.get("unread") == "on"
    found = mine.unread() if only_unread else mine
    context = {
        "page": Paginator(found.unread_first(), PER_PAGE).get_page(request.GET.get("page")),
        "unread": mine.unread().count(),
        "only_unread": only_unread,
        "today": timezone.localdate(),
    }
    return render(request, "desk/inbox/inbox.html", context)


@require_POST
def notice_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Opening a line: it is read from now on, and its page comes."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.read(notice=notice, by=request.user)
    return redirect(notice.url)


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    count = services.read_all(by=request.user)
    if count:
        words = f"{count} {plural(count, 'уведомление', 'уведомления', 'уведомлений')}"
        messages.success(request, f"{plural(count, 'Отмечено прочитанным', 'Отмечено', 'Отмечено')}: {words}.")
    return redirect("desk:inbox")
