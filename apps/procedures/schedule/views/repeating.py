"""Carrying procedures over to the next school year: those of the authority, and a school's own works."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.core import periods
from apps.core.findings import Finding, Refused
from apps.core.periods import PeriodSpan
from apps.procedures.schedule import reading, repeat_form, selectors
from apps.procedures.schedule.services import repeating as services
from apps.procedures.schedule.views.school import own_school


@role_required(*DEPARTMENT)
def repeat(request: SignedInRequest) -> HttpResponse:
    """The procedures of a year on new days in the next one."""
    span = reading.year_of(request.GET.get("year"))
    return _repeat(request, span, selectors.catalogue(span, {}), "procedures:register")


@role_required(*SCHOOL)
def own_repeat(request: SignedInRequest) -> HttpResponse:
    """A school's own works on new days in the next year."""
    span = reading.year_of(request.GET.get("year"))
    return _repeat(request, span, selectors.own_rows(own_school(request), span), "procedures:own_schedule")


def _weeks(text: str | None) -> int:
    return next((weeks for weeks in services.WEEKS if str(weeks) == text), services.WEEKS[0])


def _repeat(request: SignedInRequest, span: PeriodSpan, rows: list[Any], back: str) -> HttpResponse:
    weeks = _weeks(request.GET.get("weeks"))
    typed = request.POST if request.method == "POST" else None
    lines = repeat_form.lines(rows, weeks=weeks, typed=typed, marked=set(request.POST.getlist("rows")))
    following = periods.school_year(span.starts_on.year + 1)
    faults: list[Finding] = []
    if typed is not None:
        chosen = [line for line in lines if line.is_marked]
        days = {line.row.procedure.pk: line.days(faults) for line in chosen}
        if not chosen:
            messages.warning(request, "Отметьте хотя бы одну процедуру.")
        elif not faults:
            try:
                done = services.repeat_procedures(
                    procedures=[line.row.procedure for line in chosen],
                    by=request.user,
                    days=days,
                    with_people="people" in typed,
                    with_steps="steps" in typed,
                )
            except Refused as refusal:
                faults = refusal.findings
            else:
                text = f"Перенесено: {len(done.made)}. Проверьте дни и приложите новый документ."
                messages.success(request, text)
                return redirect(f"{reverse(back)}?year={reading.slug(following)}")
    context = {
        "lines": lines,
        "faults": faults,
        "span_title": periods.title(span),
        "next_title": periods.title(following),
        "years": reading.year_choices(),
        "year": reading.slug(span),
        "weeks": weeks,
        "with_people": typed is None or "people" in typed,
        "with_steps": typed is None or "steps" in typed,
        "is_school": request.user.is_school,
        "back": reverse(back),
        "waiting": sum(not line.has_successor for line in lines),
    }
    return render(request, "procedures/schedule/repeat.html", context, status=422 if faults else 200)
