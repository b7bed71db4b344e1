"""Pages of drafts of recommendations: the pile to look through, one draft, the templates."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT
from apps.analysis.models import SignList
from apps.analysis.signs.kinds import BY_CODE
from apps.analysis.signs.selectors import chosen
from apps.core.findings import Refused
from apps.roadmaps.drafts import services
from apps.roadmaps.drafts.forms import DraftForm, TemplateForm
from apps.roadmaps.drafts.models import RecommendationDraft, RecommendationTemplate


def _waiting(request: SignedInRequest) -> Any:
    found = RecommendationDraft.objects.visible_to(request.user).waiting()
    return found.select_related("organization", "period", "sign__rule", "sign__sign_list")


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
                messages.success(request, f"Направлено рекомендаций: {len(made)}. Школы получат письма.")
            return redirect("roadmaps:drafts")
        except Refused as refusal:
            for finding in refusal.findings:
                messages.error(request, str(finding))
    context = {"drafts": list(_waiting(request)), "ticked": chosen(request.POST.getlist("drafts"))}
    return render(request, "roadmaps/drafts/list.html", context)


@require_POST
@role_required(*DEPARTMENT)
def prepare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drafts for the confirmed signs of a list."""
    sign_list = get_object_or_404(SignList.objects.visible_to(request.user), pk=pk)
    count = services.prepare_drafts(sign_list=sign_list, by=request.user)
    text = f"Подготовлено черновиков: {count}. Прочитайте их и направьте." if count else "Новых черновиков нет."
    messages.success(request, text)
    return redirect("roadmaps:drafts")


@role_required(*DEPARTMENT)
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """One draft to mend before it is issued."""
    found = get_object_or_404(_waiting(request), pk=pk)
    initial = {field: getattr(found, field) for field in ("title", "text", "basis_text", "due_on")}
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


@role_required(*DEPARTMENT)
def templates(request: SignedInRequest) -> HttpResponse:
    """The words that drafts begin with, by sign."""
    found = {row.code: row for row in RecommendationTemplate.objects.select_related("changed_by")}
    code = request.POST.get("code", "")
    forms = []
    for kind in BY_CODE.values():
        if kind.code not in found:
            continue
        row = found[kind.code]
        posted = request.method == "POST" and code == kind.code
        form = TemplateForm(request.POST if posted else None, instance=row, prefix=kind.code)
        if posted and form.is_valid():
            data = form.cleaned_data
            services.change_template(template=row, by=request.user, **data)
            messages.success(request, "Шаблон сохранён. Черновики, которые уже ждут, не изменились.")
            return redirect("roadmaps:templates")
        forms.append((kind, row, form))
    return render(request, "roadmaps/drafts/templates.html", {"forms": forms})
