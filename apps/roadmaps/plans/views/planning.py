"""Planning inside a roadmap: measures, their means, stages and reports on them."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.core import files
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.indicators.models import Indicator
from apps.organizations.models import Organization
from apps.roadmaps.links import registry
from apps.roadmaps.links.services import rest_on
from apps.roadmaps.plans.forms.marks import StageReportForm
from apps.roadmaps.plans.forms.planning import MeasureForm, ResourceForm, StageForm
from apps.roadmaps.plans.models import Measure, MeasureResource, Roadmap, Stage
from apps.roadmaps.plans.selectors import shifts
from apps.roadmaps.plans.selectors.means import means_of
from apps.roadmaps.plans.services import rights
from apps.roadmaps.plans.services.measures import change_measure, delete_measure, plan_measure
from apps.roadmaps.plans.services.resources import add_resource, remove_resource
from apps.roadmaps.plans.services.stages import NewStage, report_stage, set_stage
from apps.roadmaps.plans.views.composing import KEEPERS, editable, refused
from apps.roadmaps.plans.views.pages import READERS, find, frame


def _tell(request: SignedInRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


def _keys(texts: list[str]) -> list[int]:
    return [key for key in map(number_in, texts) if key is not None]


def _basis(request: SignedInRequest) -> Any:
    """What the new measure follows from: `because=recommendation:12`, as far as the person may see it."""
    key, _, number = request.GET.get("because", "").partition(":")
    kind = next((one for one in registry.kinds() if one.key == key), None)
    if kind is None:
        return None
    return kind.model.objects.visible_to(request.user).filter(pk=number_in(number)).first()  # type: ignore[attr-defined]


@require_safe
@role_required(*KEEPERS)
def measure_where(request: SignedInRequest) -> HttpResponse:
    """A measure that follows from something: into which roadmap it goes."""
    basis = _basis(request)
    mine = Roadmap.objects.visible_to(request.user).editable_by(request.user)
    roadmaps = mine.filter(state__in=("draft", "in_force")).select_related("direction", "organization")
    context = {"basis": basis, "because": request.GET.get("because", ""), "roadmaps": roadmaps}
    return render(request, "roadmaps/plans/where.html", context)


@role_required(*KEEPERS)
def measure_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new measure; organisations and indicator may come in the address."""
    found = editable(request, pk)
    initial: dict[str, Any] = {"part": request.GET.get("part", "")}
    if chosen := _keys(request.GET.getlist("organization")):
        initial["organizations"] = list(Organization.objects.educational().active().filter(pk__in=chosen))
    if code := request.GET.get("indicator", ""):
        initial["indicator"] = code
    basis = _basis(request)
    form = MeasureForm(request.POST or None, roadmap=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = plan_measure(roadmap=found, plan=form.plan(), by=request.user)
                if basis is not None:
                    rest_on(subject=made, basis=basis, by=request.user)
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, f"Мероприятие записано: {made.title}.")
            return redirect(found)
    context = {"roadmap": found, "form": form, "title": "Новое мероприятие"}
    context["text"] = f"Основание: {basis}" if basis is not None else ""
    return render(request, "roadmaps/plans/form.html", context)


def _editable_measure(request: SignedInRequest, pk: int) -> Measure:
    found = Measure.objects.visible_to(request.user).with_details().select_related("indicator")
    measure: Measure = get_object_or_404(found, pk=pk)
    if not measure.roadmap.is_open or not rights.may_edit(measure.roadmap, request.user):
        raise Http404
    return measure


@role_required(*KEEPERS)
def measure_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _editable_measure(request, pk)
    roadmap = found.roadmap
    form = MeasureForm(request.POST or None, roadmap=roadmap, measure=found, initial=MeasureForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_measure(measure=found, plan=form.plan(), by=request.user)
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "План мероприятия изменён.")
            return redirect(found)
    context = {"roadmap": roadmap, "measure": found, "form": form, "title": "Изменить мероприятие"}
    return render(request, "roadmaps/plans/form.html", context)


