"""The agenda: its items, proposals of the portal, reports of organisations, the programme as a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.indicators.models import Direction
from apps.library.practices.services import NewPractice
from apps.roadmaps.meetings import papers, services
from apps.roadmaps.meetings.forms.agenda import ItemForm, PracticeForm, TalkForm, item_initial
from apps.roadmaps.meetings.models import AgendaItem, Talk
from apps.roadmaps.meetings.selectors.agenda import agenda_of, headline_of
from apps.roadmaps.meetings.selectors.proposals import MINUTES, proposals_for
from apps.roadmaps.meetings.services import WRITERS, NewItem
from apps.roadmaps.meetings.views.asking import attachment, done, filled, meeting_of, page


@role_required(*AUTHORITY)
def agenda(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agenda with computed hours; a post adds an item."""
    meeting = meeting_of(request, pk)
    context = page(meeting, request, "agenda")
    form = ItemForm(request.POST or None)
    if request.method == "POST":
        if not context["may_write"]:
            raise Http404
        act = lambda: services.add_items(meeting=meeting, items=[form.new], by=request.user)  # noqa: E731
        if filled(request, form, act, "Внесено в повестку."):
            return redirect("roadmaps:meeting_agenda", pk)
    may_change = context["may_write"] and meeting.is_open
    context |= {
        "form": form,
        "agenda": agenda_of(meeting),
        "headline": headline_of(meeting, request.user),
        "talks": meeting.talks.select_related("organization", "file", "item", "practice"),
        "proposals": proposals_for(meeting, request.user) if may_change else [],
        "may_change": may_change,
    }
    return render(request, "roadmaps/meetings/agenda.html", context)


@require_POST
@role_required(*WRITERS)
def agenda_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take ticked proposals over with their reasons and directions."""
    meeting = meeting_of(request, pk)
    keys = set(request.POST.getlist("proposal"))
    chosen = [one for one in proposals_for(meeting, request.user) if one.key in keys]
    if not chosen:
        messages.error(request, "Отметьте вопросы, которые вносите в повестку.")
        return redirect("roadmaps:meeting_agenda", pk)
    directions = {one.code: one for one in Direction.objects.in_use()}
    items = [
        NewItem(
            text=one.text,
            minutes=MINUTES,
            reason=one.reason,
            reason_key=one.key,
            directions=[directions[code] for code in one.directions if code in directions],
        )
        for one in chosen
    ]
    text = "Внесено в повестку. Укажите докладчиков и время."
    done(request, lambda: services.add_items(meeting=meeting, items=items, by=request.user), text)
    return redirect("roadmaps:meeting_agenda", pk)


@role_required(*WRITERS)
def agenda_item(request: SignedInRequest, pk: int, item: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    row = get_object_or_404(AgendaItem, meeting=meeting, pk=item)
    form = ItemForm(request.POST or None, initial=item_initial(row))
    if filled(request, form, lambda: services.save_item(item=row, new=form.new, by=request.user), "Сохранено."):
        return redirect("roadmaps:meeting_agenda", pk)
    context = {"form": form, "title": "Вопрос повестки", "button": "Сохранить", **page(meeting, request, "agenda")}
    return render(request, "roadmaps/meetings/form.html", context)


@require_POST
@role_required(*WRITERS)
def agenda_act(request: SignedInRequest, pk: int, item: int) -> HttpResponse:
    """Up, down, off the agenda."""
    meeting = meeting_of(request, pk)
    row = get_object_or_404(AgendaItem, meeting=meeting, pk=item)
    if "delete" in request.POST:
        done(request, lambda: services.delete_item(item=row, by=request.user), "Вопрос снят с повестки.")
    else:
        done(request, lambda: services.move_item(item=row, up="up" in request.POST, by=request.user))
    return redirect("roadmaps:meeting_agenda", pk)


@role_required(*WRITERS)
def talk_new(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    form = TalkForm(request.POST or None, request.FILES or None, meeting=meeting)
    act = lambda: services.add_talk(meeting=meeting, by=request.user, **form.cleaned_data)  # noqa: E731
    if filled(request, form, act, "Сообщение внесено."):
        return redirect("roadmaps:meeting_agenda", pk)
    title = "Сообщение об опыте"
    context = {"form": form, "title": title, "button": "Внести", **page(meeting, request, "agenda")}
    return render(request, "roadmaps/meetings/form.html", context)


@require_POST
@role_required(*WRITERS)
def talk_delete(request: SignedInRequest, pk: int, talk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    row = get_object_or_404(Talk, meeting=meeting, pk=talk)
    done(request, lambda: services.delete_talk(talk=row, by=request.user), "Сообщение снято.")
    return redirect("roadmaps:meeting_agenda", pk)


@role_required(*WRITERS)
def talk_send(request: SignedInRequest, pk: int, talk: int) -> HttpResponse:
    """Offer a good report to the bank of practices."""
    meeting = meeting_of(request, pk)
    row = get_object_or_404(Talk.objects.select_related("organization"), meeting=meeting, pk=talk)
    form = PracticeForm(request.POST or None, initial={"title": row.theme[:200]})
    act = lambda: services.send_to_bank(talk=row, new=NewPractice(**form.cleaned_data), by=request.user)  # noqa: E731
    if filled(request, form, act, "Сообщение предложено в банк практик. Опубликовать его можно там."):
        return redirect("roadmaps:meeting_agenda", pk)
    lead = f"{row.organization}: {row.who}. Файл сообщения, если он есть, перейдёт вместе с ним."
    title = "В банк практик"
    context = {"form": form, "title": title, "button": "Предложить", "lead": lead, **page(meeting, request, "agenda")}
    return render(request, "roadmaps/meetings/form.html", context)


@require_safe
@role_required(*AUTHORITY)
def programme(request: SignedInRequest, pk: int) -> HttpResponse:
    """The announcement with the agenda as DOCX."""
    meeting = meeting_of(request, pk)
    content = papers.programme(meeting, agenda_of(meeting))
    return attachment(content, name=f"povestka-{meeting.day:%Y-%m-%d}.docx", content_type=papers.TYPE)
