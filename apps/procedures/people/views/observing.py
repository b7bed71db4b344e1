"""Coverage of procedures, assignments, their list; acts and remarks; participation of the public."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, Role
from apps.core import events, files, periods
from apps.core.findings import Refused
from apps.procedures.models import Procedure
from apps.procedures.people import checklist, picking, selectors
from apps.procedures.people.forms.base import tell
from apps.procedures.people.forms.observing import AssignForm, DayForm, RemarkForm, VenueForm
from apps.procedures.people.forms.register import ReasonForm
from apps.procedures.people.models import Act, Assignment, Capacity, Person, Remark, Venue
from apps.procedures.people.services import acts as act_services
from apps.procedures.people.services import assigning as services
from apps.procedures.people.services import following
from apps.procedures.people.views.own import SENT_OUT
from apps.workbooks.writing import export_table


@require_safe
@role_required(*AUTHORITY)
def coverage(request: SignedInRequest) -> HttpResponse:
    """Which procedures and places have no observer."""
    past = "past" in request.GET
    context = {
        "coverage": selectors.coverage(past=past),
        "past": past,
        "scheduled": [] if past else selectors.scheduled_without_venues(),
    }
    return render(request, "procedures/people/coverage.html", context)


@role_required(*DEPARTMENT)
def venue_create(request: SignedInRequest) -> HttpResponse:
    """Places of a procedure by hand; those of the schedule are taken by a button of the board."""
    form = VenueForm(request.POST or None, procedures=selectors.open_procedures())
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_venues(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"Добавлено мест: {made}. Теперь назначьте наблюдателей.")
            return redirect("procedures:coverage")
    return render(request, "procedures/people/venue_create.html", {"form": form})


@require_POST
@role_required(*DEPARTMENT)
def venues_from_schedule(request: SignedInRequest, pk: int) -> HttpResponse:
    procedure = get_object_or_404(Procedure, pk=pk)
    try:
        made, moved = following.venues_from_schedule(procedure=procedure, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Из графика взято новых мест: {made}." + _moved_text(moved))
    return redirect("procedures:coverage")


def _moved_text(moved: following.Moved) -> str:
    """What a move has done, for a message; empty when nothing moved."""
    if not moved.venues:
        return ""
    text = f" Перенесено мест: {moved.venues}, с ними назначенных: {moved.people}."
    return text + (f" Не смогут и освобождены: {', '.join(moved.released)}." if moved.released else "")


@require_POST
@role_required(*DEPARTMENT)
def venue_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another day for a place; its people go along or are released."""
    row = get_object_or_404(Venue, pk=pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Укажите новый день.")
        return redirect(row)
    try:
        moved = following.move_venue(venue=row, on=form.cleaned_data["on"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _moved_text(moved).strip() or "День тот же, ничего не изменилось.")
    return redirect(row)


@require_POST
@role_required(*DEPARTMENT)
def venues_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """One day for all coming places of a procedure that lie outside its term."""
    procedure = get_object_or_404(Procedure, pk=pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Укажите новый день.")
        return redirect("procedures:coverage")
    stray = selectors.stray_venues(procedure)
    try:
        moved = following.move_venues(venues=stray, on=form.cleaned_data["on"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _moved_text(moved).strip() or "Переносить нечего.")
    return redirect("procedures:coverage")


@role_required(*AUTHORITY)
def venue(request: SignedInRequest, pk: int) -> HttpResponse:
    """One place: who is sent there, who may be sent, who may not and why."""
    row = get_object_or_404(Venue.objects.select_related("procedure", "organization", "site"), pk=pk)
    context: dict[str, Any] = {
        "venue": row,
        "assignments": row.assignments.with_places().order_by("-cancelled_at", "pk"),
    }
    if request.user.is_department:
        choice = selectors.choice_for(row)
        form = AssignForm(request.POST or None, people=choice.free)
        if request.method == "POST" and form.is_valid():
            try:
                made = services.assign(venue=row, **form.cleaned_data, by=request.user)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(request, _told_text(made.person))
                return redirect(row)
        context |= {"form": form, "choice": choice, "day_form": DayForm()}
    return render(request, "procedures/people/venue.html", context)


@role_required(*DEPARTMENT)
def observers_pick(request: SignedInRequest, pk: int) -> HttpResponse:
    """Observers for all places of a procedure that have none: proposed, changed, sent at once."""
    procedure = get_object_or_404(Procedure, pk=pk)
    rows = picking.picks(procedure)
    faults: list[str] = []
    if request.method == "POST":
        pairs = []
        for row in rows:
            typed = request.POST.get(row.name, "")
            person = next((one for one in row.free if str(one.pk) == typed), None)
            row.chosen = person.pk if person else None
            if person:
                pairs.append((row.venue, person))
            elif typed:
                faults.append(f"{row.venue.place}: этого человека сюда назначить уже нельзя. Выберите другого.")
        if not pairs and not faults:
            faults.append("Никто не выбран.")
        if not faults:
            try:
                made = services.assign_many(pairs=pairs, capacity=Capacity.OBSERVER, by=request.user)
            except Refused as refusal:
                faults = [str(finding) for finding in refusal.findings]
            else:
                silent = sum(person.account is None for _, person in pairs)
                text = f"Назначено: {made}." + (f" Без входа на портал: {silent} — сообщите им сами." if silent else "")
                messages.success(request, text)
                return redirect("procedures:coverage")
    context = {"procedure": procedure, "rows": rows, "faults": faults}
    return render(request, "procedures/people/pick.html", context, status=422 if faults else 200)


def _told_text(person: Person) -> str:
    if person.account:
        return "Назначено. Человек прочтёт об этом во «Входящих» и в письме дня; накануне портал напомнит."
    return f"Назначено. У {person.short_name} нет входа на портал: сообщите о назначении сами или пригласите."


@require_POST
@role_required(*DEPARTMENT)
def venue_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Venue, pk=pk)
    try:
        services.remove_venue(venue=row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    messages.success(request, "Место удалено.")
    return redirect("procedures:coverage")


@role_required(*DEPARTMENT, Role.DIRECTOR, Role.COORDINATOR)
def assignment_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an assignment back; a school only those of its own participants."""
    found = Assignment.objects.current().with_places()
    if request.user.is_school:
        own = request.user.organization
        found = found.filter(person__registered_by=own, venue__organization=own)
    row = get_object_or_404(found, pk=pk)
    form = ReasonForm(request.POST or None, button="Отменить назначение")
    back = "procedures:participants" if request.user.is_school else "procedures:coverage"
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_assignment(assignment=row, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Назначение отменено.")
            return redirect(back) if request.user.is_school else redirect(row.venue)
    return render(request, "procedures/people/cancel.html", {"form": form, "assignment": row, "back": back})


@require_safe
@role_required(*AUTHORITY)
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list of assignments of a procedure, ready to print."""
    procedure = get_object_or_404(Procedure, pk=pk)
    rows = list(selectors.sheet_rows(procedure))
    context = {"procedure": procedure, "headers": selectors.SHEET_HEADERS, "rows": rows}
    return render(request, "procedures/people/sheet.html", context)


@require_safe
@role_required(*AUTHORITY)
def sheet_file(request: SignedInRequest, pk: int) -> FileResponse:
    procedure = get_object_or_404(Procedure, pk=pk)
    content = export_table(selectors.SHEET_HEADERS, selectors.sheet_rows(procedure), title="Назначения")
    name = f"Назначения, {procedure}, {timezone.localdate():%Y-%m-%d}.xlsx"
    return files.send(BytesIO(content), name=name, content_type=files.XLSX)


@require_safe
@role_required(*AUTHORITY)
def acts(request: SignedInRequest) -> HttpResponse:
    """Remarks to work on, and the acts they come from."""
    found = Act.objects.visible_to(request.user).select_related(
        "assignment__person", "assignment__venue__procedure", "assignment__venue__organization"
    )
    due = Assignment.objects.current().filter(on__lt=timezone.localdate()).exclude(act__state=Act.State.SENT)
    context = {
        "open": selectors.remarks(is_open=True),
        "closed": selectors.remarks(is_open=False)[:20],
        "acts": found[:100],
        "due": due.filter(capacity="observer").with_places().order_by("on")[:50],
        "answers": selectors.answers_of(periods.school_year_of(timezone.localdate())),
        "form": RemarkForm() if request.user.is_department else None,
    }
    return render(request, "procedures/people/acts.html", context)


@require_POST
@role_required(*DEPARTMENT)
def remark_close(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Remark, pk=pk)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Напишите, что сделано: без этого замечание остаётся в работе.")
        return redirect("procedures:acts")
    try:
        act_services.close_remark(remark=row, answer=form.cleaned_data["answer"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Замечание отработано.")
    return redirect("procedures:acts")


@require_safe
@role_required(*AUTHORITY, *SENT_OUT)
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """A sent act: for the authority and its author."""
    found = Act.objects.visible_to(request.user).filter(state=Act.State.SENT)
    row = get_object_or_404(
        found.select_related(
            "assignment__person", "assignment__venue__procedure", "assignment__venue__organization",
            "assignment__venue__site", "form",
        ),
        pk=pk,
    )  # fmt: skip
    context = {"act": row, "rows": checklist.rows(row.form.asked, row.answers), "remarks": row.remarks.all()}
    if request.user.is_authority:
        context["history"] = events.history(row)
    return render(request, "procedures/people/act.html", context)


@require_safe
@role_required(*AUTHORITY)
def participation(request: SignedInRequest) -> HttpResponse:
    """Representatives of the public and observers by procedure."""
    return render(request, "procedures/people/participation.html", {"participation": selectors.public_participation()})
