"""Pages of the annual report: the list, the desk of one report, its files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import events, files
from apps.core.findings import Refused
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.reports import selectors, services
from apps.reports.forms import ApproveForm, ChapterForm, OpenForm, PrepareForm
from apps.reports.models import AnnualReport, Release, ReportChapter


def _tell(request: SignedInRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


def _report(request: SignedInRequest, period: PeriodSpan) -> AnnualReport:
    visible = AnnualReport.objects.visible_to(request.user).select_related("period")
    report: AnnualReport = get_object_or_404(visible, period__code=period.code)
    return report


@role_required(*AUTHORITY)
def report_list(request: SignedInRequest) -> HttpResponse:
    """Reports by year; a post begins one."""
    form = OpenForm(request.POST or None)
    if request.method == "POST":
        if not request.user.is_department:
            raise Http404
        if form.is_valid():
            period: Period = form.cleaned_data["period"]
            return redirect(services.open_report(period=period, by=request.user))
    reports = AnnualReport.objects.visible_to(request.user).select_related("period").prefetch_related("releases")
    context = {"rows": selectors.states(reports), "form": form, "may_write": request.user.is_department}
    return render(request, "reports/list.html", context)


def _page(request: SignedInRequest, report: AnnualReport, bound: dict[str, Any] | None = None) -> HttpResponse:
    """The desk; `bound` forms carry what was typed and what is wrong with it."""
    bound, desk = bound or {}, selectors.desk(report)
    forms = {
        row.chapter.code: bound.get(row.chapter.code)
        or ChapterForm(prefix=row.chapter.code, initial={"text": row.chapter.text, "revision": row.chapter.revision})
        for row in desk.chapters
    }
    prepared = desk.prepared
    context = {
        "report": report,
        "desk": desk,
        "chapters": [(row, forms[row.chapter.code]) for row in desk.chapters],
        "prepare_form": PrepareForm(),
        "approve_form": bound.get("approve") or ApproveForm(initial={"digest": prepared.digest if prepared else ""}),
        "history": events.history(report)[:30],
        "may_write": request.user.is_department,
        "may_approve": services.may_approve(prepared, request.user) if prepared else False,
    }
    return render(request, "reports/detail.html", context)


@require_safe
@role_required(*AUTHORITY)
def detail(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    return _page(request, _report(request, period))


@require_POST
@role_required(*DEPARTMENT)
def save_chapter(request: SignedInRequest, period: PeriodSpan, code: str) -> HttpResponse:
    report = _report(request, period)
    chapter = get_object_or_404(ReportChapter, report=report, code=code)
    form = ChapterForm(request.POST, prefix=code)
    if form.is_valid():
        text, revision = form.cleaned_data["text"], form.cleaned_data["revision"]
        try:
            services.save_chapter(chapter=chapter, text=text, revision=revision, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Глава сохранена.")
            return redirect(f"{report.get_absolute_url()}#{code}")
    return _page(request, report, {code: form})


@require_POST
@role_required(*DEPARTMENT)
def refresh(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    report = _report(request, period)
    changed = services.refresh_drafts(report=report, by=request.user)
    messages.success(request, f"Предложенные тексты обновлены, глав: {changed}. Тексты, которые вы меняли, сохранены.")
    return redirect(report)


@require_POST
@role_required(*DEPARTMENT)
def prepare(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    """Freeze the report and start the PDF."""
    report = _report(request, period)
    form = PrepareForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    services.prepare_release(report=report, by=request.user, note=note)
    messages.success(request, "Содержание зафиксировано, PDF собирается. Теперь отчёт должен прочитать второй человек.")
    return redirect(report)


@require_POST
@role_required(*DEPARTMENT)
def approve(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    """The second person publishes what they have read."""
    report = _report(request, period)
    release = get_object_or_404(Release, report=report, state=Release.State.PREPARED)
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _page(request, report, {"approve": form})
    try:
        services.approve_release(release=release, digest=form.cleaned_data["digest"], by=request.user)
        messages.success(request, "Выпуск утверждён. Когда PDF будет готов, отчёт появится на открытых страницах.")
    except Refused as refusal:
        _tell(request, refusal)
    return redirect(report)


@require_safe
@role_required(*AUTHORITY)
def draft_pdf(request: SignedInRequest, period: PeriodSpan, pk: int) -> HttpResponse:
    """The watermarked file of a release: for the office only."""
    release = get_object_or_404(Release.objects.select_related("draft_pdf"), report=_report(request, period), pk=pk)
    if release.draft_pdf is None:
        raise Http404
    return files.send_private(release.draft_pdf, inline=True)  # type: ignore[return-value]
