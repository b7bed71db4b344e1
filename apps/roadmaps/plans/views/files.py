"""A roadmap to take away: xlsx, DOCX, calendar."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.core import files
from apps.procedures.schedule.ics import TYPE as ICS
from apps.roadmaps.plans import exporting
from apps.roadmaps.plans.filters import MeasureFilter
from apps.roadmaps.plans.models import Measure, Roadmap
from apps.roadmaps.plans.selectors import reading
from apps.roadmaps.plans.selectors.means import means_of
from apps.roadmaps.plans.services.approving import changes_since_approval
from apps.roadmaps.plans.views.pages import READERS, find


def _answer(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@role_required(*READERS)
def roadmap_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Measures that the person sees, as `xlsx`, `docx` or `ics`."""
    found = find(request, pk)
    measures = reading.measures_of(found, request.user)
    open_places = request.user.is_authority or found.kind == Roadmap.Kind.SCHOOL
    name = f"roadmap-{found.pk}.{kind}"
    if kind == "xlsx":
        content = exporting.workbook(measures, title="Дорожная карта", names_places=open_places)
        return _answer(content, files.XLSX, name)
    if kind == "ics":
        return _answer(exporting.calendar(found, measures), ICS, name)
    if kind != "docx":
        raise Http404
    stages = list(found.stages.all())
    content = exporting.document(
        found,
        reading.grouped(found, measures, stages),
        reading.progress_of(measures),
        found.versions.first(),
        changed=len(changes_since_approval(found)),
        means=means_of(found, None if open_places else request.user.organization),
        names_places=open_places,
    )
    return _answer(content, exporting.DOCX, name)


@require_safe
@role_required(*READERS)
def measures_file(request: SignedInRequest) -> HttpResponse:
    """The narrowed register of measures as xlsx."""
    everything = Measure.objects.visible_to(request.user).with_details().exclude(roadmap__state="cancelled")
    narrowed = MeasureFilter(request.GET, queryset=everything.by_urgency()).qs
    rows = narrowed.select_related("indicator").prefetch_related("resources", "proofs")[:5000]
    content = exporting.workbook(rows, title="Мероприятия", names_places=request.user.is_authority)
    return _answer(content, files.XLSX, "measures.xlsx")
