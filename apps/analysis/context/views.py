"""Pages of the context. Comparisons of schools are for the authority; a school sees its own context."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.analysis.clusters.models import Clustering
from apps.analysis.context import beside, card, charts, inputs, methods, results, selectors, services
from apps.analysis.context.factors import factor_page
from apps.analysis.context.factors import resilient as resilient_page
from apps.analysis.context.forms import IndexForm, SettingsForm
from apps.analysis.context.index import IndexYear, as_percent, index_of, years_of
from apps.analysis.context.models import MethodSettings, SocialIndex
from apps.analysis.context.organization import organization_page
from apps.analysis.context.results import Measure
from apps.core import events
from apps.core.findings import Refused
from apps.core.models import Period
from apps.organizations.models import Kind, Organization
from apps.procedures.models import Procedure


def _into(form: Any, refusal: Refused) -> None:
    for finding in refusal.findings:
        form.add_error(None, str(finding))


@dataclass(frozen=True)
class Asked:
    """What the filter of a comparison asks: a work, a measure, and the choices themselves."""

    works: list[Procedure]
    work: Procedure | None
    measure: Measure

    @property
    def measures(self) -> list[tuple[str, str]]:
        return [(one.value, results.TITLES[one]) for one in Measure]


def _asked(request: SignedInRequest) -> Asked:
    works = results.works(request.user)
    number = request.GET.get("work", "")
    work = next((one for one in works if str(one.pk) == number), works[0] if works else None)
    wanted = request.GET.get("measure", "")
    usual = beside.measure_for(work) if work else Measure.QUALITY
    measure = Measure(wanted) if wanted in set(Measure) else usual
    return Asked(works, work, measure)


@require_safe
@role_required(*AUTHORITY)
def context(request: SignedInRequest) -> HttpResponse:
    """What the subject holds: clusters in force, the index, the comparisons."""
    index = SocialIndex.objects.current()
    in_force = Clustering.objects.visible_to(request.user).in_force().prefetch_related("clusters")
    settings = [methods.current(code) for code in methods.ADJUSTABLE]
    page = {"index": index, "in_force": in_force, "settings": settings, "has_works": bool(results.works(request.user))}
    return render(request, "analysis/context/index.html", page)


# --- the index


def _year(request: SignedInRequest, index: SocialIndex) -> tuple[list[Period], IndexYear | None]:
    years = years_of(index)
    asked = request.GET.get("period") or request.POST.get("period")
    period = next((one for one in years if one.code == asked), years[0] if years else None)
    return years, index_of(index, period) if period else None


@require_safe
@role_required(*AUTHORITY)
def social_index(request: SignedInRequest) -> HttpResponse:
    """The index by school with bands, who has none and why, the versions."""
    index = SocialIndex.objects.current()
    versions = SocialIndex.objects.select_related("author").prefetch_related("parts__indicator")
    if index is None:
        return render(request, "analysis/context/social_index.html", {"index": None})
    years, year = _year(request, index)
    schools = [(one, year.rows.get(one.pk), year.band_of(one.pk)) for one in year.organizations] if year else []
    page = {
        "index": index,
        "years": years,
        "year": year,
        "with_index": [row for row in schools if row[1]],
        "without": [(one, year.lacking[one.pk]) for one, _, _ in schools if one.pk in year.lacking] if year else [],
        "parts": list(zip(year.parts, year.weights, as_percent(year.weights), strict=True))
        if year and len(year.parts) == len(year.weights)
        else [],
        "versions": versions,
        "least": services.LEAST_PARTS,
        "history": events.history(index),
    }
    return render(request, "analysis/context/social_index.html", page)


@role_required(*DEPARTMENT)
def index_create(request: SignedInRequest) -> HttpResponse:
    """A new version; it begins from the one in force."""
    current = SocialIndex.objects.current()
    form = IndexForm(request.POST or None, current=current)
    if request.method == "POST" and form.is_valid():
        try:
            services.make_index(new=form.new(), by=request.user)
        except Refused as refusal:
            _into(form, refusal)
        else:
            messages.success(request, "Новая версия индекса действует.")
            return redirect("analysis:social_index")
    return render(request, "analysis/context/index_form.html", {"form": form, "current": current})


@require_POST
@role_required(*DEPARTMENT)
def index_record(request: SignedInRequest) -> HttpResponse:
    """Write the index of the year as values of its indicator."""
    index = SocialIndex.objects.current()
    if index is None:
        raise Http404
    _, year = _year(request, index)
    if year is None:
        raise Http404
    try:
        count = services.record_index(year=year, by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(str(finding) for finding in refusal.findings))
    else:
        messages.success(request, f"Индекс за {year.period} записан как показатель. Изменено значений: {count}.")
    return redirect("analysis:social_index")


# --- comparisons


@require_safe
@role_required(*AUTHORITY)
def expected(request: SignedInRequest) -> HttpResponse:
    """Results against what is usual under such a context."""
    asked = _asked(request)
    options = [("Индекс", [(selectors.INDEX, "социальный индекс")]), *inputs.choices()]
    known = {code for _, group in options for code, _ in group}
    codes = [code for code in request.GET.getlist("factor") if code in known][:5] or [selectors.INDEX]
    if selectors.INDEX in codes:
        codes = [selectors.INDEX]
    page = selectors.expected(asked.work, asked.measure, codes) if asked.work else None
    shown = {
        "asked": asked,
        "options": options,
        "codes": codes,
        "page": page,
        "chart": charts.expected(page) if page else None,
        "settings": methods.current("expected"),
    }
    return render(request, "analysis/context/expected.html", shown)


@require_safe
@role_required(*AUTHORITY)
def funnel(request: SignedInRequest) -> HttpResponse:
    """Results against the number of participants."""
    asked = _asked(request)
    regional = request.GET.get("base") == "region"
    page = selectors.funnel(asked.work, asked.measure, regional=regional) if asked.work else None
    chart = charts.funnel(page) if page and page.rows else None
    shown = {"asked": asked, "page": page, "chart": chart, "regional": regional}
    return render(request, "analysis/context/funnel.html", shown)


@require_safe
@role_required(*AUTHORITY)
def factors(request: SignedInRequest) -> HttpResponse:
    """A factor against a result."""
    asked = _asked(request)
    options = [("Индекс", [(selectors.INDEX, "социальный индекс")]), *inputs.choices()]
    known = [code for _, group in options for code, _ in group]
    code = request.GET.get("factor", "")
    code = code if code in known else next((one for one in known if one.startswith("social.")), known[0])
    page = factor_page(asked.work, asked.measure, code) if asked.work else None
    chart = charts.factor(page) if page else None
    shown = {"asked": asked, "options": options, "code": code, "page": page, "chart": chart}
    return render(request, "analysis/context/factors.html", shown)


@require_safe
@role_required(*AUTHORITY)
def resilient(request: SignedInRequest) -> HttpResponse:
    """Schools with good results under hard conditions, by an editable rule."""
    asked = _asked(request)
    page = resilient_page(asked.work, asked.measure) if asked.work else None
    shown = {"asked": asked, "page": page, "settings": methods.current("resilience")}
    return render(request, "analysis/context/resilient.html", shown)


@role_required(*DEPARTMENT)
def method_settings(request: SignedInRequest, code: str) -> HttpResponse:
    """The numbers of a method: a new version with its reason."""
    if code not in methods.ADJUSTABLE:
        raise Http404
    current = methods.current(code)
    form = SettingsForm(request.POST or None, current=current)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.change_settings(
                code=code,
                values=form.numbers,
                source_state=data["source_state"],
                act=data["act"],
                reason=data["reason"],
                by=request.user,
            )
        except Refused as refusal:
            _into(form, refusal)
        else:
            messages.success(request, "Новые параметры действуют.")
            return redirect("analysis:context")
    versions = MethodSettings.objects.filter(code=code).select_related("author")
    return render(request, "analysis/context/settings.html", {"form": form, "now": current, "versions": versions})


# --- an organisation


def _organization_page(request: SignedInRequest, organization: Organization) -> HttpResponse:
    years = list(Period.objects.filter(pk__in={one.period_id for one in results.works(request.user)}))
    if not years:
        years = list(Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR)[:3])
    period = next((one for one in years if one.code == request.GET.get("period")), years[0] if years else None)
    if period is None:
        return render(request, "analysis/context/organization.html", {"page": None, "organization": organization})
    page = organization_page(organization, period, request.user)
    if page is None:
        raise Http404
    shown = {
        "page": page,
        "organization": organization,
        "years": years,
        "period": period,
        "fewest": card.FEWEST_IN_SUM,
        "titles": results.TITLES,
    }
    return render(request, "analysis/context/organization.html", shown)


@require_safe
@role_required(*AUTHORITY)
def organization_context(request: SignedInRequest, code: str) -> HttpResponse:
    """An organisation beside its cluster: mean, median, parts of the index, results against the expected."""
    organization = get_object_or_404(Organization.objects.exclude(kind=Kind.AUTHORITY), code=code)
    return _organization_page(request, organization)


@require_safe
@role_required(*SCHOOL)
def own_context(request: SignedInRequest) -> HttpResponse:
    """The same for the school itself."""
    if request.user.organization is None:
        raise Http404
    return _organization_page(request, request.user.organization)
