"""The schedule as a month, by school, with remarks, as a workbook; the usual hours of subjects."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.core import files, periods
from apps.core.months import month_of
from apps.organizations.models import Organization
from apps.procedures.schedule import annex, reading, rules, selectors
from apps.procedures.schedule.services import days as services
from apps.procedures.schedule.views.asking import attachment, said

MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
          "декабрь")  # fmt: skip
MOST_HOURS = 500


def _school(code: str | None) -> Organization | None:
    found: Organization | None = reading.school_organizations().filter(code=code).first() if code else None
    return found


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def month(request: SignedInRequest) -> HttpResponse:
    """A month of the municipality or of one school; a school sees its own."""
    first = month_of(request.GET.get("month"))
    school = request.user.organization if request.user.is_school else _school(request.GET.get("school"))
    shown = selectors.month(first, school)
    context = {
        "month": shown,
        "title": f"{MONTHS[first.month - 1].capitalize()} {first.year}",
        "school": school,
        "schools": reading.school_organizations() if request.user.is_authority else [],
        "days": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
        "tab": "month",
    }
    return render(request, "procedures/schedule/month.html", context)


@require_safe
@role_required(*AUTHORITY)
def by_school(request: SignedInRequest) -> HttpResponse:
    """The year of one school: municipal works and its own on one list."""
    span = reading.year_of(request.GET.get("year"))
    school = _school(request.GET.get("school"))
    context = {
        "year": reading.slug(span),
        "span_title": periods.title(span),
        "years": reading.year_choices(),
        "schools": reading.school_organizations(),
        "school": school,
        "plan": selectors.school_plan(school, span) if school else None,
        "tab": "schools",
    }
    return render(request, "procedures/schedule/schools.html", context)


@require_safe
@role_required(*AUTHORITY)
def checks(request: SignedInRequest) -> HttpResponse:
    """What the rules say of the schedule of all schools."""
    span = reading.year_of(request.GET.get("year"))
    groups = selectors.municipal_remarks(span)
    chosen = request.GET.get("rule", "")
    counts = [(rule, sum(group.remark.code == rule.code for group in groups)) for rule in rules.RULES]
    context = {
        "year": reading.slug(span),
        "span_title": periods.title(span),
        "years": reading.year_choices(),
        "groups": [group for group in groups if group.remark.code == chosen] if chosen in rules.BY_CODE else groups,
        "counts": counts,
        "chosen": chosen,
        "without_hours": selectors.without_hours(span),
        "tab": "checks",
    }
    return render(request, "procedures/schedule/checks.html", context)


@require_safe
@role_required(*AUTHORITY)
def annex_xlsx(request: SignedInRequest) -> HttpResponse:
    """The schedule of the municipality or of a school as the annex of an order."""
    span = reading.year_of(request.GET.get("year"))
    school = _school(request.GET.get("school"))
    content = school_annex(school, span) if school else municipal_annex(span)
    name = f"grafik-{school.code + '-' if school else ''}{reading.slug(span)}.xlsx"
    return attachment(content, name=name, content_type=files.XLSX)


def municipal_annex(span: periods.PeriodSpan) -> bytes:
    return annex.workbook(
        title=f"Единый график оценочных процедур. {periods.title(span)}",
        columns=annex.MUNICIPAL,
        rows=annex.municipal_rows(selectors.catalogue(span, {})),
        note="Если указан срок, школа выбирает день внутри него. Проект подготовлен порталом и требует проверки.",
    )


def school_annex(school: Organization, span: periods.PeriodSpan) -> bytes:
    return annex.workbook(
        title=f"График оценочных процедур. {school}. {periods.title(span)}",
        columns=annex.OF_SCHOOL,
        rows=annex.school_rows(reading.entries(span.starts_on, span.ends_on, organizations=[school])),
        note="Проект подготовлен порталом и требует проверки.",
    )


@role_required(*DEPARTMENT, *SCHOOL)
def hours(request: SignedInRequest) -> HttpResponse:
    """Hours of subjects by the curriculum: of the school, or the usual ones of the municipality."""
    span = reading.year_of(request.GET.get("year"))
    school = request.user.organization if request.user.is_school else None
    rows = selectors.hours_rows(span, school)
    faults: list[str] = []
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = {row.name: request.POST.get(row.name, "").strip() for row in rows}
        wanted: dict[Any, int | None] = {}
        for row in rows:
            text = typed[row.name]
            if text and not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_HOURS):
                faults.append(f"{row.subject}, {row.grade} класс: нужно целое число от 1 до {MOST_HOURS}.")
            else:
                wanted[row.subject, row.grade] = int(text) if text else None
        if not faults and said(
            request,
            lambda: services.set_hours(span=span, hours=wanted, by=request.user, organization=school),
            "Часы сохранены.",
        ):
            return redirect(f"{request.path}?year={reading.slug(span)}")
    context = {
        "rows": [(row, typed.get(row.name, "" if row.own is None else str(row.own))) for row in rows],
        "faults": faults,
        "year": reading.slug(span),
        "span_title": periods.title(span),
        "school": school,
        "share": rules.LARGEST_SHARE,
    }
    return render(request, "procedures/schedule/hours.html", context)
