"""Mending shortcomings: the organisation's pages and the authority's board."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.core import events, files
from apps.core.findings import Refused
from apps.noko import services
from apps.noko.filters import MeasureFilter
from apps.noko.forms import DoneForm, LinkForm, MeasureForm, ReviewForm
from apps.noko.models import Assessment, Measure, Shortcoming
from apps.noko.selectors.year import card
from apps.noko.services import NewMeasure
from apps.noko.tables import MeasureTable
from apps.workbooks.writing import export_table

HEADERS = ("Организация", "Год", "Показатель", "Недостаток", "Мера", "Отвечает", "Срок", "Состояние", "Что сделано")


@role_required(*AUTHORITY, *SCHOOL)
def assessment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Official figures of one organisation with its shortcomings; a school sees its own."""
    found = Assessment.objects.visible_to(request.user).select_related("organization", "period", "report")
    row = get_object_or_404(found, pk=pk)
    form = None
    if request.user.is_department:
        form = LinkForm(request.POST or None, initial={"url": row.bus_gov_url})
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _linked(request, row, form):
            return redirect(row)
    context = {"card": card(row, request.user), "is_own": request.user.is_school, "form": form}
    return render(request, "noko/assessment.html", context)


def _linked(request: SignedInRequest, row: Assessment, form: LinkForm) -> bool:
    try:
        services.set_link(assessment=row, url=form.cleaned_data["url"], by=request.user)
    except Refused as refusal:
        form.add_error("url", [str(finding) for finding in refusal.findings])
        return False
    messages.success(request, "Ссылка сохранена.")
    return True


@require_safe
@role_required(*SCHOOL)
def own(request: SignedInRequest) -> HttpResponse:
    """An organisation's assessments and what it has to mend."""
    mine = Assessment.objects.visible_to(request.user).select_related("period")
    bare = Shortcoming.objects.visible_to(request.user).without_measures().select_related("assessment__period")
    measures = Measure.objects.visible_to(request.user).with_details()
    return render(request, "noko/own.html", {"assessments": mine, "bare": bare, "measures": measures})


@role_required(*SCHOOL)
def measure_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """A measure for a shortcoming of one's own."""
    found = Shortcoming.objects.visible_to(request.user).select_related("assessment__organization")
    shortcoming = get_object_or_404(found, pk=pk)
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = NewMeasure(**form.cleaned_data)
        try:
            services.plan_measure(shortcoming=shortcoming, new=new, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Мера внесена в план. Отчитайтесь о ней до срока.")
            return redirect("noko:own")
    return render(request, "noko/measure_create.html", {"form": form, "shortcoming": shortcoming})


@role_required(*AUTHORITY, *SCHOOL)
def measure(request: SignedInRequest, pk: int) -> HttpResponse:
    """One measure: the organisation reports here, the authority reads."""
    row = get_object_or_404(Measure.objects.visible_to(request.user).with_details(), pk=pk)
    may_report = request.user.is_school and row.awaits_organization
    form = DoneForm(request.POST or None, request.FILES or None) if may_report else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _report(request, row, form):
            return redirect(row)
    context = {
        "measure": row,
        "form": form,
        "review": ReviewForm() if request.user.is_department and row.state == Measure.State.REPORTED else None,
        "history": events.history(row),
    }
    return render(request, "noko/measure.html", context)


def _report(request: SignedInRequest, row: Measure, form: DoneForm) -> bool:
    data: dict[str, Any] = form.cleaned_data
    proof = (data["proof"], data["proof"].name) if data["proof"] else None
    try:
        services.report_measure(
            measure=row, text=data["text"], proof_url=data["proof_url"], proof=proof, by=request.user
        )
    except Refused as refusal:
        form.add_error(None, [str(finding) for finding in refusal.findings])
        return False
    messages.success(request, "Отчёт направлен управлению.")
    return True


@require_POST
@role_required(*DEPARTMENT)
def measure_review(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Measure.objects.visible_to(request.user), pk=pk)
    form = ReviewForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    try:
        if "accept" in request.POST:
            services.accept_measure(measure=row, by=request.user, text=text)
            messages.success(request, "Отчёт принят, недостаток устранён.")
        else:
            services.return_measure(measure=row, text=text, by=request.user)
            messages.success(request, "Отчёт возвращён на доработку.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    return redirect(row)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def measure_proof(request: SignedInRequest, pk: int) -> Any:
    row = get_object_or_404(Measure.objects.visible_to(request.user).select_related("proof"), pk=pk)
    if row.proof is None:
        raise Http404
    return files.send_private(row.proof)


@require_safe
@role_required(*AUTHORITY)
def measures(request: SignedInRequest) -> HttpResponse:
    """The board of all measures, with what is overdue."""
    everything = Measure.objects.visible_to(request.user).with_details()
    narrowed = MeasureFilter(request.GET, queryset=everything)
    table = MeasureTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {
        "filter": narrowed,
        "table": table,
        "total": everything.count(),
        "overdue": everything.overdue().count(),
        "reported": everything.filter(state=Measure.State.REPORTED).count(),
        "done": everything.filter(state=Measure.State.DONE).count(),
        "bare": Shortcoming.objects.visible_to(request.user).without_measures().count(),
        "query": request.GET.urlencode(),
    }
    return render(request, "noko/measures.html", context)


@require_safe
@role_required(*AUTHORITY)
def measures_file(request: SignedInRequest) -> HttpResponse:
    """The narrowed board as a file."""
    rows = MeasureFilter(request.GET, queryset=Measure.objects.visible_to(request.user).with_details()).qs
    content = export_table(HEADERS, map(_line, rows), title="Устранение недостатков")
    response = HttpResponse(content, content_type=files.XLSX)
    response["Content-Disposition"] = 'attachment; filename="noko-measures.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _line(row: Measure) -> list[Any]:
    shortcoming = row.shortcoming
    return [
        str(shortcoming.assessment.organization),
        shortcoming.assessment.period.code,
        shortcoming.indicator,
        shortcoming.text,
        row.text,
        row.responsible,
        row.due_on,
        row.state_text,
        row.report_text,
    ]
