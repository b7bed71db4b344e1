"""Pages of templates: those of signs and the office's own, each with a preview on a real organisation."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT
from apps.analysis.signs.kinds import BY_CODE
from apps.core import events
from apps.core.findings import Refused
from apps.roadmaps.bulk import choosing
from apps.roadmaps.drafts import templates as services
from apps.roadmaps.drafts.forms import PreviewForm, TemplateForm
from apps.roadmaps.drafts.models import RecommendationTemplate
from apps.roadmaps.texts.placeholders import KNOWN


@require_safe
@role_required(*DEPARTMENT)
def templates(request: SignedInRequest) -> HttpResponse:
    """Templates of signs first, then the office's own."""
    rows = RecommendationTemplate.objects.visible_to(request.user).in_use().select_related("changed_by", "direction")
    found = list(rows)
    of_signs = [(BY_CODE[row.code], row) for row in found if row.code and row.code in BY_CODE]
    context = {
        "of_signs": sorted(of_signs, key=lambda pair: pair[0].number or 99),
        "own": [row for row in found if not row.code],
    }
    return render(request, "roadmaps/drafts/templates.html", context)


@role_required(*DEPARTMENT)
def template(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """Write a template or change it. The address may ask for a preview with the figures of an organisation."""
    row = None
    if pk is not None:
        row = get_object_or_404(RecommendationTemplate.objects.visible_to(request.user).in_use(), pk=pk)
    initial = {name: getattr(row, name) for name in ("title", "text", "days", "direction")} if row else {}
    form = TemplateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_template(
                words=services.TemplateWords(**form.cleaned_data), by=request.user, template=row
            )
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Шаблон сохранён. Черновики, которые уже ждут, не изменились.")
            return redirect("roadmaps:template", saved.pk)
    asked = PreviewForm(request.GET or None)
    context = {
        "template": row,
        "kind": BY_CODE.get(row.code or "") if row else None,
        "form": form,
        "asked": asked,
        "line": _preview(row, asked, request.user) if row and asked.is_valid() else None,
        "known": KNOWN.items(),
        "history": events.history(row)[:10] if row else [],
    }
    return render(request, "roadmaps/drafts/template.html", context)


def _preview(row: RecommendationTemplate, asked: PreviewForm, user: Any) -> choosing.Line:
    data = asked.cleaned_data
    choice = choosing.Choice(sign=row.code or "", indicator=data["indicator"], period=data["period"])
    source = choosing.source_of(choice, user)
    due_on = timezone.localdate() + timedelta(days=row.days)
    found = choosing.lines_of([data["organization"]], source, text=row.text, basis="", due_on=due_on)
    return found.lines[0]


@require_POST
@role_required(*DEPARTMENT)
def template_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(RecommendationTemplate.objects.visible_to(request.user).in_use(), pk=pk)
    try:
        services.archive_template(template=row, by=request.user)
        messages.success(request, "Шаблон убран из выбора. Направленные рекомендации не изменились.")
    except Refused as refusal:
        messages.error(request, str(refusal.findings[0]))
    return redirect("roadmaps:templates")
