"""Pages of municipal studies and of requests for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.core import events
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.procedures.studies import selectors, services
from apps.procedures.studies.forms import DecisionForm, RequestForm, ResultsForm, StudyForm
from apps.procedures.studies.models import Study, StudyRequest


@require_safe
@role_required(*AUTHORITY)
def studies(request: SignedInRequest) -> HttpResponse:
    """Studies of the municipality, and what organisations ask for."""
    requests = StudyRequest.objects.visible_to(request.user).select_related("organization").order_by("state", "-pk")
    waiting = [each for each in requests if each.state == StudyRequest.State.SENT]
    decided = [each for each in requests if each.state != StudyRequest.State.SENT]
    context = {"studies": Study.objects.all(), "waiting": waiting, "decided": decided}
    return render(request, "procedures/studies/list.html", context)


@role_required(*DEPARTMENT)
def study_create(request: SignedInRequest) -> HttpResponse:
    """A new study; `?request=` makes it the answer to an accepted request."""
    number = request.GET.get("request", "")
    accepted = StudyRequest.objects.filter(state=StudyRequest.State.ACCEPTED).select_related("organization")
    asked = accepted.filter(pk=number_in(number) or 0).first()
    initial = {"title": asked.topic, "aim": asked.reason, "sample": str(asked.organization)} if asked else {}
    form = StudyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = services.create_study(new=services.NewStudy(**form.cleaned_data), request=asked, by=request.user)
        messages.success(request, "Исследование создано. Когда появятся результаты, отметьте их работы.")
        return redirect(made)
    return render(request, "procedures/studies/create.html", {"form": form, "asked": asked})


@role_required(*AUTHORITY)
def study(request: SignedInRequest, pk: int) -> HttpResponse:
    """Aim, sample, instrument, days, and results by class and task."""
    row = get_object_or_404(Study.objects.select_related("request__organization"), pk=pk)
    form = None
    if request.user.is_department:
        initial = {"procedures": row.procedures.all(), "conclusion": row.conclusion}
        form = ResultsForm(request.POST or None, initial=initial, choices=selectors.candidates(row))
        if request.method == "POST" and form.is_valid():
            services.set_results(study=row, **form.cleaned_data, by=request.user)
            messages.success(request, "Сохранено.")
            return redirect(row)
    context = {
        "study": row,
        "state": row.state_text(),
        "works": selectors.works(row),
        "form": form,
        "history": events.history(row),
    }
    return render(request, "procedures/studies/study.html", context)


@require_safe
@role_required(*SCHOOL)
def own_requests(request: SignedInRequest) -> HttpResponse:
    requests = StudyRequest.objects.visible_to(request.user)
    may_ask = request.user.has_role(Role.DIRECTOR)
    return render(request, "procedures/studies/own.html", {"requests": requests, "may_ask": may_ask})


@role_required(Role.DIRECTOR)
def request_create(request: SignedInRequest) -> HttpResponse:
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.request_study(**form.cleaned_data, by=request.user)
        messages.success(request, "Запрос направлен. Ответ появится здесь и на странице «Сегодня».")
        return redirect(made)
    return render(request, "procedures/studies/request_create.html", {"form": form})


@role_required(*AUTHORITY, *SCHOOL)
def study_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """A request with its answer; the department decides here."""
    found = StudyRequest.objects.visible_to(request.user).select_related("organization", "created_by", "decided_by")
    row = get_object_or_404(found, pk=pk)
    may_decide = request.user.is_department and row.state == StudyRequest.State.SENT
    form = DecisionForm(request.POST or None) if may_decide else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.decide_request(request=row, accept="accept" in request.POST, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Ответ направлен организации.")
            return redirect(row)
    context = {"asked": row, "form": form, "studies": row.studies.all(), "history": events.history(row)}
    return render(request, "procedures/studies/request.html", context)
