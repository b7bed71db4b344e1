"""Pages of the directions."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.collection import services as collection
from apps.core import events, periods
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.core.models import Period
from apps.desk.directions import reading
from apps.desk.directions.conditions import conditions_of
from apps.desk.directions.forms import (
    CollectForm,
    ConditionForm,
    DoneForm,
    GoalForm,
    MeasureForm,
    PurposeForm,
    SwitchForm,
)
from apps.desk.panels.catalog import PANELS
from apps.indicators.models import Direction, Goal
from apps.indicators.selectors.causes import causes_of
from apps.indicators.selectors.goals import goals_of
from apps.indicators.services import directions as services
from apps.procedures.models import Condition
from apps.procedures.schedule.services import conditions as condition_services
from apps.roadmaps.effect import goals as effects
from apps.roadmaps.links.services import rest_on
from apps.roadmaps.models import Measure
from apps.roadmaps.plans.selectors.reading import measures_of_direction
from apps.roadmaps.plans.services.directions import plan_in_direction
from apps.roadmaps.plans.services.measures import Plan
from apps.roadmaps.plans.services.progress import finish_measure

GOAL_FIELDS = ("level", "organization", "title", "rationale", "indicator", "parent")


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def directions(request: SignedInRequest) -> HttpResponse:
    """All directions; a school sees those in use."""
    found = Direction.objects.all() if request.user.is_authority else Direction.objects.in_use()
    blocks: dict[str, list[Direction]] = {}
    for direction in found:
        blocks.setdefault(direction.block, []).append(direction)
    panels = PANELS if request.user.is_authority else ()
    return render(request, "desk/directions/list.html", {"blocks": blocks.items(), "panels": panels})


def _direction(request: SignedInRequest, code: str) -> Direction:
    """A school does not reach a direction that is switched off."""
    found = Direction.objects.all() if request.user.is_authority else Direction.objects.in_use()
    return get_object_or_404(found, code=code)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def direction(request: SignedInRequest, code: str) -> HttpResponse:
    """Purpose, goals, set with targets, figures by organisation, campaigns, causes."""
    found = _direction(request, code)
    years, newest = reading.years_of(found)
    span = next((one for one in years if one.code.replace("/", "-") == request.GET.get("year")), newest)
    sections = reading.sections_of(direction=found, span=span, user=request.user)
    shown = next((one for one in sections if one.pack.code == request.GET.get("pack")), None)
    section = shown or next((one for one in sections if one.reported), sections[0] if sections else None)
    sort, everything = request.GET.get("sort", ""), request.GET.get("counts") == "1"
    goals = goals_of(direction=found, user=request.user)
    context: dict[str, Any] = {
        "direction": found,
        "years": [(one.code.replace("/", "-"), periods.title(one)) for one in years],
        "year": span.code.replace("/", "-"),
        "span": periods.title(span),
        "sets": sections,
        "section": section,
        "heat": (
            reading.heat_of(section=section, user=request.user, sort=sort, everything=everything) if section else None
        ),
        "sort": sort,
        "everything": everything,
        "goals": goals,
        "unlinked": [row for row in goals if row.goal.parent_id is None and row.goal.level != Goal.Level.REGIONAL],
        "own_school": request.user.is_school,
        "measures": measures_of_direction(found, request.user),
        "panels": [one for one in PANELS if one.direction == found.code and request.user.is_authority],
    }
    if request.user.is_authority:
        context |= {
            "campaigns": reading.campaigns_of(found, request.user),
            "forms": (asked := reading.forms_of(found)),
            "conditions": conditions_of(found, asked),
            "condition_kinds": Condition.Kind.choices,
            "causes": causes_of(span, found),
            "switch_form": SwitchForm(),
            "purpose_form": PurposeForm(initial={"purpose": found.purpose}),
            "history": events.history(found)[:10],
        }
    return render(request, "desk/directions/detail.html", context)


@require_POST
@role_required(*DEPARTMENT)
def switch(request: SignedInRequest, code: str) -> HttpResponse:
    """Switch a direction on or off, for a reason."""
    found = get_object_or_404(Direction, code=code)
    form = SwitchForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ничего не изменено: напишите причину, она останется в истории.")
        return redirect(found)
    on = request.POST.get("on") == "1"
    if services.switch_direction(direction=found, on=on, reason=form.cleaned_data["reason"], by=request.user):
        words = "включено" if on else "выключено: новых сборов и целей по нему не будет, собранное осталось"
        messages.success(request, f"Направление {words}.")
    return redirect(found)


@require_POST
@role_required(*DEPARTMENT)
def purpose(request: SignedInRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Direction, code=code)
    form = PurposeForm(request.POST)
    if form.is_valid():
        services.describe_direction(direction=found, purpose=form.cleaned_data["purpose"], by=request.user)
        messages.success(request, "Назначение направления сохранено.")
    else:
        messages.error(request, "Не сохранено: текст длиннее 2000 знаков.")
    return redirect(found)


@role_required(*DEPARTMENT)
def collect(request: SignedInRequest, code: str) -> HttpResponse:
    """Open the monitoring campaign of a direction."""
    found = get_object_or_404(Direction.objects.in_use(), code=code)
    asked = reading.forms_of(found)
    if not asked:
        raise Http404
    form = CollectForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        data, span = form.cleaned_data, form.span()
        try:
            opened = collection.open_campaign(
                title=f"{data['form'].short_title}, {span.code}",
                period=Period.objects.named(span),
                forms=[data["form"]],
                organizations=reading.organizations_for(data["form"]),
                opens_on=data["opens_on"],
                due_on=data["due_on"],
                closes_on=data["closes_on"],
                instructions=data["instructions"],
                contacts=data["contacts"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings[:20]])
        else:
            messages.success(request, f"Сбор открыт. Организаций: {opened.addressees.organizations}.")
            return redirect(opened.campaign)
    return render(request, "desk/directions/collect.html", {"direction": found, "form": form})


@role_required(*DEPARTMENT, *SCHOOL)
def goal(request: SignedInRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Write a goal down or change it; a school its own."""
    found = get_object_or_404(Direction.objects.in_use(), code=code)
    old = None
    if pk is not None:
        mine = Goal.objects.visible_to(request.user).current().filter(direction=found)
        old = get_object_or_404(mine if request.user.is_department else mine.filter(level="organization"), pk=pk)
    initial = {}
    ground = None if old else effects.ground_of(number_in(request.GET.get("effect", "")), user=request.user)
    if old:
        initial = {name: getattr(old, name) for name in GOAL_FIELDS}
    elif ground:
        initial = effects.initial_of(ground)
    form = GoalForm(request.POST or None, direction=found, user=request.user, goal=old, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        own = request.user.organization if request.user.is_school else data.get("organization")
        new = services.NewGoal(
            direction=found,
            level=data.get("level", Goal.Level.ORGANIZATION),
            title=data["title"],
            rationale=data["rationale"],
            indicator=data["indicator"],
            organization=own,
            parent=data.get("parent") if request.user.is_department else (old.parent if old else None),
        )
        try:
            with transaction.atomic():
                made = services.set_goal(new=new, by=request.user, goal=old)
                if ground:
                    rest_on(subject=made, basis=ground, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Цель сохранена.")
            return redirect(found)
    context = {"direction": found, "form": form, "goal": old, "ground": ground}
    context["history"] = events.history(old)[:20] if old else []
    return render(request, "desk/directions/goal.html", context)


@require_POST
@role_required(*DEPARTMENT, *SCHOOL)
def goal_end(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a goal away, for a reason."""
    mine = Goal.objects.visible_to(request.user).current().filter(direction__code=code)
    old = get_object_or_404(mine if request.user.is_department else mine.filter(level="organization"), pk=pk)
    try:
        services.end_goal(goal=old, reason=request.POST.get("reason", ""), by=request.user)
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
        return redirect("desk:goal", code, pk)
    messages.success(request, "Цель снята, в истории она осталась.")
    return redirect(old.direction)


@role_required(*DEPARTMENT)
def measure(request: SignedInRequest, code: str) -> HttpResponse:
    """Plan a measure of a direction."""
    found = get_object_or_404(Direction.objects.in_use(), code=code)
    form = MeasureForm(request.POST or None, direction=found)
    if request.method == "POST" and form.is_valid():
        try:
            plan_in_direction(direction=found, plan=Plan(**form.cleaned_data), by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Мероприятие записано.")
            return redirect(found)
    return render(request, "desk/directions/measure.html", {"direction": found, "form": form})


@require_POST
@role_required(*DEPARTMENT)
def measure_done(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Say that a measure is done."""
    old = get_object_or_404(Measure.objects.visible_to(request.user).select_related("direction"), pk=pk)
    if old.direction.code != code:
        raise Http404
    form = DoneForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            finish_measure(measure=old, on=data["done_on"], result=data["result"], by=request.user)
        except Refused as refusal:
            for finding in refusal.findings:
                messages.error(request, str(finding))
        else:
            messages.success(request, "Мероприятие отмечено выполненным.")
    else:
        messages.error(request, "Не отмечено: укажите день и напишите, что получилось.")
    return redirect(old.direction)


@require_POST
@role_required(*DEPARTMENT)
def condition_add(request: SignedInRequest, code: str) -> HttpResponse:
    """Name a condition that the portal does not know by itself."""
    found = get_object_or_404(Direction, code=code)
    form = ConditionForm(request.POST)
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}: {errors[0]}")
        return redirect(f"{found.get_absolute_url()}#conditions")
    try:
        condition_services.add_condition(direction=found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Условие внесено.")
    return redirect(f"{found.get_absolute_url()}#conditions")


@require_POST
@role_required(*DEPARTMENT)
def condition_remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    found = get_object_or_404(Condition, pk=pk, direction__code=code)
    direction = found.direction
    condition_services.remove_condition(condition=found, by=request.user)
    messages.success(request, "Условие убрано; в истории направления оно осталось.")
    return redirect(f"{direction.get_absolute_url()}#conditions")
