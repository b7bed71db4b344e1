"""The authority's pages of surveys: begin, links, results, free texts, publication."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.core import events, files
from apps.core.findings import Refused
from apps.surveys import exports, services
from apps.surveys.forms import InvitedForm, ReasonForm, SurveyForm
from apps.surveys.models import FreeText, Survey, SurveyPlace
from apps.surveys.selectors import pages
from apps.surveys.selectors.results import results as results_of
from apps.surveys.services.access import WRITERS
from apps.surveys.tables import SurveyTable


def _tell(request: SignedInRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


def _survey(request: SignedInRequest, pk: int) -> Survey:
    return get_object_or_404(Survey.objects.visible_to(request.user).select_related("questionnaire"), pk=pk)


@require_safe
@role_required(*AUTHORITY)
def surveys(request: SignedInRequest) -> HttpResponse:
    table = SurveyTable(pages.surveys_of(request.user))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"table": table, "may_write": request.user.has_role(*WRITERS)}
    return render(request, "surveys/surveys.html", context)


@role_required(*WRITERS)
def survey_create(request: SignedInRequest) -> HttpResponse:
    """A new survey; `?questionnaire=` chooses one."""
    chosen = request.GET.get("questionnaire", "")
    form = SurveyForm(request.POST or None, initial={"questionnaire": chosen} if chosen.isdigit() else {})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_survey(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Опрос создан. Разошлите организациям ссылки или листы с кодом.")
            return redirect(made)
    return render(request, "surveys/survey_create.html", {"form": form})


@require_safe
@role_required(*AUTHORITY)
def survey(request: SignedInRequest, pk: int) -> HttpResponse:
    """Links of all organisations with their counts, and the state of the survey."""
    row = _survey(request, pk)
    links = pages.links(row, request.user)
    answered = sum(link.answered for link in links)
    invited = pages.invited_total(row)
    context = {
        "survey": row,
        "links": links,
        "common": pages.address(row.token),
        "answered": answered,
        "silent": sum(1 for link in links if not link.answered),
        "response": round(100 * answered / invited) if invited else None,
        "texts": FreeText.objects.visible_to(request.user).filter(place__survey=row, state="new").count(),
        "may_write": request.user.has_role(*WRITERS),
        "history": events.history(row),
    }
    return render(request, "surveys/survey.html", context)


@role_required(*WRITERS)
def invited(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _survey(request, pk)
    form = InvitedForm(request.POST or None, survey=row)
    if request.method == "POST" and form.is_valid():
        services.set_invited(survey=row, invited=form.invited, by=request.user)
        messages.success(request, "Число приглашённых сохранено.")
        return redirect(row)
    return render(request, "surveys/invited.html", {"form": form, "survey": row})


@role_required(*WRITERS)
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _survey(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_survey(survey=row, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Опрос завершён.")
        except Refused as refusal:
            _tell(request, refusal)
        return redirect(row)
    context = {"form": form, "survey": row, "title": "Завершить опрос раньше срока", "button": "Завершить опрос"}
    return render(request, "surveys/reason.html", context)


@require_POST
@role_required(*WRITERS)
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _survey(request, pk)
    try:
        services.publish_results(survey=row, by=request.user)
        messages.success(request, "Общие итоги опубликованы. Свободные ответы и итоги организаций остаются внутри.")
    except Refused as refusal:
        _tell(request, refusal)
    return redirect("surveys:results", pk=pk)


@role_required(*WRITERS)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _survey(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw_results(survey=row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Итоги сняты с публикации.")
        return redirect("surveys:results", pk=pk)
    context = {"form": form, "survey": row, "title": "Снять итоги с публикации", "button": "Снять с публикации"}
    return render(request, "surveys/reason.html", context)


@require_safe
@role_required(*AUTHORITY)
def results(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _survey(request, pk)
    context = {"survey": row, "results": results_of(row), "may_write": request.user.has_role(*WRITERS)}
    return render(request, "surveys/results.html", context)


@require_safe
@role_required(*AUTHORITY)
def results_file(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _survey(request, pk)
    response = HttpResponse(exports.results_book(results_of(row)), content_type=files.XLSX)
    response["Content-Disposition"] = f'attachment; filename="survey-{row.pk}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@role_required(*AUTHORITY)
def texts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Free answers, in no order that tells who gave them."""
    row = _survey(request, pk)
    found = FreeText.objects.visible_to(request.user).filter(place__survey=row).exclude(state=FreeText.State.HIDDEN)
    rows = found.select_related("question", "place__organization").order_by("question", "state", "pk")
    context = {"survey": row, "texts": rows, "may_write": request.user.has_role(*WRITERS)}
    return render(request, "surveys/texts.html", context)


@require_POST
@role_required(*WRITERS)
def text_judge(request: SignedInRequest, pk: str) -> HttpResponse:
    text = get_object_or_404(FreeText.objects.visible_to(request.user).select_related("place"), pk=pk)
    state = FreeText.State.HIDDEN if "hide" in request.POST else FreeText.State.KEPT
    services.judge_text(text=text, state=state, by=request.user)
    return redirect("surveys:texts", pk=text.place.survey_id)


# --- links on paper: the authority's and the organisation's


@require_safe
@role_required(*AUTHORITY, "director", "coordinator")
def qr(request: SignedInRequest, pk: int) -> HttpResponse:
    place = get_object_or_404(SurveyPlace.objects.visible_to(request.user), pk=pk)
    response = HttpResponse(pages.qr_svg(pages.address(place.token)), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@role_required(*AUTHORITY, "director", "coordinator")
def poster(request: SignedInRequest, pk: int) -> HttpResponse:
    """A sheet to print: what, until when, the code and the address in letters that can be typed."""
    places = SurveyPlace.objects.visible_to(request.user).select_related("survey__questionnaire", "organization")
    place = get_object_or_404(places, pk=pk)
    context = {"place": place, "survey": place.survey, "url": pages.address(place.token)}
    return render(request, "surveys/poster.html", context)
