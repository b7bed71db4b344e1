"""Pages of indicators: the tree, one indicator, where a figure comes from."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.core import periods
from apps.core.files import XLSX
from apps.core.models import Period
from apps.indicators import display, services
from apps.indicators.forms.look import ALL_PACKS
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Pack
from apps.indicators.selectors import detail as details
from apps.indicators.selectors import tree as trees
from apps.indicators.selectors.explanation import explain as explained
from apps.indicators.selectors.order import may_see_order, place_of, places_of
from apps.indicators.selectors.standing import standing_of
from apps.indicators.tables import EXPORT_HEADERS, OrganizationTable, export_rows
from apps.indicators.views.look import Look, look_form, look_of, pack_of
from apps.indicators.views.series import series_context
from apps.workbooks.writing import export_table


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def index(request: SignedInRequest) -> HttpResponse:
    """The tree of a pack with figures of a scope."""
    if request.GET.get("pack") == ALL_PACKS:
        return redirect("indicators:register")
    packs = list(Pack.objects.all())
    if not packs:
        return render(request, "indicators/list.html", {"look": None})
    own = Pack.objects.for_organization(request.user.organization) if request.user.is_school else packs
    code = request.GET.get("pack") or (own or packs)[0].code
    pack = next((pack for pack in packs if pack.code == code), None)
    if pack is None:
        raise Http404
    look = look_of(request, pack)
    directions = trees.directions_of(pack)
    direction = next((one for one in directions if one.code == request.GET.get("direction")), None)
    form = look_form(look, packs, directions, direction.code if direction else "")
    context = {"look": look, "form": form, "own": trees.own_organization_scope(request.user)}
    if look.period:
        context["tree"] = trees.tree_of(
            pack=pack, period=look.period, scope=look.scope, user=request.user, direction=direction
        )
    return render(request, "indicators/list.html", context)


def _rows(look: Look, version: IndicatorVersion, request: SignedInRequest) -> list[details.OrganizationRow]:
    if look.period is None:
        return []
    return details.organization_rows(
        version=version, pack=look.pack, period=look.period, scope=look.scope, user=request.user
    )


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Passport and figures of an indicator."""
    indicator = get_object_or_404(Indicator.objects.select_related("parent"), code=code, is_group=False)
    look = look_of(request, pack_of(indicator))
    version = details.version_of(indicator, look.period)
    if version is None:
        raise Http404
    rows = _rows(look, version, request)
    figures = Aggregate.objects.visible_to(request.user).filter(version=version, period=look.period)
    figure = figures.filter(scope=look.scope.kind, scope_key=look.scope.key).select_related("version").first()
    own = next((row for row in rows if row.is_own), None)
    table = OrganizationTable(
        rows,
        address=reverse("indicators:explain", args=[code]),
        period=look.period.slug if look.period else "",
        places=places_of(version=version, rows=rows, user=request.user),
    )
    if not may_see_order(request.user):
        table.columns["value"].column.orderable = False
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "indicator": indicator,
        "version": version,
        "versions": list(indicator.versions.all()),
        "formula_in_words": details.formula_in_words(version),
        "look": look,
        "form": look_form(look),
        "figure": figure,
        "written": display.written_figure(figure),
        "median": display.written(version, figure.median) if figure and figure.median is not None else "",
        "source_tone": display.source_tone(version),
        "unit": display.unit_of(version),
        "own": own,
        "rows": rows,
        "table": table,
        "place": place_of(own=own.figure, whole=figure) if own else "",
        "standing": standing_of(indicator) if request.user.is_authority else None,
        "chart": (
            details.own_chart(figure, own.figure, own.organization.name)
            if own
            else details.organizations_chart(version, rows, look.scope)
        ),
    }
    context |= series_context(indicator=indicator, version=version, look=look, request=request)
    return render(request, "indicators/detail.html", context)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def export(request: SignedInRequest, code: str) -> HttpResponse:
    """Figures of organisations as xlsx: the rows that the page shows."""
    indicator = get_object_or_404(Indicator, code=code, is_group=False)
    look = look_of(request, pack_of(indicator))
    version = details.version_of(indicator, look.period)
    if version is None or look.period is None:
        raise Http404
    title = f"{indicator.number} за {look.period.slug}"
    content = export_table(EXPORT_HEADERS, export_rows(_rows(look, version, request)), title=title)
    name = f"{indicator.pack}-{look.period.slug}-{indicator.pk}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def explain(request: SignedInRequest, code: str) -> HttpResponse:
    """«Откуда это число»."""
    indicator = get_object_or_404(Indicator, code=code, is_group=False)
    look = look_of(request, pack_of(indicator))
    version = details.version_of(indicator, look.period)
    if version is None or look.period is None:
        raise Http404
    explanation = explained(version=version, period=look.period, scope=look.scope, user=request.user)
    context = {
        "indicator": indicator,
        "version": version,
        "look": look,
        "form": look_form(look),
        "explanation": explanation,
        "formula_in_words": details.formula_in_words(version),
        "source_tone": display.source_tone(version),
    }
    return render(request, "indicators/explain.html", context)


@require_POST
@role_required(*DEPARTMENT)
def recount(request: SignedInRequest) -> HttpResponse:
    """Ask a worker to recount the chosen period."""
    try:
        span = periods.from_slug(request.POST.get("period", ""))
    except periods.PeriodError as error:
        raise Http404 from error
    period = get_object_or_404(Period, code=span.code)
    with transaction.atomic():
        job = services.enqueue_aggregates(period=period, by=request.user, everything=True)
    return redirect("core:job", job.pk)
