"""Who is invited, in which subgroup, who came; the responsible for the assessment of quality."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.core.addresses import number_in
from apps.organizations.models import Organization
from apps.roadmaps.meetings import services
from apps.roadmaps.meetings.forms.people import InviteForm, OfficerForm
from apps.roadmaps.meetings.models import Invitee, Meeting, QualityOfficer
from apps.roadmaps.meetings.selectors.people import officers as officers_of
from apps.roadmaps.meetings.selectors.people import organizations_of, people_of
from apps.roadmaps.meetings.services import WRITERS, NewOfficer
from apps.roadmaps.meetings.views.asking import done, filled, meeting_of, page


@role_required(*AUTHORITY)
def participants(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those who are invited by subgroup; a post invites more."""
    meeting = meeting_of(request, pk)
    context = page(meeting, request, "people")
    form = InviteForm(request.POST or None, meeting=meeting)
    if request.method == "POST":
        if not context["may_write"]:
            raise Http404
        if filled(request, form, lambda: _invite(request, meeting, form)):
            return redirect("roadmaps:meeting_people", pk)
    may_change = context["may_write"] and meeting.is_open
    context |= {"form": form, "people": people_of(meeting), "may_change": may_change}
    return render(request, "roadmaps/meetings/people.html", context)


def _invite(request: SignedInRequest, meeting: Meeting, form: InviteForm) -> None:
    data = form.cleaned_data
    wanted = {one.pk: one for one in organizations_of(data["group"])}
    wanted |= {one.pk: one for one in data["organizations"]}
    made = services.invite(
        meeting=meeting,
        organizations=wanted.values(),
        associations=data["associations"],
        officers_only=data["officers_only"],
        by=request.user,
    )
    messages.success(request, f"Приглашено: {len(made)}.")
    if data["officers_only"]:
        named = set(QualityOfficer.objects.current().values_list("organization", flat=True))
        without = [str(one) for pk, one in wanted.items() if pk not in named]
        if without:
            words = ", ".join(without[:10]) + (f" и ещё {len(without) - 10}" if len(without) > 10 else "")
            messages.warning(request, f"Ответственный за оценку качества не назван, не приглашены: {words}.")


@require_POST
@role_required(*WRITERS)
def subgroups(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move invitees to other subgroups, divide them evenly, take one off the list."""
    meeting = meeting_of(request, pk)
    if "even" in request.POST:
        done(request, lambda: services.split_evenly(meeting=meeting, by=request.user), "Поделены поровну.")
    elif number_in(request.POST.get("remove", "")):
        row = get_object_or_404(Invitee, meeting=meeting, pk=number_in(request.POST["remove"]))
        done(request, lambda: services.uninvite(invitee=row, by=request.user), f"Приглашение снято: {row}.")
    else:
        places = {key: number for key, text in _numbered(request, "group-").items() if (number := number_in(text))}
        venues = _numbered(request, "place-")
        act = lambda: services.place_invitees(  # noqa: E731
            meeting=meeting, places=places, venues=venues, by=request.user
        )
        done(request, act, "Подгруппы сохранены.")
    return redirect("roadmaps:meeting_people", pk)


def _numbered(request: SignedInRequest, start: str) -> dict[int, str]:
    """Fields named by a number, as «mark-12»."""
    found = {number_in(name.removeprefix(start)): text for name, text in request.POST.items() if name.startswith(start)}
    return {number: str(text) for number, text in found.items() if number}


@role_required(*AUTHORITY)
def attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who came, by subgroup."""
    meeting = meeting_of(request, pk)
    context = page(meeting, request, "attendance")
    if request.method == "POST":
        if not context["may_write"]:
            raise Http404
        marks = _marks(request)
        act = lambda: services.mark_attendance(meeting=meeting, marks=marks, by=request.user)  # noqa: E731
        if done(request, act, "Участие записано."):
            return redirect("roadmaps:meeting_attendance", pk)
        context["typed"] = marks
    people = people_of(meeting)
    for one in people.all:
        one.attendance, one.came = context.get("typed", {}).get(one.pk, (one.attendance, one.came))
    context |= {"people": people, "marks": Invitee.Attendance.choices}
    return render(request, "roadmaps/meetings/attendance.html", context)


def _marks(request: SignedInRequest) -> dict[int, tuple[str, str]]:
    """By invitee the mark and the name; the button «остальные участвовали» marks those without one."""
    rest = Invitee.Attendance.PRESENT if "rest" in request.POST else Invitee.Attendance.UNKNOWN
    unknown = Invitee.Attendance.UNKNOWN
    return {
        key: (rest if mark == unknown else mark, request.POST.get(f"came-{key}", ""))
        for key, mark in _numbered(request, "mark-").items()
    }


@role_required(*AUTHORITY, *SCHOOL)
def officers(request: SignedInRequest) -> HttpResponse:
    """Who answers for the assessment of quality in each organisation; an organisation sees itself."""
    rows = officers_of(request.user)
    may_write = request.user.has_role(*WRITERS) or request.user.is_school
    context = {"rows": rows, "named": sum(row.officer is not None for row in rows), "may_write": may_write}
    return render(request, "roadmaps/meetings/officers.html", context)


@role_required(*WRITERS, *SCHOOL)
def officer_edit(request: SignedInRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Organization.objects.educational(), code=code)  # type: ignore[attr-defined]
    if request.user.is_school and request.user.organization != place:
        raise Http404
    known = QualityOfficer.objects.current().filter(organization=place).first()
    names = ("name", "post", "phone", "email")
    form = OfficerForm(request.POST or None, initial={name: getattr(known, name) for name in names} if known else {})
    act = lambda: services.set_officer(  # noqa: E731
        organization=place, new=NewOfficer(**form.cleaned_data), by=request.user
    )
    if filled(request, form, act, "Сохранено."):
        return redirect("roadmaps:quality_officers")
    history = QualityOfficer.objects.filter(organization=place, until__isnull=False)
    context = {"form": form, "place": place, "known": known, "history": history}
    return render(request, "roadmaps/meetings/officer.html", context)
