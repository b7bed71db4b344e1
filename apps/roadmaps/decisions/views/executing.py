"""Lines of execution: the board, an executor's own, one line, one item with all its executors."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.core import events, files
from apps.core.findings import Refused
from apps.organizations.models import Organization
from apps.procedures.people.forms.base import tell
from apps.roadmaps.decisions import exporting, reminding
from apps.roadmaps.decisions.addressing import words_of
from apps.roadmaps.decisions.control import controller_of, may_control
from apps.roadmaps.decisions.filters import AssignmentFilter
from apps.roadmaps.decisions.forms import ReportForm, ReviewForm, TermForm
from apps.roadmaps.decisions.models import Assignment, AssignmentProof, DecisionItem
from apps.roadmaps.decisions.services import executing, terms
from apps.roadmaps.decisions.tables import AssignmentTable, OwnAssignmentTable
from apps.roadmaps.decisions.todo import own_lines

READERS = (*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER)


def _say(request: SignedInRequest, refusal: Refused) -> None:
    for finding in refusal.findings:
        messages.error(request, str(finding))


def _board_lines(user: Any) -> Any:
    return Assignment.objects.visible_to(user).of_authority().in_force()


@require_safe
@role_required(*AUTHORITY)
def board(request: SignedInRequest) -> HttpResponse:
    """Every line of every act in force, narrowed."""
    lines = _board_lines(request.user)
    narrowed = AssignmentFilter(request.GET, queryset=lines.with_executors().by_urgency())
    table = AssignmentTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {
        "filter": narrowed,
        "table": table,
        "counts": lines.count_by_state(),
        "tab": "board",
        "query": request.GET.urlencode(),
    }
    return render(request, "roadmaps/decisions/board.html", context)


@require_safe
@role_required(*AUTHORITY)
def board_file(request: SignedInRequest) -> FileResponse:
    """What the board shows, as xlsx."""
    narrowed = AssignmentFilter(request.GET, queryset=_board_lines(request.user))
    data = exporting.as_xlsx(Assignment.objects.filter(pk__in=narrowed.qs.order_by().values("pk")))
    name = f"Исполнение решений на {timezone.localdate():%d.%m.%Y}.xlsx"
    return files.send(BytesIO(data), name=name, content_type=files.XLSX)


@require_safe
@role_required(*DEPARTMENT, *SCHOOL, Role.METHODOLOGIST, Role.ADMIN, Role.ASSOCIATION_LEADER)
def own(request: SignedInRequest) -> HttpResponse:
    """What the reader is to execute."""
    mine = own_lines(request.user).with_details()
    table = OwnAssignmentTable(mine.by_urgency())
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"table": table, "counts": mine.count_by_state(), "tab": "mine" if request.user.is_authority else "lines"}
    return render(request, "roadmaps/decisions/own.html", context)


def _line(request: SignedInRequest, pk: int) -> Assignment:
    visible = Assignment.objects.visible_to(request.user).with_details()
    found: Assignment = get_object_or_404(
        visible.select_related("reported_by", "reviewed_by", "received_by", "association__leader"), pk=pk
    )
    return found


def _line_page(request: SignedInRequest, line: Assignment, **forms: Any) -> HttpResponse:
    controls = may_control(request.user, line.item.decision)
    in_force = line.item.decision.is_in_force
    reports = in_force and line.is_open and executing.may_report(request.user, line)
    context = {
        "line": line,
        "decision": line.item.decision,
        "reports": reports,
        "controls": controls and in_force,
        "report_form": forms.get("report") or (ReportForm(line=line) if reports else None),
        "review_form": forms.get("review") or ReviewForm(),
        "term_form": forms.get("term") or TermForm(initial={"due_on": line.due_on}),
        "failed": next(iter(forms.values()), None),
        "proofs": line.proofs.select_related("file", "added_by"),
        "extensions": [*line.item.extensions.filter(assignment=None), *line.extensions.all()],
        "controller": controller_of(line.item.decision),
        "history": events.history(line)[:30],
    }
    return render(request, "roadmaps/decisions/line.html", context)


@role_required(*READERS)
def line(request: SignedInRequest, pk: int) -> HttpResponse:
    """One line: a post reports, reviews or moves the term, by the button that was pressed."""
    found = _line(request, pk)
    if request.method != "POST":
        return _line_page(request, found)
    if "receive" in request.POST:
        try:
            executing.receive(line=found, by=request.user)
            messages.success(request, "Получение подтверждено.")
        except Refused as refusal:
            _say(request, refusal)
        return redirect(found)
    if "report" in request.POST:
        return _reported(request, found)
    return _controlled(request, found)


def _reported(request: SignedInRequest, found: Assignment) -> HttpResponse:
    form = ReportForm(request.POST, request.FILES, line=found)
    if form.is_valid():
        try:
            executing.report(line=found, new=form.report(), by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Отчёт отправлен тому, кто контролирует решение.")
            return redirect(found)
    return _line_page(request, found, report=form)


def _controlled(request: SignedInRequest, found: Assignment) -> HttpResponse:
    if not may_control(request.user, found.item.decision):
        raise Http404
    extending = "extend" in request.POST
    form: Any = TermForm(request.POST) if extending else ReviewForm(request.POST)
    if form.is_valid():
        try:
            said = _extended(request, found, form) if extending else _reviewed(request, found, form)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, said)
            return redirect(found)
    return _line_page(request, found, **{"term" if extending else "review": form})


def _extended(request: SignedInRequest, found: Assignment, form: TermForm) -> str:
    terms.extend_line(line=found, by=request.user, **form.cleaned_data)
    return "Срок перенесён, исполнитель увидит это."


def _reviewed(request: SignedInRequest, found: Assignment, form: ReviewForm) -> str:
    text = form.cleaned_data["text"]
    if "accept" in request.POST:
        executing.accept(line=found, by=request.user, text=text)
        return "Отчёт принят, пункт исполнен."
    if "withdraw" in request.POST:
        executing.withdraw(line=found, by=request.user, reason=text)
        return "Строка снята с исполнения."
    executing.give_back(line=found, by=request.user, text=text)
    return "Отчёт возвращён на доработку."


@require_safe
@role_required(*READERS)
def proof(request: SignedInRequest, pk: int) -> FileResponse:
    """A file that shows execution, for those who see the line; always a download."""
    visible = Assignment.objects.visible_to(request.user)
    found = get_object_or_404(AssignmentProof.objects.filter(assignment__in=visible).select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return files.send_private(found.file)


@role_required(*AUTHORITY, *SCHOOL)
def item(request: SignedInRequest, pk: int) -> HttpResponse:
    """One item with all its executors, for those who oversee it; a post moves its term."""
    visible = DecisionItem.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("decision__organization", "decision__controller", "person"), pk=pk)
    decision = found.decision
    if not request.user.is_authority and decision.organization != request.user.organization:
        mine = Assignment.objects.visible_to(request.user).filter(item=found).first()
        return redirect(mine or decision)
    controls = decision.is_in_force and may_control(request.user, decision)
    form = TermForm(request.POST or None, initial={"due_on": found.due_on or timezone.localdate()})
    if request.method == "POST":
        if not controls:
            raise Http404
        if form.is_valid():
            try:
                terms.extend_item(item=found, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(request, "Срок перенесён у всех, кто ещё не отчитался.")
                return redirect(found)
    lines = Assignment.objects.visible_to(request.user).filter(item=found).with_details()
    table = AssignmentTable(lines.by_urgency(), exclude=("item",))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "item": found,
        "decision": decision,
        "table": table,
        "counts": lines.count_by_state(),
        "form": form,
        "controls": controls,
        "addressed": words_of(found),
        "extensions": found.extensions.select_related("extended_by", "assignment__organization"),
        "others": Organization.objects.educational().active().exclude(assignments__item=found) if controls else [],
    }
    return render(request, "roadmaps/decisions/item.html", context)


@require_POST
@role_required(*AUTHORITY, *SCHOOL)
def item_act(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remind those who have not reported, or give the item to more organisations."""
    visible = DecisionItem.objects.visible_to(request.user).select_related("decision__organization")
    found = get_object_or_404(visible, pk=pk)
    try:
        if "remind" in request.POST:
            told = reminding.remind_item(item=found, by=request.user, today=timezone.localdate())
            messages.success(request, f"Напоминание отправлено, получателей: {told}.")
        else:
            ticked = set(request.POST.getlist("organizations"))
            chosen = [one for one in Organization.objects.educational().active() if one.code in ticked]
            added = terms.add_executors(item=found, organizations=chosen, by=request.user)
            messages.success(request, f"Добавлено исполнителей: {added}.")
    except Refused as refusal:
        _say(request, refusal)
    return redirect(found)
