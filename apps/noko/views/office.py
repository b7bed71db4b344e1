"""The authority's pages: the plan, the operator's files, results of a year."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, Role
from apps.core import events, files, periods
from apps.core.findings import Refused
from apps.core.models import Period
from apps.noko import services
from apps.noko.calculation import TOTALS, method
from apps.noko.forms import PlanForm, ReasonForm, ReportForm
from apps.noko.models import Assessment, OperatorReport, PlanEntry
from apps.noko.reading import agrees
from apps.noko.selectors import conformity, internal, plan, year
from apps.noko.selectors.year import number
from apps.noko.template import operator_template
from apps.organizations.models import Organization
from apps.surveys.models import Survey

READERS = (*AUTHORITY, Role.PUBLIC_REPRESENTATIVE)


def _tell(request: SignedInRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


def _years() -> list[Period]:
    found = Assessment.objects.values("period").distinct()
    return list(Period.objects.filter(pk__in=found).order_by("-starts_on"))


@require_safe
@role_required(*AUTHORITY)
def plan_board(request: SignedInRequest) -> HttpResponse:
    """Organisations by years, with those who would miss the term of the law."""
    surveys = Survey.objects.filter(questionnaire__code=internal.CODE)
    context = {"plan": plan.plan(), "years": _years(), "surveys": surveys}
    return render(request, "noko/plan.html", context)


@role_required(*DEPARTMENT)
def plan_add(request: SignedInRequest) -> HttpResponse:
    """Put organisations into a year; those who miss the term come ticked."""
    missing = [line.organization.pk for line in plan.plan().missing if not line.planned]
    this_year = timezone.localdate().year
    form = PlanForm(request.POST or None, initial={"year": this_year + 1, "organizations": missing})
    if request.method == "POST" and form.is_valid():
        try:
            new = services.plan_year(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, f"В план внесено организаций: {new}.")
            return redirect("noko:plan")
    return render(request, "noko/plan_add.html", {"form": form, "missing": len(missing)})


@require_POST
@role_required(*DEPARTMENT)
def plan_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(PlanEntry, pk=pk)
    try:
        services.unplan(entry=entry, by=request.user)
        messages.success(request, f"«{entry.organization}» убрана из плана {entry.year} года.")
    except Refused as refusal:
        _tell(request, refusal)
    return redirect("noko:plan")


@require_safe
@role_required(*AUTHORITY)
def reports(request: SignedInRequest) -> HttpResponse:
    found = OperatorReport.objects.select_related("period", "created_by", "file")
    return render(request, "noko/reports.html", {"reports": found})


@role_required(*DEPARTMENT)
def upload(request: SignedInRequest) -> HttpResponse:
    """A file of the operator: first what it says, nothing official yet."""
    form = ReportForm(request.POST or None, request.FILES or None, initial={"year": timezone.localdate().year})
    context: dict[str, Any] = {"form": form, "year": timezone.localdate().year}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        period = Period.objects.named(periods.calendar_year(form.cleaned_data["year"]))
        operator = form.cleaned_data["operator"]
        try:
            report = services.upload_report(
                stream=file, name=file.name, period=period, operator=operator, by=request.user
            )
        except Refused as refusal:
            context["findings"] = refusal.findings
        else:
            return redirect(report)
    return render(request, "noko/upload.html", context)


@require_safe
@role_required(*DEPARTMENT)
def template(request: SignedInRequest, year: int) -> HttpResponse:
    """An empty file with the organisations of the year's plan; of all where nobody is planned."""
    if not 2000 <= year <= 2100:
        raise Http404
    planned = Organization.objects.filter(noko_plan__year=year)
    organizations = planned if planned.exists() else Organization.objects.educational().active()
    span = periods.calendar_year(year)
    content = operator_template(method(span.ends_on), organizations, span.code)
    response = HttpResponse(content, content_type=files.XLSX)
    response["Content-Disposition"] = f'attachment; filename="noko-{year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@role_required(*AUTHORITY)
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file as it was read: findings, and the counted points beside those that stand in it."""
    row = get_object_or_404(OperatorReport.objects.select_related("period", "file", "created_by"), pk=pk)
    has_errors = any(finding["severity"] == "error" for finding in row.findings)
    context = {
        "report": row,
        "rows": [{"row": each, "totals": _totals(each)} for each in row.content["rows"]],
        "has_errors": has_errors,
        "may_accept": request.user.is_department and row.state == OperatorReport.State.PREVIEW and not has_errors,
        "history": events.history(row),
    }
    return render(request, "noko/report.html", context)


def _totals(row: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for code in TOTALS:
        counted, stated = number(row["figures"].get(code)), number(row["stated"].get(code))
        differs = stated is not None and (counted is None or not agrees(stated, counted))
        found.append({"counted": counted, "stated": stated, "differs": differs})
    return found


@require_safe
@role_required(*AUTHORITY)
def report_file(request: SignedInRequest, pk: int) -> Any:
    return files.send_private(get_object_or_404(OperatorReport.objects.select_related("file"), pk=pk).file)


@require_POST
@role_required(*DEPARTMENT)
def report_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(OperatorReport, pk=pk)
    try:
        services.accept_report(report=row, by=request.user)
        messages.success(request, "Отчёт принят: баллы стали официальными, недостатки видны организациям.")
    except Refused as refusal:
        _tell(request, refusal)
    return redirect(row)


@role_required(*DEPARTMENT)
def report_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(OperatorReport, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.undo_report(report=row, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Загрузка отменена, прежние числа убраны.")
        except Refused as refusal:
            _tell(request, refusal)
        return redirect(row)
    return render(request, "noko/report_undo.html", {"form": form, "report": row})


@require_safe
@role_required(*READERS)
def latest(request: SignedInRequest) -> HttpResponse:
    """The newest year that has results; for the council's members the door to them."""
    years = _years()
    if years:
        return redirect("noko:results", years[0].code)
    return render(request, "noko/no_results.html")


@require_safe
@role_required(*READERS)
def results(request: SignedInRequest, year: int) -> HttpResponse:
    """Official results of a year, in the order of the register."""
    period = get_object_or_404(Period, code=str(year), kind=Period.Kind.CALENDAR_YEAR)
    context = {"year": _year(period), "years": _years()}
    return render(request, "noko/results.html", context)


def _year(period: Period) -> year.Year:
    found = year.year(period)
    if not found.rows:
        raise Http404
    return found


@require_safe
@role_required(*AUTHORITY)
def internal_survey(request: SignedInRequest, pk: int) -> HttpResponse:
    """«Внутреннее анкетирование»: shares of the satisfied from a survey of our own, on a page of its own."""
    found = Survey.objects.filter(questionnaire__code=internal.CODE).select_related("questionnaire")
    survey = get_object_or_404(found, pk=pk)
    return render(request, "noko/internal.html", {"internal": internal.internal(survey)})


@require_safe
@role_required(*AUTHORITY)
def conformity_page(request: SignedInRequest) -> HttpResponse:
    """Requirements met beside satisfaction, each from its own source."""
    return render(request, "noko/conformity.html", {"conformity": conformity.conformity()})
