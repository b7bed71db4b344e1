"""The task sheet on a phone: no log-in, no session; the token opens this sheet only, and only while it is open."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.roadmaps.meetings import devices, services
from apps.roadmaps.meetings.models import Sheet, SheetFill
from apps.roadmaps.meetings.selectors.phone import cards_of
from apps.roadmaps.meetings.selectors.sheets import find_sheet, invited
from apps.roadmaps.meetings.services import Saved
from apps.roadmaps.meetings.services.sheets import MOST_LETTERS

View = Callable[..., HttpResponse]


def _open(view: View) -> View:
    """Nobody is asked who is reading; see `devices` for what stands in for a CSRF token."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    opened: View = login_not_required(csrf_exempt(never_cache(answer)))
    return opened


@_open
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """First the organisation is chosen, then cells are filled in; both on this one address."""
    found = find_sheet(token)
    if found is None:
        return render(request, "roadmaps/meetings/phone_closed.html", status=404)
    device = devices.device_of(request, found)
    fill = None
    if device:
        fills = SheetFill.objects.filter(sheet=found, device=device).select_related("invitee__organization", "sheet")
        fill = fills.first()
    if request.method == "POST" and "organization" in request.POST:
        return _choose(request, found)
    if fill is None or "choose" in request.GET:
        return _ask(request, found, fill)
    if request.method == "POST":
        return _save(request, found, fill)
    return _cells(request, found, fill)


def _ask(request: HttpRequest, found: Sheet, fill: SheetFill | None, fault: str = "") -> HttpResponse:
    context = {"sheet": found, "invited": invited(found), "fill": fill, "fault": fault}
    return render(request, "roadmaps/meetings/phone_choose.html", context, status=400 if fault else 200)


def _choose(request: HttpRequest, found: Sheet) -> HttpResponse:
    rows = {one.pk: one for one in invited(found)}
    chosen = rows.get(number_in(request.POST["organization"]) or 0)
    if chosen is None:
        return _ask(request, found, None, "Выберите вашу организацию из списка.")
    known = devices.device_of(request, found)
    number = "" if known else devices.new_number()
    try:
        services.choose_organization(sheet=found, device=known or devices.digest(number), invitee=chosen)
    except Refused as refused:
        return _ask(request, found, None, str(refused.findings[0]))
    response = redirect("roadmaps:sheet", found.token)
    if number:
        devices.give(response, found, number)
    return response


def _sent(request: HttpRequest) -> dict[tuple[int, int], tuple[str, int]]:
    """Cells by place with their texts and the versions that the page had."""
    found = {}
    for name, text in request.POST.items():
        head, _, rest = name.partition("-")
        row, _, column = rest.partition("-")
        place = (number_in(row), number_in(column))
        if head == "cell" and place[0] is not None and place[1] is not None:
            version = number_in(request.POST.get(f"version-{rest}", "")) or 0
            found[place[0], place[1]] = (str(text), version)
    return found


def _save(request: HttpRequest, found: Sheet, fill: SheetFill) -> HttpResponse:
    sent = _sent(request)
    try:
        saved = services.save_cells(fill=fill, cells=sent)
    except Refused:  # closed in this moment
        return render(request, "roadmaps/meetings/phone_closed.html", {"sent": sent.values()}, status=404)
    if request.headers.get("X-Requested-With") == "sheet":
        return JsonResponse(_as_json(saved), status=200 if saved.is_clean else 409)
    if saved.is_clean:
        return redirect(f"{request.path}?saved=1")
    return _cells(request, found, fill, saved=saved, typed={place: text for place, (text, _) in sent.items()})


def _as_json(saved: Saved) -> dict[str, Any]:
    def name(place: tuple[int, int]) -> str:
        return f"{place[0]}-{place[1]}"

    return {
        "versions": {name(place): version for place, version in saved.versions.items()},
        "faults": {name(place): text for place, text in saved.faults.items()},
        "conflicts": {
            name(place): {"text": cell.text, "version": cell.version} for place, cell in saved.conflicts.items()
        },
    }


def _cells(
    request: HttpRequest,
    found: Sheet,
    fill: SheetFill,
    *,
    saved: Saved | None = None,
    typed: dict[tuple[int, int], str] | None = None,
) -> HttpResponse:
    context = {
        "sheet": found,
        "fill": fill,
        "cards": cards_of(found, fill, saved or Saved(), typed or {}),
        "saved": saved,
        "was_saved": "saved" in request.GET,
        "most": MOST_LETTERS,
    }
    return render(request, "roadmaps/meetings/phone.html", context)
