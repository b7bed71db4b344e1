"""Pages of objectivity: the board of the authority, one school, preventive cases, limits, the open page of methods."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.analysis.objectivity import school as school_reading
from apps.analysis.objectivity import selectors, services
from apps.analysis.objectivity.forms import CaseForm, CloseForm, ExplanationForm, RuleForm
from apps.analysis.objectivity.models import ObjectivityRule, ObjectivityRun, PreventiveCase
from apps.analysis.objectivity.signs import SIGNS
from apps.core import events
from apps.core.addresses import number_in
from apps.core.charts import Chart
from apps.core.findings import Refused
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.organizations.models import Organization
from apps.procedures import charts
from apps.procedures.selectors import Analysis, school_analysis

VIEWS = {"marked": "требуют проверки", "signs": "и с признаками методики", "all": "все"}


def _refused(form: Any, refusal: Refused) -> None:
    form.add_error(None, [str(finding) for finding in refusal.findings])


# --- the authority


@require_safe
@role_required(*AUTHORITY)
def board(request: SignedInRequest) -> HttpResponse:
    """What was found in a year, school by school in the order of the register; never by how much."""
    periods = selectors.periods_with_results()
    asked = _asked_run(request)
    code = request.GET.get("period")
    period = asked.period if asked else next((each for each in periods if each.code == code), next(iter(periods), None))
    runs = selectors.runs_of(period) if period else []
    run = asked or selectors.current(runs)
    works = selectors.works_of(period) if period else []
    work = next((each for each in works if each.pk == number_in(request.GET.get("work", ""))), None)
    test = request.GET.get("test", "")
    test = test if test in SIGNS else ""
    shown = request.GET.get("show", "marked")
    shown = shown if shown in VIEWS else "marked"
    found = selectors.board(run, work=work.pk if work else None, test=test) if run else None
    context = {
        "periods": periods,
        "period": period,
        "runs": runs,
        "run": run,
        "is_old": bool(run and asked and run != selectors.current(runs)),
        "waiting": selectors.running_now(period) if period else None,
        "is_stale": bool(period and not asked and selectors.is_stale(run, period)),
        "works": works,
        "work": work,
        "signs": SIGNS,
        "test": test,
        "views": VIEWS,
        "shown": shown,
        "board": found,
        "rows": _shown_rows(found, shown),
        "external": school_reading.external_years(),
        "may_run": request.user.is_department,
    }
    return render(request, "analysis/objectivity/board.html", context)


def _shown_rows(found: selectors.Board | None, shown: str) -> list[selectors.BoardRow]:
    wanted = {
        "marked": {selectors.CHECK},
        "signs": {selectors.CHECK, selectors.FEDERAL},
        "all": {selectors.CHECK, selectors.FEDERAL, selectors.QUIET},
    }[shown]
    return [row for row in found.rows if row.verdict in wanted] if found else []


def _asked_run(request: SignedInRequest) -> ObjectivityRun | None:
    number = number_in(request.GET.get("run", ""))
    if number is None:
        return None
    finished = ObjectivityRun.objects.finished().select_related("period", "rule", "procedure", "started_by")
    return finished.filter(pk=number).first()


@require_POST
@role_required(*DEPARTMENT)
def run(request: SignedInRequest) -> HttpResponse:
    """Begin an analysis of a year, or of one work of it."""
    period = get_object_or_404(Period, code=request.POST.get("period", ""))
    number = number_in(request.POST.get("work", ""))
    work = next((each for each in selectors.works_of(period) if each.pk == number), None)
    if number is not None and work is None:
        raise Http404
    try:
        made = services.start_run(period=period, procedure=work, by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(str(finding) for finding in refusal.findings))
        return redirect("analysis:objectivity")
    assert made.job
    return redirect("core:job", made.job.pk)


@role_required(*DEPARTMENT)
def limits(request: SignedInRequest) -> HttpResponse:
    """The limits of all tests: versions, and the form of a new one."""
    current = services.current_rule()
    names = ("participants", "schools", "reference", "items", "q", "whole_region")
    form = RuleForm(request.POST or None, initial={name: getattr(current, name) for name in names})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        new = services.Limits(**{name: data[name] for name in names})
        try:
            services.change_rule(limits=new, reason=data["reason"], by=request.user)
        except Refused as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, "Новая версия действует для следующих расчётов; прежние сохраняют свою.")
            return redirect("analysis:objectivity_limits")
    history = ObjectivityRule.objects.select_related("author")
    return render(request, "analysis/objectivity/limits.html", {"form": form, "history": history})


# --- one school


def _school(request: SignedInRequest, code: str) -> Organization:
    organization = get_object_or_404(Organization, code=code)
    if request.user.is_school and organization != request.user.organization:
        raise Http404
    return organization


@role_required(*AUTHORITY, *SCHOOL)
def school(request: SignedInRequest, period: PeriodSpan, code: str) -> HttpResponse:
    """All tests of one school beside each other, its explanation, the preventive work. A school opens only its own."""
    organization, year = _school(request, code), get_object_or_404(Period, code=period.code)
    runs = selectors.runs_of(year)
    page = school_reading.school_page(
        organization=organization, run=selectors.current(runs), period=year, user=request.user
    )
    may_explain = request.user.role == Role.DIRECTOR
    form = ExplanationForm(request.POST or None)
    if request.method == "POST":
        if not may_explain:
            raise Http404
        if form.is_valid():
            try:
                services.explain(
                    organization=organization, period=year, text=form.cleaned_data["text"], by=request.user
                )
            except Refused as refusal:
                _refused(form, refusal)
            else:
                messages.success(request, "Пояснение записано и стоит рядом с признаками.")
                return redirect("analysis:objectivity_school", period, code)
    return render(request, "analysis/objectivity/school.html", _school_context(request, page, form, may_explain))


def _school_context(
    request: SignedInRequest, page: school_reading.SchoolPage, form: ExplanationForm, may_explain: bool
) -> dict[str, Any]:
    number = number_in(request.GET.get("work", ""))
    chosen = next((work for work in page.works if work.procedure.pk == number), None)
    chosen = chosen or next(iter((*page.marked, *page.federal, *page.works)), None)
    analysis = school_analysis(chosen.procedure, page.organization, request.user) if chosen else None
    return {
        "page": page,
        "organization": page.organization,
        "period": page.period,
        "chosen": chosen,
        "analysis": analysis,
        "chart": _histogram(analysis, chosen) if analysis and chosen and analysis.main.n else None,
        "form": form if may_explain else None,
        "may_open": request.user.is_department and page.open_case is None,
    }


def _histogram(analysis: Analysis, chosen: school_reading.SchoolWork) -> Chart:
    """With the bounds that the run itself used: those of the scale, else those that the marks show."""
    return charts.primary(analysis, from_marks=chosen.about.get("bounds", ()))


@require_safe
@role_required(*SCHOOL)
def own(request: SignedInRequest) -> HttpResponse:
    """A school is led to its newest year."""
    periods = selectors.periods_with_results()
    assert request.user.organization
    if not periods:
        return render(request, "analysis/objectivity/own_empty.html")
    asked = next((each for each in periods if each.code == request.GET.get("period")), periods[0])
    return redirect("analysis:objectivity_school", asked.span, request.user.organization.code)


# --- preventive cases


@require_safe
@role_required(*AUTHORITY)
def cases(request: SignedInRequest) -> HttpResponse:
    found = PreventiveCase.objects.visible_to(request.user).select_related("organization", "period", "opened_by")
    rows = found.order_by("-state", "due_on", "organization__number")
    return render(request, "analysis/objectivity/cases.html", {"cases": rows})


@role_required(*DEPARTMENT)
def case_open(request: SignedInRequest, period: PeriodSpan, code: str) -> HttpResponse:
    """Begin preventive work with a school; the marks of the newest run are kept with it."""
    organization, year = get_object_or_404(Organization, code=code), get_object_or_404(Period, code=period.code)
    newest = selectors.current(selectors.runs_of(year))
    page = school_reading.school_page(organization=organization, run=newest, period=year, user=request.user)
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_case(
                organization=organization, period=year, run=newest, by=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, "Случай открыт. Школа видит его и может дать пояснение.")
            return redirect(made)
    context = {"form": form, "page": page, "organization": organization, "period": year}
    return render(request, "analysis/objectivity/case_open.html", context)


@role_required(*AUTHORITY, *SCHOOL)
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    """A case with its basis, the school's explanations and its result; closed by the department."""
    visible = PreventiveCase.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("organization", "period", "opened_by", "closed_by", "run"), pk=pk)
    may_close = request.user.is_department and found.is_open
    form = CloseForm(request.POST or None) if may_close else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                services.close_case(case=found, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                _refused(form, refusal)
            else:
                messages.success(request, "Случай завершён.")
                return redirect(found)
    explanations = found.organization.objectivity_explanations.filter(period=found.period).select_related("author")
    context = {
        "case": found,
        "form": form,
        "explanations": explanations,
        "history": events.history(found),
        "school_url": reverse("analysis:objectivity_school", args=[found.period.span, found.organization.code]),
    }
    return render(request, "analysis/objectivity/case.html", context)


# --- open page


@login_not_required
@cache_control(public=True, max_age=60)
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """Each sign's formula, limits, source, and the measured share of false marks. No school is named."""
    rule = services.current_rule()
    context = {"cards": selectors.method_cards(rule), "rule": rule, "measured": selectors.measured()}
    return render(request, "analysis/objectivity/methods.html", context)
