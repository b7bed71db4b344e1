"""The authority's pages of a meeting: list, plan, overview, what is done with it."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import events, files
from apps.core.addresses import number_in
from apps.roadmaps.meetings import services
from apps.roadmaps.meetings.forms.planning import MaterialForm, MeetingForm, ReasonForm, meeting_initial
from apps.roadmaps.meetings.models import ApprovedDocument, Invitee, Material, Meeting, Series, Talk
from apps.roadmaps.meetings.selectors.agenda import agenda_of, headline_of
from apps.roadmaps.meetings.selectors.people import people_of
from apps.roadmaps.meetings.selectors.steps import steps_of
from apps.roadmaps.meetings.services import WRITERS
from apps.roadmaps.meetings.views.asking import done, filled, meeting_of, page

SHOWN = {"coming": "предстоят", "past": "прошли", "all": "все"}


@require_safe
@role_required(*AUTHORITY)
def meetings(request: SignedInRequest) -> HttpResponse:
    """Meetings that are coming, or those that were."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "coming"
    kind = request.GET.get("kind", "")
    found = Meeting.objects.visible_to(request.user).with_details()
    present = Count("invitees", filter=Q(invitees__attendance=Invitee.Attendance.PRESENT), distinct=True)
    read = Count("invitees", filter=Q(invitees__read_at__isnull=False), distinct=True)
    found = found.annotate(invited=Count("invitees", distinct=True), present=present, read=read)
    if kind in Meeting.Kind.values:
        found = found.filter(kind=kind)
    open_states = Q(state__in=[Meeting.State.DRAFT, Meeting.State.ANNOUNCED])
    if show == "coming":
        found = found.filter(open_states).order_by("starts_at", "pk")
    elif show == "past":
        found = found.exclude(open_states)
    context = {
        "page": Paginator(found, 20).get_page(request.GET.get("page")),
        "show": show,
        "shown": SHOWN,
        "kind": kind,
        "kinds": Meeting.Kind.choices,
        "may_write": request.user.has_role(*WRITERS),
    }
    return render(request, "roadmaps/meetings/list.html", context)


@role_required(*WRITERS)
def meeting_new(request: SignedInRequest) -> HttpResponse:
    """A new meeting; `?kind=` chooses one, `?series=` makes it the next session of a cycle."""
    series = Series.objects.filter(pk=number_in(request.GET.get("series", "")) or 0).first()
    kind = Meeting.Kind.SEMINAR if series else request.GET.get("kind", Meeting.Kind.MEETING)
    form = MeetingForm(request.POST or None, initial={"kind": kind, "theme": series.theme if series else ""})
    made: list[Meeting] = []
    if filled(request, form, lambda: made.append(services.create_meeting(new=form.new, by=request.user))):
        if series:
            return redirect("roadmaps:meeting_session", series.pk, made[0].pk)
        return redirect("roadmaps:meeting_agenda", made[0].pk)
    return render(request, "roadmaps/meetings/edit.html", {"form": form, "series": series})


@role_required(*WRITERS)
def meeting_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    form = MeetingForm(request.POST or None, initial=meeting_initial(meeting))
    act = lambda: services.change_meeting(meeting=meeting, new=form.new, by=request.user)  # noqa: E731
    if filled(request, form, act, "Сохранено."):
        return redirect(meeting.office_url)
    return render(request, "roadmaps/meetings/edit.html", {"form": form, **page(meeting, request, "overview")})


@role_required(*AUTHORITY)
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The overview: what is known, what comes next, materials. A post adds a material."""
    row = meeting_of(request, pk)
    context = page(row, request, "overview")
    form = MaterialForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not context["may_write"]:
            raise Http404
        act = lambda: services.add_material(meeting=row, by=request.user, **form.cleaned_data)  # noqa: E731
        if filled(request, form, act, "Материал добавлен."):
            return redirect(row.office_url)
    people = people_of(row)
    context |= {
        "form": form,
        "steps": steps_of(row, people),
        "agenda": agenda_of(row),
        "people": people,
        "headline": headline_of(row, request.user),
        "materials": row.materials.select_related("file"),
        "talks": row.talks.select_related("organization", "file", "practice"),
        "began": row.starts_at <= timezone.now(),
        "history": events.history(row)[:15],
    }
    return render(request, "roadmaps/meetings/detail.html", context)


ACTS = {
    "announce": (services.announce_meeting, "Приглашения разосланы: участники видят их во входящих."),
    "hold": (services.hold_meeting, "Отмечено. Отметьте, кто участвовал, и запишите протокол."),
    "publish": (services.publish_decision, "Решение доведено до участников. Видно, кто его прочёл."),
}


@require_POST
@role_required(*WRITERS)
def meeting_act(request: SignedInRequest, pk: int, act: str) -> HttpResponse:
    """Announce, hold, publish."""
    row = meeting_of(request, pk)
    if act not in ACTS:
        raise Http404
    service, text = ACTS[act]
    done(request, partial(service, meeting=row, by=request.user), text)
    return redirect("roadmaps:meeting_protocol", row.pk) if act == "publish" else redirect(row.office_url)


@role_required(*WRITERS)
def meeting_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    row = meeting_of(request, pk)
    form = ReasonForm(request.POST or None)
    act = lambda: services.cancel_meeting(meeting=row, by=request.user, **form.cleaned_data)  # noqa: E731
    if filled(request, form, act, "Отменено, участники узнают об этом."):
        return redirect(row.office_url)
    context = {"form": form, "title": f"Отменить: {row.theme}", "button": "Отменить", **page(row, request, "overview")}
    return render(request, "roadmaps/meetings/form.html", context)


@require_POST
@role_required(*WRITERS)
def material_delete(request: SignedInRequest, pk: int, material: int) -> HttpResponse:
    row = meeting_of(request, pk)
    found = get_object_or_404(Material, meeting=row, pk=material)
    done(request, lambda: services.delete_material(material=found, by=request.user), "Материал снят.")
    return redirect(row.office_url)


@require_safe
@role_required(*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER)
def meeting_file(request: SignedInRequest, pk: int, kind: str, number: int) -> FileResponse:
    """A file of the meeting, for those who see it: a material, a report, an approved document."""
    row = meeting_of(request, pk)
    rows: dict[str, Any] = {
        "material": Material.objects.filter(meeting=row),
        "talk": Talk.objects.filter(meeting=row),
        "document": ApprovedDocument.objects.filter(vote__meeting=row),
    }
    if kind not in rows or (kind == "document" and not (row.published_at or request.user.is_authority)):
        raise Http404
    found = get_object_or_404(rows[kind].select_related("file"), pk=number, file__isnull=False)
    return files.send_private(found.file)
