"""Composing: a new roadmap, last year's with days moved, its approval and end, people, stages."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.models import User
from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.core.findings import Refused
from apps.indicators.models import Direction
from apps.roadmaps.models import Decision
from apps.roadmaps.plans.forms.composing import ApproveForm, CopyForm, EndForm, RoadmapForm
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.plans.services.approving import approve_roadmap, changes_since_approval
from apps.roadmaps.plans.services.copying import copy_roadmap, moved_day
from apps.roadmaps.plans.services.people import assign_people, candidates
from apps.roadmaps.plans.services.proposing import create_with_proposals
from apps.roadmaps.plans.services.roadmaps import change_roadmap, create_roadmap, end_roadmap

KEEPERS = DEPARTMENT | SCHOOL


def editable(request: SignedInRequest, pk: int) -> Roadmap:
    """A roadmap that the person keeps and that is still open; any other does not exist for them."""
    found = Roadmap.objects.visible_to(request.user).editable_by(request.user)
    roadmap: Roadmap = get_object_or_404(found.select_related("direction", "organization"), pk=pk)
    if not roadmap.is_open:
        raise Http404
    return roadmap


def refused(form: Form, refusal: Refused) -> None:
    form.add_error(None, [str(finding) for finding in refusal.findings])


def _initial(request: SignedInRequest) -> dict[str, Any]:
    """Kind and direction may come in the address."""
    initial: dict[str, Any] = {}
    if request.GET.get("kind") in Roadmap.Kind.values:
        initial["kind"] = request.GET["kind"]
    if code := request.GET.get("direction", ""):
        initial["direction"] = Direction.objects.in_use().filter(code=code).first()
    return initial


@role_required(*KEEPERS)
def new(request: SignedInRequest) -> HttpResponse:
    """A new roadmap; a school's is its own programme."""
    form = RoadmapForm(request.POST or None, user=request.user, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data.get("begin") == "proposed":
                person = form.cleaned_data["person"]
                made = create_with_proposals(new=form.new(), person=person, by=request.user)
            else:
                made = create_roadmap(new=form.new(), by=request.user)
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Составлен проект. Проверьте мероприятия и сроки, затем утвердите.")
            return redirect(made)
    mine = Roadmap.objects.visible_to(request.user).editable_by(request.user)
    context = {"form": form, "old": mine.exclude(state="cancelled").exclude(version=0)[:20]}
    return render(request, "roadmaps/plans/new.html", context)


@role_required(*KEEPERS)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = editable(request, pk)
    names = ("kind", "direction", "organization", "title", "aim", "starts_on", "ends_on")
    initial = {name: getattr(found, name) for name in names}
    initial["indicators"] = list(found.indicators.values_list("code", flat=True))
    form = RoadmapForm(request.POST or None, user=request.user, roadmap=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_roadmap(roadmap=found, new=form.new(), by=request.user)
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Дорожная карта изменена.")
            return redirect(found)
    return render(request, "roadmaps/plans/form.html", {"roadmap": found, "form": form, "title": "Изменить"})


@role_required(*KEEPERS)
def copy(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new draft after this one, days moved by a year unless said otherwise."""
    found = get_object_or_404(Roadmap.objects.visible_to(request.user).editable_by(request.user), pk=pk)
    start = moved_day(found.starts_on, old=date(2023, 9, 1), new=date(2024, 9, 1))  # a year later
    initial = {
        "title": found.title,
        "starts_on": start,
        "ends_on": moved_day(found.ends_on, old=found.starts_on, new=start),
    }
    form = CopyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = copy_roadmap(roadmap=found, new=form.new(found), by=request.user)
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Составлен проект: мероприятия скопированы, сроки перенесены.")
            return redirect(made)
    text = "Мероприятия, ответственные и ресурсы останутся, отметки о выполнении и переносы — нет."
    context = {"roadmap": found, "form": form, "title": "Составить по этой", "text": text, "button": "Составить"}
    return render(request, "roadmaps/plans/form.html", context)


@role_required(*KEEPERS)
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve by an act: what is planned becomes the next version."""
    found = editable(request, pk)
    decisions = Decision.objects.visible_to(request.user).filter(state="in_force")
    if request.user.is_school:
        decisions = decisions.filter(organization=request.user.organization)
    form = ApproveForm(request.POST or None, decisions=decisions, initial={"act_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        decision = data["decision"]
        try:
            made = approve_roadmap(
                roadmap=found,
                act_text=data["act_text"] or (decision.title if decision else ""),
                act_on=data["act_on"] or timezone.localdate(),
                decision=decision,
                by=request.user,
            )
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, f"Утверждена версия {made.number}.")
            return redirect(found)
    context = {"roadmap": found, "form": form, "changes": changes_since_approval(found)}
    return render(request, "roadmaps/plans/approve.html", context)


@role_required(*KEEPERS)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    found = editable(request, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_roadmap(roadmap=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Дорожная карта закрыта. Мероприятия и файлы остались.")
            return redirect(found)
    context = {"roadmap": found, "form": form, "title": "Завершить или отменить", "button": "Закрыть дорожную карту"}
    return render(request, "roadmaps/plans/form.html", context)


@role_required(*KEEPERS)
def people(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person for each measure, all on one page."""
    found = editable(request, pk)
    answering = list(candidates(found))
    by_key: dict[str, User] = {str(one.pk): one for one in answering}
    measures = list(found.measures.filter(done_on=None, dropped_on=None).select_related("person").in_plan_order())
    if request.method == "POST":
        common = by_key.get(request.POST.get("common", ""))
        chosen = {}
        for one in measures:
            person = by_key.get(request.POST.get(f"person-{one.pk}", ""))
            if person is None and (one.person is None or str(one.person_id) not in by_key):
                person = common
            if person:
                chosen[one.pk] = person
        try:
            changed = assign_people(roadmap=found, people=chosen, by=request.user)
        except Refused as refusal:
            for finding in refusal.findings:
                messages.error(request, str(finding))
        else:
            messages.success(request, f"Ответственные записаны. Изменено мероприятий: {changed}.")
            return redirect(found)
    context = {"roadmap": found, "measures": measures, "people": answering, "working": {one.pk for one in answering}}
    return render(request, "roadmaps/plans/people.html", context)
