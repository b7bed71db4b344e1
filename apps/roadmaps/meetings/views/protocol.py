"""Protocol, votes, approved documents, the decision."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core.addresses import number_in
from apps.roadmaps.meetings import papers, services
from apps.roadmaps.meetings.deciding import decide
from apps.roadmaps.meetings.forms.protocol import ApproveForm, DecisionForm, ProtocolForm, VoteForm
from apps.roadmaps.meetings.models import Meeting, Vote
from apps.roadmaps.meetings.selectors.agenda import agenda_of
from apps.roadmaps.meetings.selectors.people import people_of
from apps.roadmaps.meetings.services import WRITERS, Minutes, NewVote
from apps.roadmaps.meetings.views.asking import attachment, done, filled, meeting_of, page

NAMES = ("chairman_name", "chairman_post", "secretary_name", "secretary_post")


def _initial(meeting: Meeting) -> dict[str, object]:
    """The protocol as it stands; a new one has the opening speaker in the chair and the day of the meeting."""
    found: dict[str, object] = {name: getattr(meeting, name) for name in NAMES}
    opening = meeting.items.filter(kind="opening").first()
    if not meeting.chairman_name and opening:
        found |= {"chairman_name": opening.speaker, "chairman_post": opening.post}
    return {**found, "number": meeting.protocol_number, "on": meeting.protocol_on or meeting.day}


def _typed(request: SignedInRequest) -> dict[int, tuple[str, str]]:
    found = {}
    for name, value in request.POST.items():
        key = number_in(name.removeprefix("heard-"))
        if name.startswith("heard-") and key:
            found[key] = (str(value), request.POST.get(f"resolved-{key}", ""))
    return found


@role_required(*AUTHORITY)
def protocol(request: SignedInRequest, pk: int) -> HttpResponse:
    """The protocol with votes and approved documents; a post saves its words."""
    meeting = meeting_of(request, pk)
    context = page(meeting, request, "protocol")
    form = ProtocolForm(request.POST or None, initial=_initial(meeting))
    typed = _typed(request) if request.method == "POST" else {}
    if request.method == "POST":
        if not context["may_write"]:
            raise Http404
        act = lambda: services.write_protocol(  # noqa: E731
            meeting=meeting, minutes=Minutes(**form.cleaned_data, items=typed), by=request.user
        )
        if filled(request, form, act, "Протокол сохранён."):
            return redirect("roadmaps:meeting_protocol", pk)
    agenda = agenda_of(meeting)
    for line in agenda.lines:
        line.item.heard, line.item.resolved = typed.get(line.item.pk, (line.item.heard, line.item.resolved))
    decision = meeting.decision
    context |= {
        "form": form,
        "agenda": agenda,
        "people": people_of(meeting),
        "votes": meeting.votes.prefetch_related("documents__file").select_related("item"),
        "decision": decision,
        "decision_items": decision.items.all() if decision else [],
        "may_decide": request.user.has_role(*DEPARTMENT),
    }
    return render(request, "roadmaps/meetings/protocol.html", context)


@role_required(*WRITERS)
def vote_new(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    form = VoteForm(request.POST or None, meeting=meeting)
    act = lambda: services.record_vote(meeting=meeting, new=NewVote(**form.cleaned_data), by=request.user)  # noqa: E731
    if filled(request, form, act, "Голосование записано."):
        return redirect("roadmaps:meeting_protocol", pk)
    context = {"form": form, "title": "Голосование", "button": "Записать", **page(meeting, request, "protocol")}
    return render(request, "roadmaps/meetings/form.html", context)


@require_POST
@role_required(*WRITERS)
def vote_delete(request: SignedInRequest, pk: int, vote: int) -> HttpResponse:
    row = get_object_or_404(Vote, meeting=meeting_of(request, pk), pk=vote)
    done(request, lambda: services.delete_vote(vote=row, by=request.user), "Голосование удалено.")
    return redirect("roadmaps:meeting_protocol", pk)


@role_required(*WRITERS)
def document_approve(request: SignedInRequest, pk: int, vote: int) -> HttpResponse:
    """A document that this vote approved."""
    meeting = meeting_of(request, pk)
    row = get_object_or_404(Vote, meeting=meeting, pk=vote)
    form = ApproveForm(request.POST or None, request.FILES or None)
    act = lambda: services.approve_document(vote=row, by=request.user, **form.cleaned_data)  # noqa: E731
    if filled(request, form, act, "Документ утверждён решением с номером и датой протокола."):
        return redirect("roadmaps:meeting_protocol", pk)
    context = {"form": form, "title": "Утвердить документ", "button": "Утвердить", **page(meeting, request, "protocol")}
    return render(request, "roadmaps/meetings/form.html", context | {"lead": f"{row.question}: {row.counted}."})


@role_required(*DEPARTMENT)
def decision_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """The decision of the meeting as a draft in the register of decisions."""
    meeting = meeting_of(request, pk)
    if meeting.decision:
        return redirect("roadmaps:meeting_protocol", pk)
    resolved = [item.resolved for item in meeting.items.exclude(resolved="")]
    start = {"items": "\n".join(resolved), "reason": f"По итогам {meeting.genitive} {meeting.day:%d.%m.%Y}."}
    form = DecisionForm(request.POST or None, initial=start)
    act = lambda: decide(meeting=meeting, by=request.user, **form.cleaned_data)  # noqa: E731
    text = "Проект решения готов. Откройте его, проверьте исполнителей и сроки и введите в действие."
    if filled(request, form, act, text):
        return redirect("roadmaps:meeting_protocol", pk)
    context = {"form": form, "title": "Решение", "button": "Подготовить проект", **page(meeting, request, "protocol")}
    return render(request, "roadmaps/meetings/form.html", context)


@require_safe
@role_required(*AUTHORITY)
def protocol_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    content = papers.protocol(meeting, agenda_of(meeting), people_of(meeting))
    return attachment(content, name=f"protokol-{meeting.day:%Y-%m-%d}.docx", content_type=papers.TYPE)
