"""The report on self-examination as its organisation sees it: texts, steps, attachments, printed copies."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import SCHOOL
from apps.collection.forms_selfexam import AttachmentForm, SectionForm, StepForm, UndoForm
from apps.collection.models import SelfExamAttachment, SelfExamination
from apps.collection.selectors import selfexam as selectors
from apps.collection.selectors.selfexam import ExaminationPage
from apps.collection.selectors.selfexam_board import years_of
from apps.collection.selfexam.steps import BY_CODE
from apps.collection.services import selfexam as services
from apps.collection.views import tell
from apps.core import events, files
from apps.core.findings import Refused
from apps.core.models import Period
from apps.core.periods import PeriodSpan

UNPROCESSABLE = 422


def own_page(request: SignedInRequest, period: PeriodSpan) -> ExaminationPage:
    """The report of the reader's organisation; a year for which nothing was asked is a 404."""
    organization = request.user.organization
    if organization is None:
        raise Http404
    row = get_object_or_404(Period, code=period.code)
    page = ExaminationPage(organization, row)
    if not page.forms:
        raise Http404
    return page


@require_safe
@role_required(*SCHOOL)
def own(request: SignedInRequest) -> HttpResponse:
    """Years of the organisation."""
    organization = request.user.organization
    years = years_of(organization) if organization else []
    pages = [ExaminationPage(organization, year) for year in years] if organization else []
    return render(request, "collection/selfexam/own.html", {"pages": pages})


