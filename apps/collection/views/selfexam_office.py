"""Reports on self-examination as the authority sees them: the board of steps, one report, the board as a file."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.collection.filters import SelfExamFilterForm
from apps.collection.forms_selfexam import UndoForm
from apps.collection.models import SelfExamination
from apps.collection.selectors import selfexam_board as selectors
from apps.collection.selectors.selfexam import ExaminationPage
from apps.collection.selectors.selfexam_board import BoardRow
from apps.collection.services import selfexam as services
from apps.collection.views import tell
from apps.collection.views.selfexam import send_print
from apps.core import events, files
from apps.core.documents.markup import parse
from apps.core.findings import Refused
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.organizations.models import Organization


@require_safe
@role_required(*AUTHORITY)
def years(request: SignedInRequest) -> HttpResponse:
    """The board of the newest year."""
    found = selectors.all_years()
    if found:
        return redirect("collection:selfexam_board", period=found[0])
    return render(request, "collection/selfexam/no_board.html")


def _rows(request: SignedInRequest, period: PeriodSpan) -> tuple[Period, list[BoardRow], SelfExamFilterForm]:
    row = get_object_or_404(Period, code=period.code)
    rows = selectors.board(row)
    if not rows:
        raise Http404
    form = SelfExamFilterForm(request.GET)
    return row, rows, form


@require_safe
@role_required(*AUTHORITY)
def board(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    """Who is where: a line an organisation, its steps, late ones, links."""
    row, rows, form = _rows(request, period)
    context = {
        "period": row,
        "years": selectors.all_years(),
        "counts": selectors.counts_of(rows),
        "rows": selectors.narrowed(rows, **form.chosen()),
        "form": form,
        "query": request.GET.urlencode(),
    }
    return render(request, "collection/selfexam/board.html", context)


@require_safe
@role_required(*AUTHORITY)
def export(request: SignedInRequest, period: PeriodSpan) -> FileResponse:
    """The rows that the board shows, as a workbook."""
    row, rows, form = _rows(request, period)
    content = selectors.board_workbook(selectors.narrowed(rows, **form.chosen()))
    return files.send(BytesIO(content), name=f"Самообследование {row.code}.xlsx", content_type=files.XLSX)


def _page(period: PeriodSpan, code: str) -> ExaminationPage:
    page = ExaminationPage(get_object_or_404(Organization, code=code), get_object_or_404(Period, code=period.code))
    if not page.forms:
        raise Http404
    return page


@require_safe
@role_required(*AUTHORITY)
def report(request: SignedInRequest, period: PeriodSpan, code: str) -> HttpResponse:
    """One report: steps, texts, papers."""
    page = _page(period, code)
    texts = [(state, parse(state.stored.text)) for state in page.sections if state.stored and state.stored.text]
    context = {
        "page": page,
        "examination": page.examination,
        "texts": texts,
        "undo_form": UndoForm(),
        "may_give_back": request.user.is_department and page.examination.is_sent,
        "history": events.history(page.examination)[:30] if page.examination.pk else [],
    }
    return render(request, "collection/selfexam/report.html", context)


@require_POST
@role_required(*DEPARTMENT)
def give_back(request: SignedInRequest, period: PeriodSpan, code: str) -> HttpResponse:
    """Take back the sending for a stated reason: the organisation sends it again."""
    page = _page(period, code)
    found = get_object_or_404(SelfExamination.objects.visible_to(request.user), pk=page.examination.pk)
    form = UndoForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        services.undo_step(examination=found, reason=reason, by=request.user)
        messages.success(request, "Отчёт возвращён организации. Она увидит причину.")
    except Refused as refusal:
        tell(request, refusal)
    return redirect("collection:selfexam_report", period=page.period, code=code)


@require_safe
@role_required(*AUTHORITY)
def paper(request: SignedInRequest, period: PeriodSpan, code: str, pk: int, kind: str) -> FileResponse:
    return send_print(request, _page(period, code), pk, kind)


@require_safe
@role_required(*AUTHORITY)
def attachment(request: SignedInRequest, period: PeriodSpan, code: str, pk: int) -> FileResponse:
    page = _page(period, code)
    found = next((item for item in page.attachments if item.pk == pk), None)
    if found is None:
        raise Http404
    return files.send_private(found.file)
