"""The list of projects, one project, its passport on screen and on paper."""

import uuid
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.core import events, files, papers
from apps.core.findings import Refused
from apps.library.asking import tell
from apps.roadmaps.projects import passport, selectors
from apps.roadmaps.projects.forms import ApproveForm, IndicatorForm, ProjectForm, RegulationForm, RoadmapForm, StageForm
from apps.roadmaps.projects.handlers import PRINT
from apps.roadmaps.projects.models import Member, Project
from apps.roadmaps.projects.services import projects as services

READERS = AUTHORITY | SCHOOL


def visible(request: SignedInRequest, pk: int) -> Project:
    shown = Project.objects.visible_to(request.user).select_related("programme", "direction", "curator", "roadmap")
    return get_object_or_404(shown, pk=pk)


@require_safe
@role_required(*READERS)
def projects(request: SignedInRequest) -> HttpResponse:
    """All that the reader may see, narrowed by kind, state and applications that wait."""
    found = Project.objects.visible_to(request.user).with_counts()
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    if kind in Project.Kind.values:
        found = found.filter(kind=kind)
    if state in Project.State.values:
        found = found.filter(state=state)
    if request.GET.get("waiting") == "on" and request.user.is_authority:
        found = found.filter(waiting__gt=0)
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    own = {}
    if request.user.is_school:
        for project in page.object_list:
            own[project.pk] = selectors.own_member(project, request.user)
    context = {
        "page": page,
        "rows": [(project, own.get(project.pk)) for project in page.object_list],
        "kinds": Project.Kind.choices,
        "states": [choice for choice in Project.State.choices if request.user.is_authority or choice[0] != "draft"],
        "kind": kind,
        "state": state,
        "waiting": request.GET.get("waiting") == "on",
        "may_write": request.user.is_department,
    }
    return render(request, "roadmaps/projects/list.html", context)


@require_safe
@role_required(*READERS)
def project(request: SignedInRequest, pk: int) -> HttpResponse:
    """One project: passport, members, stages, indicators, summaries, documents."""
    return render(request, "roadmaps/projects/detail.html", context_of(request, visible(request, pk)))


def context_of(request: SignedInRequest, found: Project) -> dict[str, object]:
    """What the page of a project shows; the forms of the department are empty here."""
    user = request.user
    member = selectors.own_member(found, user)
    free = member is None or member.state in {Member.State.DECLINED, Member.State.LEFT}
    regulation = services.regulation_of(found)
    versions = list(regulation.versions.visible_to(user).select_related("file")) if regulation else []
    members = found.members.select_related("organization", "applied_by")
    may_write = user.is_department and not found.is_over
    context: dict[str, object] = {
        "project": found,
        "member": member,
        "may_apply": user.has_role(Role.DIRECTOR) and found.takes_applications and free,
        "is_member": member is not None and member.state == Member.State.ACCEPTED,
        "members": list(members if user.is_authority else members.accepted()),
        "stages": selectors.stage_rows(found, user, member),
        "indicators": list(found.indicators.select_related("indicator")),
        "monitorings": selectors.monitorings_of(found, user),
        "products": selectors.products_of(found, user),
        "versions": versions,
        "draft": next((one for one in versions if one.state == "draft"), None),
        "roadmap": selectors.roadmap_of(found, user),
        "may_write": may_write,
        "may_move": user.is_department and bool(services.STEPS[found.state]),
        "steps": [(to, Project.State(to).label) for to in services.STEPS[found.state]],
        "history": events.history(found)[:20] if user.is_authority else [],
    }
    return context | _forms(request, found) if may_write else context


def _forms(request: SignedInRequest, found: Project) -> dict[str, object]:
    return {
        "stage_form": StageForm(),
        "indicator_form": IndicatorForm(),
        "regulation_form": RegulationForm(),
        "approve_form": ApproveForm(),
        "roadmap_form": RoadmapForm(user=request.user, initial={"roadmap": found.roadmap_id}),
    }


@role_required(*DEPARTMENT)
def project_new(request: SignedInRequest) -> HttpResponse:
    kind = request.GET.get("kind", Project.Kind.PLATFORM)
    form = ProjectForm(request.POST or None, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_project(new=services.NewProject(**form.cleaned_data), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Записано. Пока это черновик: организации его не видят.")
            return redirect(made)
    return render(request, "roadmaps/projects/edit.html", {"form": form, "project": None})


@role_required(*DEPARTMENT)
def project_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    typed = services.as_typed(found)
    initial = {name: getattr(typed, name) for name in ProjectForm.base_fields}
    initial |= {name: getattr(typed, name) for name, _ in services.PASSPORT}
    form = ProjectForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_project(project=found, new=services.NewProject(**form.cleaned_data), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Паспорт сохранён.")
            return redirect(found)
    return render(request, "roadmaps/projects/edit.html", {"form": form, "project": found})


@require_POST
@role_required(*DEPARTMENT)
def project_move(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible(request, pk)
    try:
        moved = services.move_project(
            project=found, to=request.POST.get("to", ""), reason=request.POST.get("reason", ""), by=request.user
        )
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
    else:
        messages.success(request, f"Состояние: {moved.get_state_display()}.")
    return redirect(found)


@require_safe
@role_required(*AUTHORITY)
def levels(request: SignedInRequest, pk: int) -> HttpResponse:
    """Per school, which levels have key results defined."""
    found = visible(request, pk)
    rows = selectors.level_rows(found)
    return render(request, "roadmaps/projects/levels.html", {"project": found, "rows": rows, "titles": selectors.SHORT})


# --- paper


@require_safe
@role_required(*READERS)
def passport_docx(request: SignedInRequest, pk: int) -> HttpResponseBase:
    found = visible(request, pk)
    content = BytesIO(passport.written(found))
    return files.send(content, name=f"{passport.file_name(found)}.docx", content_type=passport.DOCX)


@require_POST
@role_required(*READERS)
def passport_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have a worker typeset the passport."""
    found = visible(request, pk)
    job = papers.order(
        kind=PRINT,
        arguments={"project_id": found.pk},
        url_name="roadmaps:project_passport_file",
        title=f"Печать паспорта: {found}",
        by=request.user,
    )
    return redirect("core:job", job.pk)


@require_safe
@role_required(*READERS)
def passport_file(request: SignedInRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file, for the person who asked for it."""
    return papers.give(kind=PRINT, identifier=pk, to=request.user)
