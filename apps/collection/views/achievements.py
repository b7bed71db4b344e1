"""Achievements of pupils: counts by class and kind; names stay in the school's own workbook."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL
from apps.collection.achievements.book import local_book
from apps.collection.achievements.kinds import MOST, Counts, places
from apps.collection.forms import UploadForm
from apps.collection.models import AchievementReport
from apps.collection.selectors import achievements as selectors
from apps.collection.selectors.achievements import Grid
from apps.collection.services import achievements as services
from apps.core import events, files
from apps.core.findings import Refused, error
from apps.core.models import Period
from apps.core.periods import PeriodKind, PeriodSpan
from apps.organizations.models import Organization
from apps.workbooks.cells import parse_number

UNPROCESSABLE = 422


def _place(request: SignedInRequest, span: PeriodSpan) -> tuple[Organization, Period]:
    organization = request.user.organization
    if organization is None or span.kind != PeriodKind.SCHOOL_YEAR:
        raise Http404
    current = selectors.current_year()
    if span.code != current.code:  # a past year that has a report; a year to come has none
        known = AchievementReport.objects.visible_to(request.user).filter(period__code=span.code)
        if not known.exists() and span.starts_on > current.starts_on:
            raise Http404
    return organization, Period.objects.named(span)


@require_safe
@role_required(*SCHOOL)
def own(request: SignedInRequest) -> HttpResponse:
    return redirect("collection:achievements", period=selectors.current_year())


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*SCHOOL)
def achievements(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    """The grid of counts. «Сохранить» writes all of it, or nothing with every fault said."""
    organization, row = _place(request, period)
    if request.method == "POST":
        return _save(request, organization, row)
    return _render(request, Grid(organization, row))


def _render(request: SignedInRequest, grid: Grid, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "grid": grid,
        "upload_form": UploadForm(),
        "history": events.history(grid.report)[:10] if grid.report else [],
        **more,
    }
    return render(request, "collection/achievements/own.html", context, status=status)


def _count(text: str) -> int | None:
    """A whole number from 0 on; None for anything else."""
    number = parse_number(text)
    if isinstance(number, Decimal) and number == number.to_integral_value() and 0 <= number <= MOST:
        return int(number)
    return None


def _save(request: SignedInRequest, organization: Organization, period: Period) -> HttpResponse:
    typed = {
        name: value[:20] for name, value in request.POST.items() if name.startswith("n-") and isinstance(value, str)
    }
    counts: Counts = {}
    bad = []
    for grade, kind, level in places():
        name = f"n-{grade}-{kind}-{level}"
        text = typed.get(name, "").strip()
        if not text:
            continue
        number = _count(text)
        if number is None:
            bad.append(name)
        else:
            counts[grade, kind, level] = number
    seen = request.POST.get("revision", "")
    try:
        if bad:
            message = f"Полей с ошибкой: {len(bad)}. Они отмечены. Ничего не записано."
            raise Refused([error("not_counts", message, expected=f"целое число от 0 до {MOST}")])
        revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
        services.save_counts(
            organization=organization, period=period, counts=counts, revision=revision, by=request.user
        )
    except Refused as refusal:
        grid = Grid(organization, period, typed, frozenset(bad))
        return _render(request, grid, UNPROCESSABLE, refused=refusal.findings)
    messages.success(request, "Достижения записаны.")
    return redirect("collection:achievements", period=period)


@require_safe
@role_required(*SCHOOL)
def workbook(request: SignedInRequest, period: PeriodSpan) -> FileResponse:
    """The local workbook: the list stays at the school, its totals go up."""
    organization, row = _place(request, period)
    content = local_book(services.owner_of(organization, row), title=services.title_of(organization, row))
    return files.send(
        BytesIO(content), name=f"Достижения {row.slug}, {organization.name}.xlsx", content_type=files.XLSX
    )


@require_POST
@role_required(*SCHOOL)
def upload(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    """Take the totals; the file itself is not kept."""
    organization, row = _place(request, period)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, Grid(organization, row), UNPROCESSABLE, upload_form=form)
    stream = form.cleaned_data["workbook"].file
    try:
        services.upload_totals(organization=organization, period=row, stream=stream, by=request.user)
    except Refused as refusal:
        return _render(request, Grid(organization, row), UNPROCESSABLE, file_findings=refusal.findings)
    messages.success(request, "Свод записан. Сам файл портал не сохранил: имена остались у вас.")
    return redirect("collection:achievements", period=row)


@require_safe
@role_required(*AUTHORITY)
def office_current(request: SignedInRequest) -> HttpResponse:
    return redirect("collection:achievements_board", period=selectors.current_year())


@require_safe
@role_required(*AUTHORITY)
def board(request: SignedInRequest, period: PeriodSpan) -> HttpResponse:
    """Sums of schools by kind and level; no pupil is named anywhere."""
    row = get_object_or_404(Period, code=period.code, kind=Period.Kind.SCHOOL_YEAR)
    rows = selectors.board(row)
    kinds, levels = selectors.board_heads()
    years = Period.objects.filter(pk__in=AchievementReport.objects.values("period")).order_by("-starts_on")
    context = {"period": row, "rows": rows, "kinds": kinds, "levels": levels, "years": years}
    return render(request, "collection/achievements/board.html", context)


@require_safe
@role_required(*AUTHORITY)
def export(request: SignedInRequest, period: PeriodSpan) -> FileResponse:
    row = get_object_or_404(Period, code=period.code, kind=Period.Kind.SCHOOL_YEAR)
    content = selectors.board_workbook(selectors.board(row))
    return files.send(BytesIO(content), name=f"Достижения {row.slug}.xlsx", content_type=files.XLSX)
