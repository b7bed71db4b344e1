"""Summaries of monitoring: written, shown on a screen, printed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT
from apps.core.findings import Refused
from apps.library.asking import tell
from apps.roadmaps.projects import selectors
from apps.roadmaps.projects.forms import MonitoringForm
from apps.roadmaps.projects.models import Monitoring
from apps.roadmaps.projects.models.stages import PARTS
from apps.roadmaps.projects.services import stages
from apps.roadmaps.projects.views.pages import READERS, visible


def _monitoring(request: SignedInRequest, pk: int) -> Monitoring:
    return get_object_or_404(Monitoring.objects.visible_to(request.user).select_related("project__programme"), pk=pk)


def _values(form: MonitoringForm) -> dict[str, Any]:
    data = form.cleaned_data
    parts = {name: data[name] for name, _ in PARTS}
    return {"title": data["title"], "on": data["on"], "is_ready": data["is_ready"], "parts": parts}


@role_required(*DEPARTMENT)
def monitoring_new(request: SignedInRequest, pk: int) -> HttpResponse:
    project = visible(request, pk)
    title = f"О результатах мониторинга: {project.title}"
    form = MonitoringForm(request.POST or None, initial={"title": title})
    if request.method == "POST" and form.is_valid():
        try:
            made = stages.write_monitoring(project=project, by=request.user, **_values(form))
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect(made)
    context = {"project": project, "form": form, "title": "Сводка мониторинга", "standing": selectors.standing(project)}
    return render(request, "roadmaps/projects/monitoring_edit.html", context)


@role_required(*DEPARTMENT)
def monitoring_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _monitoring(request, pk)
    names = ("title", "on", "is_ready", *(name for name, _ in PARTS))
    form = MonitoringForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            stages.write_monitoring(project=found.project, standing=found, by=request.user, **_values(form))
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Сводка сохранена.")
            return redirect(found)
    context = {"project": found.project, "form": form, "title": "Сводка мониторинга", "monitoring": found}
    return render(request, "roadmaps/projects/monitoring_edit.html", context)


@require_safe
@role_required(*READERS)
def monitoring(request: SignedInRequest, pk: int) -> HttpResponse:
    """The summary on one page, as it is printed."""
    found = _monitoring(request, pk)
    context = {"monitoring": found, "project": found.project, "standing": selectors.standing(found.project)}
    return render(request, "roadmaps/projects/monitoring.html", context)


@require_safe
@role_required(*READERS)
def monitoring_show(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the screen of a meeting: one part at a time, in large letters."""
    found = _monitoring(request, pk)
    names = ["", *(name for name, _ in PARTS)]
    part = request.GET.get("part", "")
    if part not in names:
        raise Http404
    place = names.index(part)
    context = {
        "monitoring": found,
        "project": found.project,
        "standing": selectors.standing(found.project),
        "shown": next((one for one in found.parts if one[0] == part), None),
        "part": part,
        "tabs": [("", "Начало"), *PARTS],
        "before": names[place - 1] if place else None,
        "after": names[place + 1] if place + 1 < len(names) else None,
    }
    return render(request, "roadmaps/projects/monitoring_show.html", context)
