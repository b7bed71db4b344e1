"""Reference series: the list, a file with a look before it is written."""

import uuid
from io import BytesIO
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import files
from apps.core.findings import Refused
from apps.core.models import PrivateFile
from apps.indicators.forms.series import ReferencesForm
from apps.indicators.models import ReferenceSeries
from apps.indicators.references import loading


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*AUTHORITY)
def references(request: SignedInRequest) -> HttpResponse:
    """What is loaded; the department loads more."""
    if request.method == "POST" and not request.user.is_department:
        raise Http404
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request)
    form = ReferencesForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan = loading.plan_references(upload)
        except Refused as refusal:
            context["findings"] = refusal.findings
        else:
            context |= {"plan": plan, "findings": plan.findings}
            if not plan.is_refused:
                kind = "application/octet-stream"
                context["kept"] = files.store(stream=upload, name=upload.name, content_type=kind, by=request.user)
    return _page(request, context)


def _page(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    series = ReferenceSeries.objects.select_related("indicator").annotate(
        count=Count("points"), first=Min("points__period__starts_on"), last=Max("points__period__ends_on")
    )
    series = series.order_by("indicator__pack", "indicator__order", "-owner", "territory")
    context |= {"series": series, "may_load": request.user.is_department}
    return render(request, "indicators/series/references.html", context)


def _confirm(request: SignedInRequest) -> HttpResponse:
    """Write the file that this person has just looked at."""
    try:
        number = uuid.UUID(request.POST.get("file", ""))
    except ValueError:
        raise Http404 from None
    kept = get_object_or_404(PrivateFile, pk=number, created_by=request.user)
    digest = request.POST.get("digest", "") or "none"
    try:
        with kept.file.open("rb") as stream:
            plan = loading.load_references(source=cast(BinaryIO, stream), by=request.user, digest=digest)
    except Refused as refusal:
        return _page(request, {"form": ReferencesForm(), "findings": refusal.findings})
    text = f"Ряды сравнения обновлены. Внесено значений: {len(plan.new)}, изменено: {len(plan.changed)}."
    messages.success(request, text)
    return redirect("indicators:references")


@require_safe
@role_required(*DEPARTMENT)
def references_template(request: SignedInRequest) -> FileResponse:
    return files.send(BytesIO(loading.template()), name="Ряды сравнения, образец.xlsx", content_type=files.XLSX)
