"""The task sheet for the specialist: made, shown on the screen, grouped and counted."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.core.addresses import number_in
from apps.roadmaps.meetings import papers, services
from apps.roadmaps.meetings.forms.planning import ReasonForm
from apps.roadmaps.meetings.forms.sheets import SheetForm, sheet_initial
from apps.roadmaps.meetings.models import AnswerGroup, Meeting, Sheet, SheetCell, SheetFill
from apps.roadmaps.meetings.selectors import sheets
from apps.roadmaps.meetings.services import WRITERS
from apps.roadmaps.meetings.views.asking import attachment, done, filled, meeting_of, page


def _sheet(meeting: Meeting) -> Sheet:
    return get_object_or_404(Sheet.objects.select_related("meeting"), meeting=meeting)


@require_safe
@role_required(*AUTHORITY)
def sheet_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheet with its code and all answers counted."""
    meeting = meeting_of(request, pk)
    sheet = Sheet.objects.filter(meeting=meeting).select_related("meeting").first()
    context = page(meeting, request, "sheet")
    if sheet:
        context |= {"sheet": sheet, "summary": sheets.summary_of(sheet), "address": sheets.address(sheet)}
    return render(request, "roadmaps/meetings/sheet.html", context)


@role_required(*WRITERS)
def sheet_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    sheet = Sheet.objects.filter(meeting=meeting).first()
    form = SheetForm(request.POST or None, initial=sheet_initial(sheet))
    act = lambda: services.set_sheet(meeting=meeting, by=request.user, **form.cleaned_data)  # noqa: E731
    if filled(request, form, act, "Лист готов. Покажите код участникам во время мероприятия."):
        return redirect("roadmaps:meeting_sheet", pk)
    context = {"form": form, "title": "Лист задания", "button": "Сохранить", **page(meeting, request, "sheet")}
    return render(request, "roadmaps/meetings/form.html", context)


@require_POST
@role_required(*WRITERS)
def sheet_state(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close the sheet, or open it for two hours more."""
    sheet = _sheet(meeting_of(request, pk))
    if "close" in request.POST:
        done(request, lambda: services.close_sheet(sheet=sheet, by=request.user), "Лист закрыт.")
    else:
        done(request, lambda: services.reopen_sheet(sheet=sheet, by=request.user), "Лист открыт на два часа.")
    return redirect("roadmaps:meeting_sheet", pk)


@require_safe
@role_required(*AUTHORITY)
def sheet_screen(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the screen of the room: the code and the counts, anew every ten seconds."""
    meeting = meeting_of(request, pk)
    sheet = _sheet(meeting)
    context = {
        "meeting": meeting,
        "sheet": sheet,
        "summary": sheets.summary_of(sheet),
        "address": sheets.address(sheet),
    }
    template = "roadmaps/meetings/screen_counts.html" if request.htmx else "roadmaps/meetings/screen.html"
    return render(request, template, context)


@require_safe
@role_required(*AUTHORITY)
def sheet_code(request: SignedInRequest, pk: int) -> HttpResponse:
    """The QR code of the address of the sheet."""
    sheet = _sheet(meeting_of(request, pk))
    response = HttpResponse(sheets.code_svg(sheet), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@role_required(*AUTHORITY)
def sheet_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    content = papers.sheet(meeting, sheets.summary_of(_sheet(meeting)))
    return attachment(content, name=f"list-{meeting.day:%Y-%m-%d}.docx", content_type=papers.TYPE)


@role_required(*AUTHORITY)
def sheet_cell(request: SignedInRequest, pk: int, row: int, column: int) -> HttpResponse:
    """All answers of a cell; a post puts ticked ones under a name, or takes a name away."""
    meeting = meeting_of(request, pk)
    sheet = _sheet(meeting)
    if row >= len(sheet.rows) or column >= len(sheet.columns):
        raise Http404
    context = page(meeting, request, "sheet")
    typed, ticked = "", set()
    if request.method == "POST":
        if not context["may_write"]:
            raise Http404
        if _grouped(request, sheet, (row, column)):
            return redirect("roadmaps:meeting_sheet_cell", pk, row, column)
        typed, ticked = request.POST.get("title", ""), set(request.POST.getlist("answer"))
    cells = sheets.summary_of(sheet).cells
    place = row * len(sheet.columns) + column
    context |= {
        "sheet": sheet,
        "cell": cells[place],
        "typed": typed,
        "ticked": ticked,
        "before": cells[place - 1] if place else None,
        "after": cells[place + 1] if place + 1 < len(cells) else None,
    }
    return render(request, "roadmaps/meetings/cell.html", context)


def _grouped(request: SignedInRequest, sheet: Sheet, place: tuple[int, int]) -> bool:
    known = AnswerGroup.objects.filter(sheet=sheet, row=place[0], column=place[1])
    if number := number_in(request.POST.get("delete", "")):
        group = get_object_or_404(known, pk=number)
        return done(request, lambda: services.delete_group(group=group, by=request.user), "Группа снята.")
    keys = {number_in(part) or 0 for key in request.POST.getlist("answer") for part in key.split("-")}
    cells = SheetCell.objects.filter(pk__in=keys, fill__sheet=sheet).select_related("fill")
    chosen = number_in(request.POST.get("group", ""))
    title = request.POST.get("title", "")
    if chosen and not title.strip():
        title = get_object_or_404(known, pk=chosen).title
    act = lambda: services.group_answers(sheet=sheet, place=place, title=title, cells=cells, by=request.user)  # noqa: E731
    return done(request, act, "Ответы собраны.")


@role_required(*WRITERS)
def fill_leave_out(request: SignedInRequest, pk: int, fill: int) -> HttpResponse:
    """Leave a sheet out of the count with a reason, or count it again."""
    meeting = meeting_of(request, pk)
    row = get_object_or_404(SheetFill.objects.select_related("invitee__organization"), sheet__meeting=meeting, pk=fill)
    if row.left_out and request.method == "POST":
        done(request, lambda: services.count_again(fill=row, by=request.user), "Лист снова учитывается.")
        return redirect("roadmaps:meeting_sheet", pk)
    form = ReasonForm(request.POST or None)
    act = lambda: services.leave_out(fill=row, by=request.user, **form.cleaned_data)  # noqa: E731
    if filled(request, form, act, "Лист не учитывается, его ответы сохранены."):
        return redirect("roadmaps:meeting_sheet", pk)
    title = f"Не учитывать лист: {row.invitee}"
    context = {"form": form, "title": title, "button": "Не учитывать", **page(meeting, request, "sheet")}
    return render(request, "roadmaps/meetings/form.html", context)