@require_safe
@role_required(*SCHOOL)
def examination(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    return _page(request, own_page(request, period))


def _page(request: SignedInRequest, page: ExaminationPage, status: int = 200, **bound: Any) -> HttpResponse:
    """The report; `bound` forms carry what was typed and what is wrong with it."""
    kind = page.next
    may_take = kind is not None and request.user.role in kind.roles
    last = page.last
    context = {
        "page": page,
        "examination": page.examination,
        "may_take": may_take,
        "may_undo": last is not None and request.user.role in last.kind.roles,
        "step_form": bound.get("step_form") or (StepForm(kind=kind) if kind else None),
        "undo_form": bound.get("undo_form") or UndoForm(),
        "attachment_form": bound.get("attachment_form") or AttachmentForm(),
        "history": events.history(page.examination)[:30] if page.examination.pk else [],
    }
    return render(request, "collection/selfexam/examination.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*SCHOOL)
def section(request: SignedInRequest, period: PeriodSpan, code: str) -> HttpResponse:
    """One section: what to write, the figures beside, the text. Saved by itself (htmx) and by «Сохранить»."""
    page = own_page(request, period)
    shown = page.section(code)
    if shown is None:
        raise Http404
    if request.method == "POST":
        return _save(request, page, shown)
    stored = shown.stored
    form = SectionForm(initial={"text": stored.text if stored else "", "revision": stored.revision if stored else 0})
    return _section(request, page, shown, form)


def _section(
    request: SignedInRequest, page: ExaminationPage, shown: selectors.SectionState, form: SectionForm, **more: Any
) -> HttpResponse:
    context = {
        "page": page,
        "examination": page.examination,
        "section": shown,
        "form": form,
        "beside": page.beside(shown.kind),
        "next_section": page.after(shown.kind.code),
        "last_year": page.last_year.get(shown.kind.code, ""),
        **more,
    }
    return render(request, "collection/selfexam/section.html", context, status=UNPROCESSABLE if more else 200)


def _save(request: SignedInRequest, page: ExaminationPage, shown: selectors.SectionState) -> HttpResponse:
    form = SectionForm(request.POST)
    refused: list[Any] = []
    saved = None
    if form.is_valid():
        data = form.cleaned_data
        try:
            saved = services.save_section(
                organization=page.organization, period=page.period, code=shown.kind.code, by=request.user, **data
            )
        except Refused as refusal:
            refused = refusal.findings
    if request.htmx:
        return _said(request, page, form, saved, refused)
    if saved is not None:
        messages.success(request, "Раздел записан.")
        following = page.after(shown.kind.code)
        if "next" in request.POST:
            if following is None:
                return redirect("collection:selfexam", period=page.period)
            return redirect("collection:selfexam_section", period=page.period, code=following.kind.code)
        return redirect(request.path)
    fresh = ExaminationPage(page.organization, page.period)
    stored = fresh.section(shown.kind.code)
    assert stored is not None
    theirs = stored.stored if any(finding.code == "changed_meanwhile" for finding in refused) else None
    if theirs is not None:  # what was typed stays; saved once more, it replaces what is shown beside
        form = SectionForm({**request.POST.dict(), "revision": theirs.revision})
        form.is_valid()
    return _section(request, fresh, stored, form, refused=refused, theirs=theirs)


def _said(
    request: SignedInRequest, page: ExaminationPage, form: SectionForm, saved: Any, refused: list[Any]
) -> HttpResponse:
    """The answer to a save without leaving the page: what became of it, and the revision for the next one."""
    fresh = ExaminationPage(page.organization, page.period).section(saved.code) if saved else None
    context = {"saved": saved, "refused": refused, "form": form, "section": fresh}
    response = render(request, "collection/selfexam/said.html", context)
    response["X-Fill"] = "1"  # what has it is an answer of this page and not, say, the log-in page
    return response


@require_POST
@role_required(*SCHOOL)
def copy(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    """Take last year's text into a section, or into every empty one."""
    page = own_page(request, period)
    code = request.POST.get("section", "")[:20]
    try:
        count = services.copy_last_year(organization=page.organization, period=page.period, by=request.user, code=code)
        told = f"Взят прошлогодний текст, разделов: {count}. Измените его или подтвердите, что он верен."
        messages.success(request, told)
    except Refused as refusal:
        tell(request, refusal)
    if code and page.section(code):
        return redirect("collection:selfexam_section", period=page.period, code=code)
    return redirect("collection:selfexam", period=page.period)


def _stored(request: SignedInRequest, page: ExaminationPage) -> SelfExamination:
    found = SelfExamination.objects.visible_to(request.user).filter(period=page.period)
    return get_object_or_404(found, organization=page.organization)


@require_POST
@role_required(*SCHOOL)
def step(request: SignedInRequest, period: PeriodSpan, step: str) -> HttpResponse:
    """Take a step; what is wrong is told at the form, and nothing typed is lost."""
    page = own_page(request, period)
    kind = BY_CODE.get(step)
    if kind is None:
        raise Http404
    found = _stored(request, page)
    form = StepForm(request.POST, kind=kind)
    if form.is_valid():
        try:
            services.take_step(examination=found, step=step, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            if page.next != kind:
                tell(request, refusal)
                return redirect("collection:selfexam", period=page.period)
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, f"Отмечено: {kind.title.lower()}.")
            return redirect("collection:selfexam", period=page.period)
    return _page(request, page, UNPROCESSABLE, step_form=form)


@require_POST
@role_required(*SCHOOL)
def undo(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    page = own_page(request, period)
    found = _stored(request, page)
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            services.undo_step(examination=found, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Шаг отменён.")
        except Refused as refusal:
            tell(request, refusal)
        return redirect("collection:selfexam", period=page.period)
    return _page(request, page, UNPROCESSABLE, undo_form=form)


@require_POST
@role_required(*SCHOOL)
def attach(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    page = own_page(request, period)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            services.attach(
                organization=page.organization, period=page.period, stream=upload.file, name=upload.name,
                title=form.cleaned_data["title"], by=request.user,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("file", [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Файл приложен.")
            return redirect("collection:selfexam", period=page.period)
    return _page(request, page, UNPROCESSABLE, attachment_form=form)


def _attachment(request: SignedInRequest, page: ExaminationPage, pk: int) -> SelfExamAttachment:
    found = SelfExamAttachment.objects.filter(examination__in=SelfExamination.objects.visible_to(request.user))
    return get_object_or_404(
        found.select_related("file", "examination__organization", "examination__period"),
        pk=pk, examination__organization=page.organization, examination__period=page.period,
    )  # fmt: skip


@require_safe
@role_required(*SCHOOL)
def attachment(request: SignedInRequest, period: PeriodSpan, pk: int) -> FileResponse:
    return files.send_private(_attachment(request, own_page(request, period), pk).file)


@require_POST
@role_required(*SCHOOL)
def detach(request: SignedInRequest, period: PeriodSpan, pk: int) -> HttpResponse:
    page = own_page(request, period)
    try:
        services.detach(attachment=_attachment(request, page, pk), by=request.user)
        messages.success(request, "Приложение убрано.")
    except Refused as refusal:
        tell(request, refusal)
    return redirect("collection:selfexam", period=page.period)


@require_POST
@role_required(*SCHOOL)
def print_out(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    """Have the PDF and DOCX made of the report as it stands."""
    page = own_page(request, period)
    services.request_print(examination=_stored(request, page), by=request.user)
    return redirect(f"{request.path.removesuffix('print/')}#paper")


def send_print(request: SignedInRequest, page: ExaminationPage, pk: int, kind: str) -> FileResponse:
    """A printed copy as a file; what is not made yet is a 404."""
    found = selectors.visible_prints(request.user).select_related("pdf", "docx")
    copy = get_object_or_404(found, pk=pk, examination__organization=page.organization, examination__period=page.period)
    kept = {"pdf": copy.pdf, "docx": copy.docx}.get(kind)
    if kept is None:
        raise Http404
    return files.send_private(kept, inline=kind == "pdf")


@require_safe
@role_required(*SCHOOL)
def paper(request: SignedInRequest, period: PeriodSpan, pk: int, kind: str) -> FileResponse:
    return send_print(request, own_page(request, period), pk, kind)
