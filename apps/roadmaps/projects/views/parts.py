"""What the department adds to a project: stages, indicators, the regulation, the roadmap."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT
from apps.core.findings import Refused
from apps.library.asking import tell
from apps.roadmaps.projects.forms import ApproveForm, IndicatorForm, RegulationForm, ResultForm, RoadmapForm, StageForm
from apps.roadmaps.projects.models import Project, ProjectIndicator, ProjectStage
from apps.roadmaps.projects.services import projects as services
from apps.roadmaps.projects.services import stages
from apps.roadmaps.projects.views.pages import visible


def _taken(  # noqa: PLR0917 - one call a page
    request: SignedInRequest, project: Project, form: Any, act: Callable[[], Any], done: str, name: str
) -> Any:  # fmt: skip
    """Do it and go back to the project; what is wrong is shown on a page of its own with what was typed."""
    if form.is_valid():
        try:
            act()
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, done)
            return redirect(project)
    return render(request, "roadmaps/projects/part.html", {"project": project, "form": form, "title": name})


@require_POST
@role_required(*DEPARTMENT)
def stage_add(request: SignedInRequest, pk: int) -> HttpResponse:
    project, form = visible(request, pk), StageForm(request.POST)
    return _taken(
        request, project, form,
        lambda: stages.add_stage(project=project, by=request.user, **form.cleaned_data), "Этап добавлен.", "Новый этап",
    )  # fmt: skip


@role_required(*DEPARTMENT)
def stage_finish(request: SignedInRequest, pk: int) -> HttpResponse:
    stage = get_object_or_404(ProjectStage.objects.select_related("project"), pk=pk)
    project = visible(request, stage.project_id)
    if request.method != "POST":
        context = {"project": project, "form": ResultForm(), "title": f"Завершить: {stage}"}
        return render(request, "roadmaps/projects/part.html", context)
    form = ResultForm(request.POST)
    return _taken(
        request, project, form,
        lambda: stages.finish_stage(stage=stage, by=request.user, **form.cleaned_data),
        "Этап завершён.", f"Завершить: {stage}",
    )  # fmt: skip


@require_POST
@role_required(*DEPARTMENT)
def indicator_add(request: SignedInRequest, pk: int) -> HttpResponse:
    project, form = visible(request, pk), IndicatorForm(request.POST)
    return _taken(
        request, project, form,
        lambda: services.set_indicator(project=project, by=request.user, **form.cleaned_data),
        "Показатель записан.", "Новый показатель",
    )  # fmt: skip


def _indicator(request: SignedInRequest, pk: int) -> tuple[Project, ProjectIndicator]:
    found = get_object_or_404(ProjectIndicator.objects.select_related("project", "indicator"), pk=pk)
    return visible(request, found.project_id), found


@role_required(*DEPARTMENT)
def indicator_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    project, found = _indicator(request, pk)
    code = found.indicator.code if found.indicator else ""
    initial = {"title": found.title, "target": found.target, "reached": found.reached, "code": code}
    if request.method != "POST":
        context = {"project": project, "form": IndicatorForm(initial=initial), "title": found.title}
        return render(request, "roadmaps/projects/part.html", {**context, "indicator": found})
    form = IndicatorForm(request.POST)
    return _taken(
        request, project, form,
        lambda: services.set_indicator(project=project, by=request.user, standing=found, **form.cleaned_data),
        "Показатель сохранён.", found.title,
    )  # fmt: skip


@require_POST
@role_required(*DEPARTMENT)
def indicator_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    project, found = _indicator(request, pk)
    services.remove_indicator(indicator=found, by=request.user)
    messages.success(request, "Показатель убран. Что он был, осталось в истории.")
    return redirect(project)


@require_POST
@role_required(*DEPARTMENT)
def regulation_add(request: SignedInRequest, pk: int) -> HttpResponse:
    project, form = visible(request, pk), RegulationForm(request.POST, request.FILES)
    return _taken(
        request, project, form,
        lambda: services.add_regulation(project=project, by=request.user, file=form.upload, **form.values),
        "Положение приложено как проект. Утвердите его, когда будет решение.", "Положение",
    )  # fmt: skip


@require_POST
@role_required(*DEPARTMENT)
def regulation_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    project, form = visible(request, pk), ApproveForm(request.POST)
    document = services.regulation_of(project)
    draft = document.versions.filter(state="draft").order_by("-number").first() if document else None
    if draft is None:
        messages.error(request, "Проекта положения нет: сначала приложите его.")
        return redirect(project)
    return _taken(
        request, project, form,
        lambda: services.approve_regulation(version=draft, by=request.user, **form.cleaned_data),
        "Положение утверждено.", "Утвердить положение",
    )  # fmt: skip


@require_POST
@role_required(*DEPARTMENT)
def roadmap_link(request: SignedInRequest, pk: int) -> HttpResponse:
    project, form = visible(request, pk), RoadmapForm(request.POST, user=request.user)
    return _taken(
        request, project, form,
        lambda: services.link_roadmap(project=project, by=request.user, **form.cleaned_data),
        "Сохранено.", "Дорожная карта",
    )  # fmt: skip
