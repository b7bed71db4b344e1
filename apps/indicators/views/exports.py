"""«Выгрузка значений» and «Журнал передачи данных»: any set of values as a file, and what was given to whom."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.core import files
from apps.core.findings import Refused
from apps.indicators.forms.exports import DispatchFilter, DispatchForm, ExportForm, WithdrawForm
from apps.indicators.models import DataDispatch, DataExport, InformationRequest
from apps.indicators.selectors.exporting import table_of
from apps.indicators.services import exports

SHOWN = 10  # rows of a preview
RECENT = 10


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*AUTHORITY, *SCHOOL)
def choose(request: SignedInRequest) -> HttpResponse:
    """Choose what to export; a look at the size and the first rows; then the file."""
    asked = _asked(request)
    initial = {"indicators": list(asked.indicators.values_list("code", flat=True))} if asked else {}
    form = ExportForm(request.POST or None, user=request.user, initial=initial)
    context: dict[str, Any] = {"form": form, "asked": asked}
    if request.method == "POST" and form.is_valid():
        selection = form.selection()
        if "make" in request.POST:
            try:
                made = exports.make_export(selection=selection, kind=form.cleaned_data["kind"], by=request.user)
            except Refused as refusal:
                context["findings"] = refusal.findings
            else:
                query = f"?request={asked.pk}" if asked else ""
                return redirect(made.get_absolute_url() + query)
        else:
            size, context["findings"] = exports.check_size(selection, request.user)
            context["size"] = size
            if not context["findings"]:
                context["table"] = table_of(selection, request.user)
                context["first"] = list(islice(context["table"].rows, SHOWN)) if size <= exports.AT_ONCE else []
                context["by_worker"] = size > exports.AT_ONCE
    context["recent"] = DataExport.objects.visible_to(request.user).select_related("file", "created_by")[:RECENT]
    return render(request, "indicators/export.html", context)


def _asked(request: SignedInRequest) -> InformationRequest | None:
    """The information request that the page was opened from."""
    number = request.GET.get("request", "")
    if not number.isdecimal():
        return None
    return InformationRequest.objects.visible_to(request.user).filter(pk=int(number[:12])).first()


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*AUTHORITY, *SCHOOL)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file that was made: download it, see to whom it was given; the department records a dispatch."""
    found = DataExport.objects.visible_to(request.user).select_related("file", "job", "created_by")
    export = get_object_or_404(found, pk=pk)
    may_record = request.user.is_department and export.file_id
    if request.method == "POST" and not may_record:
        raise Http404
    form = DispatchForm(request.POST or None, initial=_dispatch_start(_asked(request)))
    if request.method == "POST" and form.is_valid():
        try:
            exports.record_dispatch(export=export, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Передача записана в журнал. Файл хранится таким, каким он был передан.")
            return redirect(export)
    dispatches = export.dispatches.visible_to(request.user).select_related("request", "recorded_by", "export__file")
    context = {"export": export, "form": form if may_record else None, "dispatches": dispatches}
    return render(request, "indicators/export_detail.html", context)


def _dispatch_start(asked: InformationRequest | None) -> dict[str, Any]:
    """What the form of a dispatch begins with when the file was made by request."""
    if asked is None:
        return {}
    return {"addressee": asked.asker, "request": asked.pk, "ground": f"Запрос от {asked.received_on:%d.%m.%Y}"}


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def download(request: SignedInRequest, pk: int) -> FileResponse:
    """The file as it was made, again and again the same bytes."""
    export = get_object_or_404(DataExport.objects.visible_to(request.user).select_related("file"), pk=pk)
    if export.file is None:
        raise Http404
    return files.send_private(export.file)


@require_safe
@role_required(*AUTHORITY)
def dispatches(request: SignedInRequest) -> HttpResponse:
    """The log: what was given to whom, on which ground, when."""
    rows = DataDispatch.objects.visible_to(request.user)
    total = rows.count()
    narrow = DispatchFilter(request.GET or None)
    if narrow.is_valid():
        data = narrow.cleaned_data
        for word in data["q"].replace("\x00", "").split():
            named = Q(addressee__icontains=word) | Q(ground__icontains=word)
            rows = rows.filter(named | Q(export__title__icontains=word))
        rows = rows.filter(sent_on__gte=data["since"]) if data["since"] else rows
        rows = rows.filter(sent_on__lte=data["until"]) if data["until"] else rows
    found = rows.select_related("export__file", "request", "recorded_by", "withdrawn_by")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"filter": narrow, "page": page, "dispatches": page.object_list, "total": total}
    return render(request, "indicators/dispatches.html", context)


@require_POST
@role_required(*DEPARTMENT)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark a line of the log as a slip."""
    dispatch = get_object_or_404(DataDispatch.objects.visible_to(request.user), pk=pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect("indicators:dispatches")
    try:
        exports.withdraw_dispatch(dispatch=dispatch, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Запись отмечена как ошибочная и осталась в журнале.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    return redirect("indicators:dispatches")
