"""What a person sent somewhere does: own assignments, the act, the expert sheet. Made for a phone."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import Role
from apps.core.findings import Finding, Refused
from apps.procedures.people import checklist
from apps.procedures.people.models import Act, Assignment, ExpertSheet, Person
from apps.procedures.people.services import act_forms, expertise
from apps.procedures.people.services import acts as act_services

# A teacher or a coordinator of one school may be sent to another and acts in the role they have.
SENT_OUT = (
    Role.OBSERVER,
    Role.EXPERT,
    Role.PUBLIC_REPRESENTATIVE,
    Role.ASSOCIATION_LEADER,
    Role.COORDINATOR,
    Role.DIRECTOR,
)


@require_safe
@role_required(*SENT_OUT)
def assignments(request: SignedInRequest) -> HttpResponse:
    """Where I am sent, what I have to fill."""
    today = timezone.localdate()
    mine = list(Assignment.objects.of_user(request.user).with_places().order_by("on"))
    current = [each for each in mine if not each.is_cancelled]
    done = [each for each in current if _act_of(each) and _act_of(each).is_sent]
    context = {
        "person": Person.objects.of_user(request.user).prefetch_related("accreditations").first(),
        "today": today,
        "waiting": [each for each in current if each not in done],
        "done": done[::-1],
        "cancelled": [each for each in mine if each.is_cancelled and each.on >= today],
        "sheets": ExpertSheet.objects.of_user(request.user).select_related("task__subject").order_by("task__due_on"),
    }
    return render(request, "procedures/people/own.html", context)


def _typed(request: SignedInRequest, name: str) -> str:
    """A long text as the browser counts its letters: a line break is one."""
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\x00", "")


def _act_of(assignment: Assignment) -> Any:
    return getattr(assignment, "act", None)


@role_required(*SENT_OUT)
def act(request: SignedInRequest, pk: int) -> HttpResponse:
    """The act of one assignment: a draft as often as wanted, sent once."""
    mine = Assignment.objects.of_user(request.user).current().with_places()
    row = get_object_or_404(mine, pk=pk)
    found: Act | None = _act_of(row)
    if found and found.is_sent:
        return redirect(found)
    answers, text = (found.answers, found.text) if found else ({}, "")
    form = found.form if found else act_forms.form_for(row.venue.procedure)
    told: list[Finding] = []
    if request.method == "POST":
        answers = {question.code: request.POST.get(question.code, "") for question in form.asked}
        text = _typed(request, "text")
        service = act_services.send_act if "send" in request.POST else act_services.save_act
        try:
            made = service(assignment=row, answers=answers, text=text, by=request.user)
        except Refused as refusal:
            told = refusal.findings
            if "send" in request.POST:  # what is typed is kept all the same, if it can be
                with suppress(Refused):
                    act_services.save_act(assignment=row, answers=answers, text=text, by=request.user)
        else:
            if made.is_sent:
                return redirect(made)
            messages.success(request, f"Черновик сохранён в {timezone.localtime(made.saved_at):%H:%M}.")
            return redirect("procedures:own_act", row.pk)
    silent = checklist.missing(form.asked, answers) if told else []
    asked = [(question, answers.get(question.code, ""), question in silent) for question in form.asked]
    context = {
        "assignment": row, "asked": asked, "choices": checklist.ANSWERS, "text": text,
        "told": [finding for finding in told if finding.code != "no_answer"], "refused": bool(told),
        "saved_at": found.saved_at if found else None, "form": form,
        "too_early": row.on > timezone.localdate(),
    }  # fmt: skip
    return render(request, "procedures/people/own_act.html", context)


@role_required(*SENT_OUT)
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """An expert sheet: points and a remark by criterion."""
    mine = ExpertSheet.objects.of_user(request.user).select_related("task__procedure", "task__subject", "person")
    row = get_object_or_404(mine, pk=pk)
    criteria = list(row.task.criteria.all())
    lines = [
        {"criterion": each, "points": row.points(each), "remark": row.answers.get(str(each.pk), [None, ""])[1]}
        for each in criteria
    ]
    told: list[str] = []
    conclusion = row.conclusion
    if request.method == "POST" and not row.is_sent:
        conclusion = _typed(request, "conclusion")
        lines, answers, told = _read(request, criteria)
        service = expertise.send_sheet if "send" in request.POST else expertise.save_sheet
        if not told:
            try:
                made = service(sheet=row, answers=answers, conclusion=conclusion, by=request.user)
            except Refused as refusal:
                told = [str(finding) for finding in refusal.findings]
            else:
                text = f"Лист № {made.number} отправлен." if made.is_sent else "Черновик сохранён."
                messages.success(request, text)
                return redirect(row)
    total = sum(line["points"] or 0 for line in lines if not isinstance(line["points"], str))
    context = {
        "sheet": row, "task": row.task, "lines": lines, "conclusion": conclusion, "told": told, "total": total,
        "maximum": sum(each.maximum for each in criteria),
    }  # fmt: skip
    return render(request, "procedures/people/own_sheet.html", context)


def _read(request: SignedInRequest, criteria: Any) -> tuple[list[dict[str, Any]], dict[int, Any], list[str]]:
    """What was typed, as lines for the page and answers for the service; what is no whole number is told."""
    lines, answers, told = [], {}, []
    for each in criteria:
        typed = request.POST.get(f"points-{each.pk}", "").strip()
        remark = _typed(request, f"remark-{each.pk}")
        points = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None
        if typed and points is None:
            told.append(f"«{each.text}»: «{typed[:20]}» — не целое число. Укажите от 0 до {each.maximum}.")
        lines.append({"criterion": each, "points": typed if points is None else points, "remark": remark})
        answers[each.pk] = (points, remark)
    return lines, answers, told
