"""A decision's own page and what is done with it as a whole: approval, signature, control, cancelling."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.core import events, files
from apps.core.findings import Refused
from apps.procedures.people.forms.base import tell
from apps.roadmaps.decisions import exporting, filling, selectors
from apps.roadmaps.decisions.control import may_control, usual_place, usual_signer
from apps.roadmaps.decisions.forms import ApprovalForm, CancelForm, ControllerForm, SignForm
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionAnnex
from apps.roadmaps.decisions.services import approving, cancel_decision, sign_decision, signing, terms
from apps.roadmaps.decisions.views.preparing import EDITORS, own_draft

SIGN_NOTE = (
    "После подписания слова не меняются. У каждого исполнителя появится своя строка, он получит уведомление; "
    "документы в приложениях будут считаться утверждёнными."
)
CANCEL_NOTE = "Исполнители увидят отмену и причину. Сделанное и отчёты останутся, напоминаний больше не будет."
APPROVAL_NOTE = "Визы ставят по очереди. Пока идёт согласование, слова проекта не меняются; отозвать его можно всегда."
READERS = (*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER)


def seen_decision(request: SignedInRequest, pk: int) -> Decision:
    found: Decision = get_object_or_404(
        Decision.objects.visible_to(request.user).select_related("organization", "controller", "author", "signed_by"),
        pk=pk,
    )
    return found


@require_safe
@role_required(*READERS)
def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """An act for whoever sees it: an executor finds only the own items."""
    return _page(request, seen_decision(request, pk))


def _page(request: SignedInRequest, found: Decision, remark: str = "") -> HttpResponse:
    """`remark` was typed and refused: it stays in its place."""
    page = selectors.page_of(found, request.user)
    keeps = Decision.objects.editable_by(request.user).filter(pk=found.pk).exists()
    step = approving.current_step(found)
    left = filling.blanks(found.title, found.preamble, *(row.item.text for row in page.items))
    context = {
        "page": page,
        "decision": found,
        "keeps": keeps,
        "controls": may_control(request.user, found),
        "step": step,
        "remark": remark,
        "my_turn": step is not None and step.user_id == request.user.pk,
        "steps": found.steps.select_related("user") if page.oversees else [],
        "annexes": found.annexes.select_related("file", "decision", "version__file", "version__document"),
        "blanks": left if found.is_draft else [],
        "history": events.history(found)[:30] if page.oversees else [],
    }
    return render(request, "roadmaps/decisions/detail.html", context)


def _with_form(
    request: SignedInRequest,
    decision: Decision,
    form: Any,
    act: Callable[[dict[str, Any]], object],
    words: tuple[str, ...],
) -> HttpResponse:
    """A page of one form; `words`: its heading, what is said when it is done, what will happen where that matters."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, words[1])
            return redirect(decision)
    context = {"form": form, "decision": decision, "heading": words[0], "note": "".join(words[2:])}
    return render(request, "roadmaps/decisions/step.html", context)


@role_required(*EDITORS)
def sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Number and date; the number after the last one and the head's name are offered."""
    found = own_draft(request, pk)
    day = found.signed_on or timezone.localdate()
    number = found.number or signing.next_number(kind=found.kind, organization=found.organization, year=day.year)
    signer = found.signer or usual_signer(found.organization)
    place = found.place or usual_place(found.organization)
    initial = {"number": number, "signed_on": day, "signer": signer, "place": place}
    left = filling.blanks(found.title, found.preamble, *(item.text for item in found.items.all()))
    form = SignForm(request.POST or None, initial=initial, blanks=left)

    def act(data: dict[str, Any]) -> Decision:
        data.pop("with_blanks", None)
        return sign_decision(decision=found, by=request.user, **data)

    words = ("Подписание и регистрация", "Решение действует. Исполнители увидят его у себя.", SIGN_NOTE)
    return _with_form(request, found, form, act, words)


@role_required(*EDITORS)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    found = own_draft(request, pk)
    words = ("Отмена решения", "Решение отменено. Пункты больше не ждут исполнения.", CANCEL_NOTE)
    form = CancelForm(request.POST or None)
    return _with_form(
        request, found, form, lambda data: cancel_decision(decision=found, by=request.user, **data), words
    )


@role_required(*EDITORS)
def controller(request: SignedInRequest, pk: int) -> HttpResponse:
    found = own_draft(request, pk)
    form = ControllerForm(request.POST or None, organization=found.organization)
    words = ("Кто контролирует исполнение", "Контроль передан.")
    return _with_form(
        request, found, form, lambda data: terms.change_controller(decision=found, by=request.user, **data), words
    )


@role_required(*EDITORS)
def approval(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a draft round."""
    found = own_draft(request, pk)
    form = ApprovalForm(request.POST or None, organization=found.organization)
    words = ("Согласование проекта", "Проект отправлен на согласование.", APPROVAL_NOTE)
    return _with_form(
        request,
        found,
        form,
        lambda data: approving.send_to_approval(decision=found, people=data["people"], by=request.user),
        words,
    )


@require_POST
@role_required(*AUTHORITY, *SCHOOL)
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agree, return or recall, by the button that was pressed."""
    found, remark = seen_decision(request, pk), request.POST.get("remark", "")
    try:
        if "agree" in request.POST:
            approving.agree(decision=found, by=request.user, remark=remark)
            messages.success(request, "Согласовано.")
        elif "recall" in request.POST:
            approving.recall(decision=found, by=request.user)
            messages.success(request, "Согласование снято, проект можно править.")
        else:
            approving.give_back(decision=found, by=request.user, remark=remark)
            messages.success(request, "Проект возвращён с замечанием.")
    except Refused as refusal:
        for finding in refusal.findings:
            messages.error(request, str(finding))
        return _page(request, seen_decision(request, pk), remark)
    return redirect(found)


@require_safe
@role_required(*READERS)
def annex_file(request: SignedInRequest, pk: int) -> FileResponse:
    """An annex for those who see the decision."""
    visible = Decision.objects.visible_to(request.user)
    annexes = DecisionAnnex.objects.filter(decision__in=visible).select_related("file", "version__file")
    annex = get_object_or_404(annexes, pk=pk)
    if annex.kept is None:
        raise Http404
    return files.send_private(annex.kept)


@require_safe
def open_act(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A published document for everybody: its file, or the page of its text."""
    published = DecisionAnnex.objects.filter(published_at__isnull=False)
    annex = get_object_or_404(published.select_related("file", "version__file", "decision"), pk=pk)
    if annex.kept is not None:
        return files.send_private(annex.kept)
    return render(request, "roadmaps/decisions/open_text.html", {"annex": annex})


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def execution(request: SignedInRequest, pk: int, kind: str) -> FileResponse:
    """The state of execution as docx or xlsx, for those who oversee it."""
    found = seen_decision(request, pk)
    if kind not in {"docx", "xlsx"} or not (
        request.user.is_authority or found.organization == request.user.organization
    ):
        raise Http404
    lines = Assignment.objects.visible_to(request.user).filter(item__decision=found)
    name = f"Исполнение {found.short}.{kind}".replace("/", "-")
    if kind == "xlsx":
        return _download(exporting.as_xlsx(lines), name, files.XLSX)
    return _download(exporting.as_docx(found, lines), name, exporting.DOCX)


def _download(data: bytes, name: str, content_type: str) -> FileResponse:

    return files.send(BytesIO(data), name=name, content_type=content_type)
