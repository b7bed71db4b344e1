"""«Источники данных»: systems and forms that numbers come from, and what is collected twice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import events
from apps.core.findings import Refused
from apps.indicators.forms.sources import LinksForm, SourceForm
from apps.indicators.models import DataSource
from apps.indicators.selectors import sources as reads
from apps.indicators.services import sources


@require_safe
@role_required(*AUTHORITY)
def index(request: SignedInRequest) -> HttpResponse:
    lines = reads.lines()
    context = {
        "summaries": reads.summaries(lines),
        "flagged": sum(line.is_flagged for line in lines),
        "kept": sum(line.is_double and not line.is_flagged for line in lines),
        "without": reads.without_source(),
    }
    return render(request, "indicators/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*AUTHORITY)
def detail(request: SignedInRequest, code: str) -> HttpResponse:
    """A source with its indicators; the department says by a post which of them are collected again and why."""
    source = get_object_or_404(DataSource, code=code)
    if request.method == "POST" and request.user.is_department:
        codes, reason = request.POST.getlist("code"), request.POST.get("reason", "")
        try:
            count = sources.keep_collecting(source=source, codes=codes, reason=reason, by=request.user)
            messages.success(request, f"Решение записано, показателей: {count}.")
            return redirect(source)
        except Refused as refusal:
            for finding in refusal.findings:
                messages.error(request, str(finding))
    lines = [line for line in reads.lines() if line.link.source_id == source.pk]
    context = {
        "source": source,
        "lines": lines,
        "flagged": [line for line in lines if line.is_flagged],
        "kept": [line for line in lines if line.is_double and not line.is_flagged],
        "history": events.history(source)[:10],
        "reason": request.POST.get("reason", ""),
        "ticked": request.POST.getlist("code"),
    }
    return render(request, "indicators/source.html", context)


@role_required(*DEPARTMENT)
def create(request: SignedInRequest) -> HttpResponse:
    return _edit(request, DataSource())


@role_required(*DEPARTMENT)
def edit(request: SignedInRequest, code: str) -> HttpResponse:
    return _edit(request, get_object_or_404(DataSource, code=code))


def _edit(request: SignedInRequest, source: DataSource) -> HttpResponse:
    form = SourceForm(request.POST or None, instance=source)
    if request.method == "POST" and form.is_valid():
        try:
            saved = sources.save_source(source=form.save(commit=False), by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Источник сохранён.")
            return redirect(saved)
    context = {"form": form, "source": DataSource.objects.filter(pk=source.pk).first()}
    return render(request, "indicators/source_edit.html", context)


@role_required(*DEPARTMENT)
def links(request: SignedInRequest, code: str) -> HttpResponse:
    """Which indicators are taken from the source, as a whole."""
    source = get_object_or_404(DataSource, code=code)
    standing = source.links.filter(indicator__is_active=True).values_list("indicator__code", flat=True)
    form = LinksForm(request.POST or None, initial={"indicators": list(standing)})
    if request.method == "POST" and form.is_valid():
        off = source.links.filter(indicator__is_active=False).values_list("indicator__code", flat=True)
        codes = {*form.cleaned_data["indicators"], *off}  # what is switched off is not on the page
        added, cut = sources.link_indicators(source=source, codes=codes, by=request.user)
        messages.success(request, f"Связи сохранены: добавлено {added}, убрано {cut}.")
        return redirect(source)
    return render(request, "indicators/source_links.html", {"form": form, "source": source})
