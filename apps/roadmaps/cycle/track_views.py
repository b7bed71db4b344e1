"""Pages of tracks: begin one, change it, choose its objects."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.core import events
from apps.core.findings import Refused
from apps.indicators.models import Direction
from apps.organizations.models import Organization
from apps.roadmaps.cycle import reading, services
from apps.roadmaps.cycle.forms import TrackForm
from apps.roadmaps.cycle.models import Track, TrackObject


def _place(request: SignedInRequest) -> Organization | None:
    """A school works in its own cycle, the department in that of the municipality."""
    return request.user.organization if request.user.is_school else None


def _back(request: SignedInRequest, direction: Direction, organization: Organization | None) -> str:
    if request.user.is_school:
        return reverse("roadmaps:own_cycle_direction", args=[direction.code])
    if organization:
        return reverse("roadmaps:school_cycle_direction", args=[organization.code, direction.code])
    return reverse("roadmaps:cycle_direction", args=[direction.code])


@role_required(*DEPARTMENT, *SCHOOL)
def track_new(request: SignedInRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Direction.objects.in_use(), code=code)
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.set_track(
                new=services.NewTrack(direction=found, organization=_place(request), **form.cleaned_data),
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Трек заведён. Отметьте, какие объекты в нём стоят.")
            return redirect("roadmaps:track", made.pk)
    back = _back(request, found, _place(request))
    return render(request, "roadmaps/cycle/track_new.html", {"direction": found, "form": form, "back": back})


def _track(request: SignedInRequest, pk: int) -> Track:
    rows = Track.objects.visible_to(request.user).current().select_related("direction", "organization")
    if request.user.is_school:
        rows = rows.filter(organization=request.user.organization)
    return get_object_or_404(rows, pk=pk)


@role_required(*DEPARTMENT, *SCHOOL)
def track(request: SignedInRequest, pk: int) -> HttpResponse:
    """The track with all objects of its direction; those that are ticked stand in it."""
    found = _track(request, pk)
    span = reading.span_of(request.GET.get("year", ""))
    cycle = reading.cycle_of(
        user=request.user, span=span, organization=found.organization, codes=(found.direction.code,)
    )
    line = cycle.line(found.direction.code)
    if line is None:
        raise Http404
    shown = [(cell, [*cell.items, *cell.older]) for cell in line.cells if cell.position.number in found.positions]
    known = {"|".join(item.key): item.key for _, items in shown for item in items}
    chosen = {(one.subject, one.subject_id) for one in TrackObject.objects.filter(track=found)}
    form = TrackForm(request.POST or None, initial={"title": found.title, "is_full": "yes" if found.is_full else "no"})
    if request.method == "POST" and form.is_valid():
        ticked = {known[key] for key in request.POST.getlist("objects") if key in known}
        new = services.NewTrack(direction=found.direction, organization=found.organization, **form.cleaned_data)
        try:
            with transaction.atomic():
                services.set_track(new=new, track=found, by=request.user)
                kept = {key for key in chosen if "|".join(key) not in known}
                services.put_into_track(track=found, keys=ticked | kept, by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Трек сохранён.")
            return redirect(_back(request, found.direction, found.organization))
    context = {
        "track": found,
        "direction": found.direction,
        "form": form,
        "cells": shown,
        "chosen": {"|".join(key) for key in chosen},
        "back": _back(request, found.direction, found.organization),
        "history": events.history(found)[:20],
    }
    return render(request, "roadmaps/cycle/track.html", context)


@require_POST
@role_required(*DEPARTMENT, *SCHOOL)
def track_end(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _track(request, pk)
    try:
        services.end_track(track=found, reason=request.POST.get("reason", ""), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.findings[0]))
        return redirect("roadmaps:track", pk)
    messages.success(request, "Трек закрыт, в истории он остался. Объекты на месте.")
    return redirect(_back(request, found.direction, found.organization))
