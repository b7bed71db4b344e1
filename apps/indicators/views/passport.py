"""The passport of an indicator, its marks, and its links with other levels."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.core.findings import Refused
from apps.indicators.models import EducationLevel, Indicator, IndicatorVersion, LevelLink
from apps.indicators.selectors.levels import all_links
from apps.indicators.selectors.passport import passport_of
from apps.indicators.services import marks


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def passport(request: SignedInRequest, code: str) -> HttpResponse:
    found = passport_of(get_object_or_404(Indicator.objects.select_related("parent", "direction"), code=code))
    if found is None:
        raise Http404
    context = {
        "passport": found,
        "levels": IndicatorVersion.Level.choices,
        "objects": IndicatorVersion.Object.choices,
        "education_levels": EducationLevel.choices,
        "education": [EducationLevel(one).label for one in found.indicator.education_levels],
    }
    return render(request, "indicators/passport_page.html", context)


@require_POST
@role_required(*DEPARTMENT)
def mark(request: SignedInRequest, code: str) -> HttpResponse:
    """Level, object and levels of education; they classify, so one person is enough."""
    indicator = get_object_or_404(Indicator, code=code)
    try:
        changed = marks.mark(
            indicator=indicator,
            level=request.POST.get("level", ""),
            object=request.POST.get("object", ""),
            education_levels=request.POST.getlist("education_levels"),
            by=request.user,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Метки записаны." if changed else "Метки прежние.")
    return redirect("indicators:passport", code)


@require_http_methods(["GET", "POST"])
@role_required(*AUTHORITY)
def levels(request: SignedInRequest) -> HttpResponse:
    """Links between levels and what does not match; the department makes them."""
    typed = {name: request.POST.get(name, "") for name in ("upper", "lower", "note")}
    context: dict[str, Any] = {"typed": typed}
    if request.method == "POST":
        if not request.user.is_department:
            raise Http404
        try:
            marks.link_levels(
                upper=typed["upper"].strip(), lower=typed["lower"].strip(), note=typed["note"][:300], by=request.user
            )
        except Refused as refusal:
            context["findings"] = refusal.findings
        else:
            messages.success(request, "Связь записана.")
            return redirect("indicators:levels")
    else:
        context["typed"] = {name: request.GET.get(name, "") for name in typed}
    links = all_links()
    only = request.GET.get("only") == "mismatches"
    context |= {
        "links": [one for one in links if one.mismatches] if only else links,
        "mismatched": sum(bool(one.mismatches) for one in links),
        "total": len(links),
        "only": only,
    }
    return render(request, "indicators/levels.html", context)


@require_POST
@role_required(*DEPARTMENT)
def unlink(request: SignedInRequest, pk: int) -> HttpResponse:
    marks.unlink_levels(link=get_object_or_404(LevelLink, pk=pk), by=request.user)
    messages.success(request, "Связь снята. Сами показатели остались.")
    return redirect("indicators:levels")
