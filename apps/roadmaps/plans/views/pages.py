"""Pages that read a roadmap: list of measures, timeline, calendar, versions."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.models import User
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import events
from apps.procedures.instruments.selectors import attitude
from apps.roadmaps.plans import content as contents
from apps.roadmaps.plans.models import Part, Roadmap
from apps.roadmaps.plans.models.parts import parts_of
from apps.roadmaps.plans.selectors import reading, shifts
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.services.approving import changes_since_approval, content_of

READERS = AUTHORITY | SCHOOL | {Role.ASSOCIATION_LEADER}


def find(request: SignedInRequest, pk: int) -> Roadmap:
    found = Roadmap.objects.visible_to(request.user).select_related("direction", "organization", "author")
    roadmap: Roadmap = get_object_or_404(found, pk=pk)
    return roadmap


def frame(request: SignedInRequest, roadmap: Roadmap, tab: str) -> dict[str, Any]:
    """What every page of a roadmap needs: its head and tabs."""
    measures = reading.measures_of(roadmap, request.user)
    stages = list(roadmap.stages.select_related("reported_by", "report_file", "roadmap"))
    return {
        "roadmap": roadmap,
        "tab": tab,
        "measures": measures,
        "stages": stages,
        "progress": reading.progress_of(measures),
        "may_edit": roadmap.is_open and rights.may_edit(roadmap, request.user),
        "sees_plan": request.user.is_authority or rights.may_edit(roadmap, request.user),
    }


def _shifts(roadmap: Roadmap, user: User) -> list[shifts.Shift]:
    """The indicators that the roadmap names, at its own organisation."""
    if roadmap.organization is None:
        return []
    return shifts.shifts(
        indicators=roadmap.indicators.all(),
        organizations=[roadmap.organization],
        since=roadmap.starts_on,
        user=user,
    )


@require_safe
@role_required(*READERS)
def roadmap(request: SignedInRequest, pk: int) -> HttpResponse:
    """Measures by stage or part, with what is to be mended."""
    found = find(request, pk)
    context = frame(request, found, "list")
    gone = reading.gone_people(context["measures"])
    context |= {
        "groups": reading.grouped(found, context["measures"], context["stages"]),
        "gone": [one for one in context["measures"] if one.person_id in gone and one.is_unfinished],
        "nobody": [one for one in context["measures"] if not one.person_id and one.is_unfinished]
        if found.kind != Roadmap.Kind.SCHOOL
        else [],
        "changes": changes_since_approval(found) if context["sees_plan"] else [],
        "approved": found.versions.first(),
        "history": events.history(found)[:10] if context["sees_plan"] else [],
        "may_copy": rights.may_edit(found, request.user),
        "shifts": _shifts(found, request.user) if context["sees_plan"] else [],
    }
    if found.direction and Part.ATTITUDE in parts_of(found.direction.code) and request.user.is_authority:
        context |= {
            "shows_attitude": True,
            "attitude": attitude(),
            "covered": sum(one.covered or 0 for one in context["measures"] if one.part == Part.ATTITUDE),
        }
    return render(request, "roadmaps/plans/roadmap.html", context)


@require_safe
@role_required(*READERS)
def timeline(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    context = frame(request, found, "timeline")
    groups = reading.grouped(found, context["measures"], context["stages"])
    context["chart"] = reading.timeline(found, groups)
    return render(request, "roadmaps/plans/timeline.html", context)


@require_safe
@role_required(*READERS)
def calendar(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    context = frame(request, found, "calendar")
    first = reading.first_month(request.GET.get("month", ""), found)
    context["month"] = reading.month(context["measures"], context["stages"], first)
    context["days"] = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
    return render(request, "roadmaps/plans/calendar.html", context)


@require_safe
@role_required(*READERS)
def versions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approved versions; two of them, or the newest and what is planned now, side by side."""
    found = find(request, pk)
    context = frame(request, found, "versions")
    if not context["sees_plan"]:
        raise Http404
    kept = {str(one.number): one for one in found.versions.select_related("approved_by")}
    before, after = kept.get(request.GET.get("before", "")), kept.get(request.GET.get("after", ""))
    if before and after:
        changes = contents.compare(before.content, after.content)
    elif before:
        changes = contents.compare(before.content, content_of(found))
    else:
        changes = changes_since_approval(found)
        before = found.versions.first()
    context |= {"versions": list(kept.values()), "before": before, "after": after, "changes": changes}
    return render(request, "roadmaps/plans/versions.html", context)