@require_POST
@role_required(*KEEPERS)
def measure_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Out of a draft; what is in force is taken off with a reason."""
    found = _editable_measure(request, pk)
    roadmap = found.roadmap
    try:
        delete_measure(measure=found, by=request.user)
    except Refused as refusal:
        _tell(request, refusal)
        return redirect(found)
    messages.success(request, "Мероприятие удалено из проекта.")
    return redirect(roadmap)


@role_required(*KEEPERS)
def measure_means(request: SignedInRequest, pk: int) -> HttpResponse:
    """Means of a measure: a line for each organisation that was ticked."""
    found = _editable_measure(request, pk)
    form = ResourceForm(request.POST or None, measure=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_resource(measure=found, new=form.new(), by=request.user)
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, f"Ресурсы записаны, строк: {len(made)}.")
            return redirect("roadmaps:measure_means", found.pk)
    resources = found.resources.select_related("organization")
    context = {"roadmap": found.roadmap, "measure": found, "form": form, "resources": resources}
    return render(request, "roadmaps/plans/measure_means.html", context)


@require_POST
@role_required(*KEEPERS)
def resource_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(MeasureResource.objects.select_related("measure__roadmap", "organization"), pk=pk)
    found = _editable_measure(request, row.measure_id)
    try:
        remove_resource(resource=row, by=request.user)
        messages.success(request, "Строка убрана, в истории она осталась.")
    except Refused as refusal:
        _tell(request, refusal)
    return redirect("roadmaps:measure_means", found.pk)


@require_safe
@role_required(*READERS)
def means(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sums of support by organisation; a school sees its own."""
    found = find(request, pk)
    context = frame(request, found, "means")
    only = None if context["sees_plan"] else request.user.organization
    context |= {"means": means_of(found, only), "kinds": [kind.label for kind in MeasureResource.Kind]}
    return render(request, "roadmaps/plans/means.html", context)


def _may_report(roadmap: Roadmap, user: Any) -> bool:
    own = user.is_school and user.organization and user.organization.pk == roadmap.organization_id
    return roadmap.state == Roadmap.State.IN_FORCE and bool(own or rights.may_edit(roadmap, user))


@role_required(*READERS)
def stages(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stages with their measures and reports. A post adds a stage."""
    found = find(request, pk)
    context = frame(request, found, "stages")
    form = StageForm(request.POST or None)
    if request.method == "POST":
        if not context["may_edit"]:
            raise Http404
        if form.is_valid():
            try:
                set_stage(roadmap=found, new=NewStage(**form.cleaned_data), by=request.user)
            except Refused as refusal:
                refused(form, refusal)
            else:
                messages.success(request, "Этап записан.")
                return redirect("roadmaps:roadmap_stages", found.pk)
    rows = [(one, [m for m in context["measures"] if m.stage_id == one.pk]) for one in context["stages"]]
    context |= {"rows": rows, "form": form, "may_report": _may_report(found, request.user)}
    return render(request, "roadmaps/plans/stages.html", context)


def _stage(request: SignedInRequest, pk: int) -> Stage:
    stage: Stage = get_object_or_404(Stage.objects.select_related("roadmap", "report_file"), pk=pk)
    find(request, stage.roadmap_id)
    return stage


@role_required(*READERS)
def stage_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report on a stage: by who keeps the roadmap, or by the organisation of the platform."""
    stage = _stage(request, pk)
    if not _may_report(stage.roadmap, request.user):
        raise Http404
    form = StageReportForm(request.POST or None, request.FILES or None, initial={"text": stage.report_text})
    if request.method == "POST" and form.is_valid():
        try:
            report_stage(stage=stage, text=form.cleaned_data["text"], report=form.file(), by=request.user)
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Отчёт об этапе записан.")
            return redirect("roadmaps:roadmap_stages", stage.roadmap_id)
    context = {"roadmap": stage.roadmap, "form": form, "title": f"Отчёт: {stage}", "button": "Сдать отчёт"}
    return render(request, "roadmaps/plans/form.html", context)


@role_required(*KEEPERS)
def stage_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    stage = _stage(request, pk)
    found = editable(request, stage.roadmap_id)
    names = ("title", "starts_on", "ends_on", "expected")
    form = StageForm(request.POST or None, initial={name: getattr(stage, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            set_stage(roadmap=found, stage=stage, new=NewStage(**form.cleaned_data), by=request.user)
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Этап изменён.")
            return redirect("roadmaps:roadmap_stages", found.pk)
    return render(request, "roadmaps/plans/form.html", {"roadmap": found, "form": form, "title": str(stage)})


@require_safe
@role_required(*READERS)
def stage_file(request: SignedInRequest, pk: int) -> FileResponse:
    stage = _stage(request, pk)
    if stage.report_file is None:
        raise Http404
    return files.send_private(stage.report_file)


@require_safe
@role_required(*KEEPERS)
def by_indicator(request: SignedInRequest, pk: int) -> HttpResponse:
    """Organisations by an indicator, to choose whom a new measure is for."""
    found = editable(request, pk)
    if found.kind == Roadmap.Kind.SCHOOL:
        raise Http404
    form = MeasureForm(roadmap=found)
    choices = form.fields["indicator"].choices[1:]  # type: ignore[attr-defined]
    indicator = Indicator.objects.filter(code=request.GET.get("indicator", ""), is_group=False).first()
    context = {
        "roadmap": found,
        "choices": choices,
        "indicator": indicator,
        "rows": shifts.standings(indicator=indicator, user=request.user) if indicator else [],
    }
    return render(request, "roadmaps/plans/by_indicator.html", context)
