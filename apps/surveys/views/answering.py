"""The anonymous pages: no log-in, no session, nothing about the reader but a random number in a cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.findings import Refused
from apps.surveys import devices, services
from apps.surveys.definition import Reading, definition_of, read_answers
from apps.surveys.models import Survey, SurveyPlace
from apps.surveys.selectors.answering import Found, find_link, page_of
from apps.surveys.selectors.results import limits

View = Callable[..., HttpResponse]

CHECK_AGAIN = "Ваши ответы сохранены на странице: проверьте их и нажмите «Отправить» ещё раз."


def _open(view: View) -> View:
    """Nobody is asked who is reading. The form's signed ticket stands in for a CSRF token: see `devices`."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    opened: View = login_not_required(csrf_exempt(never_cache(answer)))
    return opened


def _said(request: HttpRequest, page: str, status: int, survey: Survey | None = None) -> HttpResponse:
    context = {"page": page, "survey": survey, "minimum": limits().minimum_count}
    return render(request, "surveys/said.html", context, status=status)


@_open
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire on one page: what is typed stays in the browser until it is sent as a whole."""
    found = find_link(token)
    if found is None:
        return _said(request, "unknown", 404)
    if found.survey.is_over():
        return _said(request, "over", 410, found.survey)
    if not found.survey.has_begun():
        return _said(request, "early", 404, found.survey)
    device = devices.device_of(request, found.survey)
    if devices.has_answered(found.survey, device):
        return _said(request, "already", 200, found.survey)
    if request.method == "POST":
        return _take(request, token, found, device)
    return _form(request, token, found, device=device)


def _place(found: Found, sent: Any) -> SurveyPlace | None:
    """The organisation of the link, or the one chosen on the page of the common link."""
    if found.place is not None:
        return found.place
    chosen = sent.get("place", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 12):
        return None
    places = SurveyPlace.objects.select_related("survey__questionnaire", "organization")
    return places.filter(survey=found.survey, pk=int(chosen)).first()


def _obstacle(request: HttpRequest, token: str, device: str) -> str:
    """Why the form cannot be taken yet, in words for people; what looks like a machine's work is only asked again."""
    if request.POST.get("website", "").strip():
        return f"Заполнено поле, которого люди не видят. Мы его очистили. {CHECK_AGAIN}"
    if not device:
        return (
            "Браузер не сохранил метку, по которой портал отличает одну анкету от другой. "
            f"{CHECK_AGAIN} Если это повторится, разрешите в браузере файлы cookie."
        )
    ticket = devices.read_ticket(request.POST.get("ticket", "")[:1000], token, device)
    if not ticket.is_good:
        return f"Страница была открыта слишком давно. {CHECK_AGAIN}"
    if ticket.is_fast:
        return f"Анкета отправлена быстрее, чем её можно прочитать. {CHECK_AGAIN}"
    return ""


def _take(request: HttpRequest, token: str, found: Found, device: str) -> HttpResponse:
    definition = definition_of(found.survey.questionnaire)
    reading = read_answers(definition, request.POST)
    place = _place(found, request.POST)
    obstacle = _obstacle(request, token, device)
    if reading.faults or place is None or obstacle:
        fault = "" if place is not None else "Выберите организацию."
        return _form(request, token, found, device=device, reading=reading, obstacle=obstacle, place_fault=fault)
    ticket = devices.read_ticket(request.POST["ticket"], token, device)
    try:
        services.accept_response(
            place=place,
            definition=definition,
            answers=reading.answers,
            device=device,
            ticket=ticket.number,
            address=devices.address_of(request),
        )
    except services.AlreadyAnswered:
        return _said(request, "already", 200, found.survey)
    except services.TooMany:
        obstacle = (
            f"За последний час из вашей сети пришло очень много анкет. Подождите до следующего часа. {CHECK_AGAIN}"
        )
        return _form(request, token, found, device=device, reading=reading, obstacle=obstacle, status=429)
    except Refused:
        return _said(request, "over", 410, found.survey)
    return redirect("surveys:thanks", token=token)


def _form(
    request: HttpRequest,
    token: str,
    found: Found,
    *,
    device: str,
    reading: Reading | None = None,
    obstacle: str = "",
    place_fault: str = "",
    status: int = 200,
) -> HttpResponse:
    given = device or devices.new_device()
    page = page_of(definition_of(found.survey.questionnaire), reading)
    places = None
    if found.place is None:
        places = SurveyPlace.objects.filter(survey=found.survey).select_related("organization")
    context = {
        "survey": found.survey,
        "place": found.place,
        "places": places,
        "chosen_place": request.POST.get("place", ""),
        "place_fault": place_fault,
        "page": page,
        "obstacle": obstacle,
        "ticket": _ticket(request, token, given),
        "minimum": limits().minimum_count,
        "action": request.path,
    }
    response = render(request, "surveys/respond.html", context, status=status)
    if not device:
        devices.give_device(response, found.survey, given)
    return response


def _ticket(request: HttpRequest, token: str, device: str) -> str:
    """The form's own ticket while it is good, so that a correction is not taken for haste; else a new one."""
    sent = request.POST.get("ticket", "")[:1000]
    return sent if devices.read_ticket(sent, token, device).is_good else devices.new_ticket(token, device)


@_open
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    found = find_link(token)
    if found is None:
        return _said(request, "unknown", 404)
    return _said(request, "thanks", 200, found.survey)
