"""Pages of recommendations: the authority's board, the organisation's own list."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.core import events, files
from apps.core.findings import Refused
from apps.roadmaps import prefill, selectors, services
from apps.roadmaps.filters import OWN, AddresseeFilter
from apps.roadmaps.forms import RecommendationForm, ReportForm, ReviewForm
from apps.roadmaps.models import Recommendation, RecommendationAddressee
from apps.roadmaps.tables import AddresseeTable, OwnTable

RECEIVERS = SCHOOL | {Role.ASSOCIATION_LEADER}


def _tell(request: SignedInRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


@require_safe
@role_required(*AUTHORITY)
def board(request: SignedInRequest) -> HttpResponse:
    """Every addressee of every recommendation, with its state; who answers for directions sees those first."""
    everything = RecommendationAddressee.objects.visible_to(request.user).with_details()
    mine = selectors.own_directions(request.user)
    asked = request.GET.copy()
    if mine and "direction" not in asked:
        asked["direction"] = OWN
    narrowed = AddresseeFilter(asked, queryset=everything.by_urgency())
    narrowed.own_directions = mine
    table = AddresseeTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {
        "filter": narrowed,
        "table": table,
        "counts": everything.count_by_state(),
        "directions": selectors.by_direction(everything),
        "is_own": mine and asked.get("direction") == OWN,
        "mine": mine,
    }
    return render(request, "roadmaps/board.html", context)


@role_required(*DEPARTMENT)
def create(request: SignedInRequest) -> HttpResponse:
    """A new recommendation; from a conclusion, a sign, a work or a difficulty in it the form comes filled in."""
    start = prefill.from_address(request.GET, request.user)
    form = RecommendationForm(request.POST or None, initial=start.initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = services.NewRecommendation(
            period=data["period"],
            title=data["title"],
            text=data["text"],
            due_on=data["due_on"],
            basis_text=data["basis_text"],
            basis=start.basis_for(data["organizations"]),
            rule=start.rule,
            indicators=data["indicators"],
            direction=data["direction"],
            teachers=data["teachers"],
            bases=start.bases,
        )
        to = {"groups": data["groups"], "associations": data["associations"]}
        try:
            issued = services.issue_recommendation(new=new, addressees=data["organizations"], by=request.user, **to)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Рекомендация направлена. Адресаты увидят её во «Входящих».")
            return redirect(issued)
    return render(request, "roadmaps/create.html", {"form": form, "start": start})


@require_safe
@role_required(*AUTHORITY)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    recommendation = get_object_or_404(
        Recommendation.objects.visible_to(request.user).select_related("rule", "direction"), pk=pk
    )
    return _page(request, recommendation)


def _page(request: SignedInRequest, recommendation: Recommendation, typed: ReviewForm | None = None) -> HttpResponse:
    """`typed` is a review that was refused: it stands at its addressee with what is wrong."""
    addressees = recommendation.addressees.with_details().select_related("proof", "reported_by", "reviewed_by")
    rows = [
        {
            "addressee": each,
            "form": typed if typed and typed.prefix == str(each.pk) else ReviewForm(prefix=str(each.pk)),
        }
        for each in addressees
    ]
    context = {
        "recommendation": recommendation,
        "rows": rows,
        "indicators": recommendation.indicators.all(),
        "groups": recommendation.groups.all(),
        "has_own": any(row["addressee"].own_text for row in rows),
        "history": events.history(recommendation),
        "failed": typed,
    }
    return render(request, "roadmaps/detail.html", context)


@require_POST
@role_required(*DEPARTMENT)
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept a report or return it, by the button that was pressed."""
    addressee = get_object_or_404(RecommendationAddressee.objects.visible_to(request.user), pk=pk)
    form = ReviewForm(request.POST, prefix=str(addressee.pk))
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            if "accept" in request.POST:
                services.accept_report(addressee=addressee, by=request.user, text=text)
                messages.success(request, "Отчёт принят, рекомендация исполнена.")
            else:
                services.return_report(addressee=addressee, by=request.user, text=text)
                messages.success(request, "Отчёт возвращён на доработку, организация получит письмо.")
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            return redirect(addressee.recommendation)
    recommendation = Recommendation.objects.select_related("rule", "direction").get(pk=addressee.recommendation_id)
    return _page(request, recommendation, form)


@require_safe
@role_required(*RECEIVERS)
def own(request: SignedInRequest) -> HttpResponse:
    mine = RecommendationAddressee.objects.visible_to(request.user).with_details()
    table = OwnTable(mine.by_urgency())
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    return render(request, "roadmaps/own.html", {"table": table, "counts": mine.count_by_state()})


def _own_page(request: SignedInRequest, addressee: RecommendationAddressee, form: Any) -> HttpResponse:
    context = {"addressee": addressee, "form": form, "history": events.history(addressee)}
    return render(request, "roadmaps/own_detail.html", context)


@role_required(*RECEIVERS)
def own_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One recommendation, with the form to report; a post reports."""
    mine = RecommendationAddressee.objects.visible_to(request.user).with_details().select_related("proof")
    addressee = get_object_or_404(mine, pk=pk)
    form = ReportForm(request.POST or None, request.FILES or None, initial={"text": addressee.report_text})
    if request.method == "POST" and form.is_valid():
        uploaded = form.cleaned_data["proof"]
        proof = (uploaded.file, uploaded.name) if uploaded else None
        try:
            services.report(addressee=addressee, text=form.cleaned_data["text"], by=request.user, proof=proof)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Отчёт направлен в управление.")
            return redirect(addressee)
    return _own_page(request, addressee, form)


@require_POST
@role_required(*RECEIVERS)
def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    addressee = get_object_or_404(RecommendationAddressee.objects.visible_to(request.user), pk=pk)
    try:
        services.confirm_receipt(addressee=addressee, by=request.user)
        messages.success(request, "Получение подтверждено.")
    except Refused as refusal:
        _tell(request, refusal)
    return redirect(addressee)


@require_safe
def proof(request: SignedInRequest, pk: int) -> FileResponse:
    """The file of a report, for those who see the report."""
    addressee = get_object_or_404(
        RecommendationAddressee.objects.visible_to(request.user).select_related("proof"), pk=pk
    )
    if addressee.proof is None:
        raise Http404
    return files.send_private(addressee.proof)
