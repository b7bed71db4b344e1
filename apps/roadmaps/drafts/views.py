"""Pages of drafts of recommendations: how they are made, the pile to look through, one draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT
from apps.analysis.models import SignList
from apps.analysis.signs.selectors import chosen
from apps.core.findings import Refused
from apps.roadmaps.drafts import preparing, services
from apps.roadmaps.drafts.forms import DraftForm, PrepareForm
from apps.roadmaps.drafts.models import RecommendationDraft


def _waiting(request: SignedInRequest) -> Any:
    found = RecommendationDraft.objects.visible_to(request.user).waiting()
    return found.select_related("organization", "period", "sign__rule", "sign__sign_list", "indicator", "direction")


@role_required(*DEPARTMENT)
def drafts(request: SignedInRequest) -> HttpResponse:
    """Drafts that wait; a post issues or drops the ticked ones."""
    if request.method == "POST":
        ticked = _waiting(request).filter(pk__in=chosen(request.POST.getlist("drafts")))
        try:
            if "drop" in request.POST:
                count = services.drop_drafts(drafts=ticked, by=request.user)
                messages.success(request, f"Отклонено черновиков: {count}.")
            else:
                made = services.issue_drafts(drafts=ticked, by=request.user)
                messages.success(request, f"Направлено рекомендаций: {len(made)}. Организации увидят их во «Входящих».")
            return redirect("roadmaps:drafts")
        except Refused as refusal:
            for finding in refusal.findings:
                messages.error(request, str(finding))
    context = {"drafts": list(_waiting(request)), "ticked": chosen(request.POST.getlist("drafts"))}
    return render(request, "roadmaps/drafts/list.html", context)


@require_POST
@role_required(*DEPARTMENT)
def prepare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drafts for the confirmed signs of a list; with `marked` also for those that nobody has decided about."""
    sign_list = get_object_or_404(SignList.objects.visible_to(request.user), pk=pk)
    count = preparing.prepare_drafts(sign_list=sign_list, by=request.user, only_confirmed="marked" not in request.POST)
    _say_prepared(request, count)
    return redirect("roadmaps:drafts")


def _say_prepared(request: SignedInRequest, count: int) -> None:
    text = f"Подготовлено черновиков: {count}. Прочитайте их и направьте." if count else "Новых черновиков нет."
    messages.success(request, text)


@role_required(*DEPARTMENT)
def prepare_weak(request: SignedInRequest) -> HttpResponse:
    """Drafts for weak figures of an indicator or a direction."""
    form = PrepareForm(request.POST or None, initial={"direction": request.GET.get("direction")})
    if request.method == "POST" and form.is_valid():
        try:
            count = preparing.prepare_from_indicators(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            _say_prepared(request, count)
            return redirect("roadmaps:drafts")
    return render(request, "roadmaps/drafts/prepare.html", {"form": form})


@role_required(*DEPARTMENT)
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """One draft to mend before it is issued."""
    found = get_object_or_404(_waiting(request), pk=pk)
    initial = {field: getattr(found, field) for field in ("title", "text", "basis_text", "due_on", "direction")}
    form = DraftForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_draft(draft=found, values=form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Черновик сохранён.")
            return redirect("roadmaps:drafts")
    return render(request, "roadmaps/drafts/draft.html", {"draft": found, "form": form})
