"""Pages of control events: the office keeps them, an organisation answers its remarks."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.core import events, files
from apps.core.findings import Refused
from apps.library.asking import tell
from apps.library.inspections import services
from apps.library.inspections.forms import AnswerForm, ExtendForm, InspectionForm, RemarkForm
from apps.library.inspections.models import Inspection, Remark

READS = (*AUTHORITY, *SCHOOL)


@require_safe
@role_required(*READS)
def inspections(request: SignedInRequest) -> HttpResponse:
    """Control events with counts of remarks, overdue ones first."""
    visible = Inspection.objects.visible_to(request.user).select_related("organization")
    kind = request.GET.get("kind", "")
    found = visible.filter(kind=kind) if kind in Inspection.Kind.values else visible
    waits = Q(remarks__state__in=[Remark.State.OPEN, Remark.State.RETURNED])
    late = Count("remarks", filter=waits & Q(remarks__due_on__lt=timezone.localdate()))
    counted = found.annotate(total=Count("remarks"), waiting=Count("remarks", filter=waits), late=late)
    remarks = Remark.objects.visible_to(request.user)
    context = {
        "page": Paginator(counted.order_by("-late", "-starts_on", "-pk"), 25).get_page(request.GET.get("page")),
        "kinds": Inspection.Kind.choices,
        "kind": kind,
        "overdue": remarks.overdue().select_related("inspection__organization")[:20],
        "answered": remarks.filter(state=Remark.State.ANSWERED).count(),
        "waiting": remarks.awaiting_school().count(),
    }
    return render(request, "library/inspections/list.html", context)


def _edit(request: SignedInRequest, found: Inspection | None) -> HttpResponse:
    form = InspectionForm(request.POST or None, request.FILES or None, inspection=found)
    if request.method == "POST" and form.is_valid():
        new = services.NewInspection(**form.values)
        try:
            saved = services.save_inspection(new=new, by=request.user, inspection=found, file=form.upload)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Мероприятие записано.")
            return redirect(saved)
    return render(request, "library/inspections/edit.html", {"form": form, "inspection": found})


@role_required(*DEPARTMENT)
def inspection_new(request: SignedInRequest) -> HttpResponse:
    return _edit(request, None)


@role_required(*DEPARTMENT)
def inspection_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _edit(request, _inspection(request, pk))


def _inspection(request: SignedInRequest, pk: int) -> Inspection:
    visible = Inspection.objects.visible_to(request.user).select_related("organization", "author", "file")
    return get_object_or_404(visible, pk=pk)


@role_required(*READS)
def inspection(request: SignedInRequest, pk: int) -> HttpResponse:
    """A control event with its remarks; a post of the department adds one."""
    found = _inspection(request, pk)
    form = RemarkForm(request.POST or None) if request.user.is_department else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                services.add_remark(inspection=found, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(request, "Замечание записано, организация увидит его со сроком.")
                return redirect(found)
    context = {
        "inspection": found,
        "remarks": found.remarks.all(),
        "form": form,
        "history": events.history(found)[:30],
    }
    return render(request, "library/inspections/detail.html", context)


@require_safe
@role_required(*READS)
def inspection_file(request: SignedInRequest, pk: int) -> FileResponse:
    found = _inspection(request, pk)
    if found.file is None:
        raise Http404
    return files.send_private(found.file)


def _remark(request: SignedInRequest, pk: int) -> Remark:
    visible = Remark.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("inspection__organization", "proof", "answered_by"), pk=pk)


def _show(
    request: SignedInRequest,
    found: Remark,
    form: AnswerForm | None = None,
    *,
    extend: ExtendForm | None = None,
    review: str = "",
) -> HttpResponse:
    """With what was typed and refused, in its place."""
    may_answer = request.user.is_school and found.awaits_school
    context: dict[str, Any] = {
        "remark": found,
        "inspection": found.inspection,
        "form": (form or AnswerForm(initial={"text": found.answer})) if may_answer else None,
        "review": review,
        "extend_form": (extend or ExtendForm()) if request.user.is_department and found.awaits_school else None,
        "history": events.history(found)[:30],
    }
    return render(request, "library/inspections/remark.html", context)


@role_required(*READS)
def remark(request: SignedInRequest, pk: int) -> HttpResponse:
    """A remark; a post of its organisation answers it."""
    found = _remark(request, pk)
    if request.method != "POST":
        return _show(request, found)
    if not request.user.is_school:
        raise Http404
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["proof"]
        proof = (sent.file, sent.name) if sent else None
        try:
            services.answer_remark(remark=found, text=form.cleaned_data["text"], by=request.user, proof=proof)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Ответ направлен в управление.")
            return redirect(found)
    return _show(request, found, form)


@require_POST
@role_required(*DEPARTMENT)
def remark_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close the remark, give the answer back, or move the term, by the button that was pressed."""
    found, review = _remark(request, pk), request.POST.get("review", "")
    if "extend" in request.POST:
        return _extend(request, found)
    try:
        if "close" in request.POST:
            services.close_remark(remark=found, by=request.user)
            messages.success(request, "Замечание устранено.")
        else:
            services.return_remark(remark=found, review=review, by=request.user)
            messages.success(request, "Ответ возвращён организации.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
        return _show(request, _remark(request, pk), review=review)
    return redirect(found)


def _extend(request: SignedInRequest, found: Remark) -> HttpResponse:
    form = ExtendForm(request.POST)
    if form.is_valid():
        try:
            services.extend_remark(remark=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Срок перенесён.")
            return redirect(found)
    return _show(request, found, extend=form)


@require_safe
@role_required(*READS)
def remark_proof(request: SignedInRequest, pk: int) -> FileResponse:
    found = _remark(request, pk)
    if found.proof is None:
        raise Http404
    return files.send_private(found.proof)
