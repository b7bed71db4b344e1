"""Meetings of those who are invited: list, month, page with the decision to confirm, calendar file."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core.months import month_of
from apps.procedures.schedule.views.calendar import MONTHS
from apps.roadmaps.meetings import services
from apps.roadmaps.meetings.models import Invitee, Meeting
from apps.roadmaps.meetings.selectors import calendar
from apps.roadmaps.meetings.selectors.agenda import agenda_of, headline_of
from apps.roadmaps.meetings.views.asking import attachment, done, meeting_of

READERS = (*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER)
INVITED = (*SCHOOL, Role.ASSOCIATION_LEADER)
KEPT = timedelta(days=370)
DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


@require_safe
@role_required(*INVITED)
def own_meetings(request: SignedInRequest) -> HttpResponse:
    """Those the organisation is invited to, the coming ones above; decisions that wait to be read."""
    mine = Invitee.objects.visible_to(request.user).select_related("meeting", "subgroup", "organization", "association")
    now = timezone.now() - timedelta(hours=6)
    coming = mine.filter(subgroup__starts_at__gte=now).order_by("subgroup__starts_at")
    past = mine.filter(subgroup__starts_at__lt=now).order_by("-subgroup__starts_at")
    context = {"coming": coming, "page": Paginator(past, 15).get_page(request.GET.get("page"))}
    return render(request, "roadmaps/meetings/own.html", context)


@require_safe
@role_required(*READERS)
def own_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The meeting as a participant sees it."""
    meeting = meeting_of(request, pk)
    if request.user.is_authority:
        return redirect(meeting.office_url)
    invitee = Invitee.objects.visible_to(request.user).with_details().filter(meeting=meeting).first()
    agenda = agenda_of(meeting)
    place = next((n for n, group in enumerate(agenda.subgroups) if invitee and group.pk == invitee.subgroup_id), 0)
    context = {
        "meeting": meeting,
        "invitee": invitee,
        "agenda": agenda,
        "lines": [(line, line.starts[place]) for line in agenda.lines],
        "hours": agenda.hours[place],
        "headline": headline_of(meeting, request.user),
        "materials": meeting.materials.select_related("file"),
        "talks": meeting.talks.select_related("organization", "file"),
        "votes": meeting.votes.prefetch_related("documents__file") if meeting.published_at else [],
    }
    return render(request, "roadmaps/meetings/own_detail.html", context)


@require_POST
@role_required(*INVITED)
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """«Прочитано»."""
    meeting = meeting_of(request, pk)
    mine = list(Invitee.objects.visible_to(request.user).filter(meeting=meeting))  # one may lead two associations
    if not mine:
        raise Http404
    act = lambda: [services.confirm_reading(invitee=one, by=request.user) for one in mine]  # noqa: E731
    done(request, act, "Спасибо. Управление видит, что решение прочитано.")
    return redirect(meeting)


@require_safe
@role_required(*READERS)
def month(request: SignedInRequest) -> HttpResponse:
    first = month_of(request.GET.get("month"))
    context = {
        "month": calendar.month(first, request.user),
        "title": f"{MONTHS[first.month - 1].capitalize()} {first.year}",
        "days": DAYS,
    }
    return render(request, "roadmaps/meetings/month.html", context)


@require_safe
@role_required(*READERS)
def meeting_ics(request: SignedInRequest, pk: int) -> HttpResponse:
    """One meeting for the calendar of a phone or a mail program."""
    meeting = meeting_of(request, pk)
    content = calendar.feed(request.user, [meeting])
    return attachment(content, name=f"meeting-{meeting.pk}.ics", content_type=calendar.TYPE)


@require_safe
@role_required(*READERS)
def meetings_ics(request: SignedInRequest) -> HttpResponse:
    """All that the person sees, of a year back and on."""
    found = Meeting.objects.visible_to(request.user).filter(starts_at__gte=timezone.now() - KEPT)
    found = found.exclude(state=Meeting.State.DRAFT).prefetch_related("subgroups")
    return attachment(calendar.feed(request.user, found), name="meetings.ics", content_type=calendar.TYPE)
