"""Two presentations of one reading: the summary for the head of the municipality, and what the public will see."""

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, Role
from apps.core import files, periods
from apps.core.documents.frozen import digest_of
from apps.core.findings import Refused
from apps.organizations.models import Kind, Organization
from apps.roadmaps.cycle import publishing, reading
from apps.roadmaps.cycle.assessment_views import DOCX
from apps.roadmaps.cycle.models import CyclePublication
from apps.roadmaps.cycle.opened import opened
from apps.roadmaps.cycle.reader import Office
from apps.roadmaps.cycle.shape import Cycle
from apps.roadmaps.cycle.summary import Summary, written


def _cycle(request: SignedInRequest, year: str) -> Cycle:
    return reading.cycle_of(user=Office(), span=reading.span_of(year))


def _years() -> list[tuple[str, str]]:
    return [(one.code.replace("/", "-"), periods.title(one)) for one in reading.years()]


@require_safe
@role_required(*AUTHORITY)
def summary(request: SignedInRequest) -> HttpResponse:
    """One or two sheets to read and to print."""
    found = Summary(_cycle(request, request.GET.get("year", "")))
    return render(request, "roadmaps/cycle/summary.html", {"found": found, "cycle": found.cycle, "years": _years()})


@require_safe
@role_required(*AUTHORITY)
def summary_docx(request: SignedInRequest) -> HttpResponse:
    found = Summary(_cycle(request, request.GET.get("year", "")))
    authority = Organization.objects.filter(kind=Kind.AUTHORITY).first()
    body = written(found, author=str(authority or ""))
    name = f"Сводка {found.cycle.slug}.docx"
    return files.send(BytesIO(body), name=name, content_type=DOCX)  # type: ignore[return-value]


@role_required(*AUTHORITY)
def publication(request: SignedInRequest) -> HttpResponse:
    """What the public will read; the head puts it on the open pages."""
    cycle = _cycle(request, request.POST.get("year", request.GET.get("year", "")))
    here = f"{reverse('roadmaps:cycle_publication')}?year={cycle.slug}"
    if request.method == "POST":
        try:
            publishing.publish(cycle=cycle, digest=request.POST.get("digest", ""), by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.findings[0]))
        else:
            messages.success(request, "Опубликовано на открытых страницах.")
        return redirect(here)
    context = {
        "cycle": cycle,
        "lines": opened(cycle),
        "digest": digest_of(publishing.document_of(cycle)),
        "shown": publishing.current(cycle.span.code),
        "history": CyclePublication.objects.filter(period__code=cycle.span.code).select_related(
            "published_by", "withdrawn_by"
        )[:20],
        "is_head": request.user.role == Role.HEAD,
        "years": _years(),
    }
    return render(request, "roadmaps/cycle/publication.html", context)


@require_POST
@role_required(Role.HEAD)
def publication_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(CyclePublication.objects.select_related("period"), pk=pk)
    try:
        publishing.withdraw(publication=found, reason=request.POST.get("reason", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.findings[0]))
    else:
        messages.success(request, "Страница снята.")
    return redirect(f"{reverse('roadmaps:cycle_publication')}?year={found.period.slug}")
