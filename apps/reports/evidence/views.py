"""Pages of evidence files: ask for one, see the made ones, take them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.core import files, periods
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.reports.evidence import services
from apps.reports.evidence.models import EvidenceFile
from apps.roadmaps.cycle.reading import span_of, years

SHOWN = 20
PARTS = {"docx": "word", "pdf": "pdf", "zip": "archive"}


def _organization(request: SignedInRequest, slug: str) -> Organization | None:
    """A school works on its own cycle; the office on that of the municipality or of the school it names."""
    if request.user.is_school:
        if request.user.organization is None:
            raise Http404
        return request.user.organization
    return get_object_or_404(Organization.objects.educational(), code=slug) if slug else None


@role_required(*AUTHORITY, *SCHOOL)
def evidence(request: SignedInRequest) -> HttpResponse:
    """The list; a post asks for a new file in one action."""
    organization = _organization(request, request.POST.get("school", request.GET.get("school", "")))
    span = span_of(request.POST.get("year", request.GET.get("year", "")))
    here = reverse("reports:evidence")
    if request.method == "POST":
        services.ask(period=Period.objects.named(span), organization=organization, url=here, by=request.user)
        return redirect(f"{here}?school={organization.code}" if organization and not request.user.is_school else here)
    rows = EvidenceFile.objects.visible_to(request.user)
    if organization:
        rows = rows.filter(organization=organization)
    found = rows.select_related("period", "organization", "job", "word", "pdf", "archive", "created_by")[:SHOWN]
    context: dict[str, Any] = {
        "rows": found,
        "organization": organization,
        "year": span.code.replace("/", "-"),
        "years": [(one.code.replace("/", "-"), periods.title(one)) for one in years()],
        "list_page": reverse("roadmaps:own_cycle" if request.user.is_school else "roadmaps:cycle"),
    }
    return render(request, "reports/evidence/list.html", context)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def evidence_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """One of the three files, always as a download."""
    rows = EvidenceFile.objects.visible_to(request.user).select_related("word", "pdf", "archive")
    found = get_object_or_404(rows, pk=pk)
    kept = getattr(found, PARTS[kind], None) if kind in PARTS else None
    if kept is None:
        raise Http404
    return files.send_private(kept)  # type: ignore[return-value]
