"""A school's own pages: its year, its days inside windows, its own works."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import SCHOOL
from apps.core import files, periods
from apps.organizations.models import Kind, Organization
from apps.procedures.models import Procedure, Sitting
from apps.procedures.schedule import reading, selectors
from apps.procedures.schedule.day_forms import DayForm, OwnWorkForm
from apps.procedures.schedule.services import days as services
from apps.procedures.schedule.views.asking import attachment, said, told
from apps.procedures.schedule.views.calendar import school_annex


def own_school(request: SignedInRequest) -> Organization:
    """The user's school; kindergartens and others have no works."""
    organization = request.user.organization
    if organization is None or organization.kind != Kind.SCHOOL:
        raise Http404
    return organization


@require_safe
@role_required(*SCHOOL)
def own_schedule(request: SignedInRequest) -> HttpResponse:
    """The year of the school: what is set, what waits for its day, what the rules say."""
    organization = request.user.organization
    span = reading.year_of(request.GET.get("year"))
    context = {
        "year": reading.slug(span),
        "span_title": periods.title(span),
        "years": reading.year_choices(),
        "is_school": organization is not None and organization.kind == Kind.SCHOOL,
        "plan": selectors.school_plan(organization, span) if organization else None,
    }
    return render(request, "procedures/schedule/own.html", context)


@require_safe
@role_required(*SCHOOL)
def own_xlsx(request: SignedInRequest) -> HttpResponse:
    span = reading.year_of(request.GET.get("year"))
    content = school_annex(own_school(request), span)
    return attachment(content, name=f"grafik-{reading.slug(span)}.xlsx", content_type=files.XLSX)


@role_required(*SCHOOL)
def day(request: SignedInRequest, pk: int) -> HttpResponse:
    """The school chooses its day of a procedure."""
    organization = own_school(request)
    found = Procedure.objects.plan_visible_to(request.user).planned().select_related("subject", "period")
    procedure = get_object_or_404(found.filter(organization__isnull=True), pk=pk)
    days = reading.days_of(procedure)
    if days is None or organization not in reading.takes_part([procedure], [organization])[procedure.pk]:
        raise Http404
    own = list(procedure.sittings.filter(organization=organization))
    initial = {"held_on": days[0] if days[0] == days[1] else None, "length": 1}
    edited = next((one for one in own if str(one.pk) == request.GET.get("sitting")), own[0] if len(own) == 1 else None)
    if edited:
        names = ("held_on", "lesson", "lessons_in_day", "length", "classes")
        initial = {name: getattr(edited, name) for name in names}
    form = DayForm(request.POST or None, initial=initial, first=days[0], last=days[1], grade=procedure.grade)
    if request.method == "POST" and form.is_valid():
        chosen = told(
            form,
            lambda: services.choose_day(procedure=procedure, organization=organization, day=form.day, by=request.user),
        )
        if chosen:
            messages.success(request, f"{procedure}: записан день {chosen.held_on:%d.%m.%Y}.")
            return redirect("procedures:own_schedule")
    span = procedure.period.span
    others = [
        entry
        for entry in reading.entries(span.starts_on, span.ends_on, organizations=[organization], grade=procedure.grade)
        if entry.procedure != procedure and entry.last >= days[0] and entry.first <= days[1]
    ]
    context = {"form": form, "procedure": procedure, "days": reading.days_text(*days), "own": own, "others": others}
    return render(request, "procedures/schedule/day.html", context)


@require_POST
@role_required(*SCHOOL)
def day_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    sitting = get_object_or_404(
        Sitting.objects.filter(organization=request.user.organization, procedure__organization__isnull=True), pk=pk
    )
    said(request, lambda: services.drop_day(sitting=sitting, by=request.user), "Выбранный день отменён.")
    return redirect("procedures:own_day", sitting.procedure_id)


@role_required(*SCHOOL)
def work(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """The school's own work: new, or changed."""
    organization = own_school(request)
    procedure = None
    initial = {}
    if pk is not None:
        own = Procedure.objects.planned().filter(organization=organization).select_related("subject", "period")
        procedure = get_object_or_404(own, pk=pk)
        sitting = procedure.sittings.first()
        initial = {
            "subject": procedure.subject.name,
            "grade": procedure.grade,
            "session": procedure.session,
            "document": procedure.document,
            "is_public": procedure.is_public,
            "held_on": procedure.held_on,
        }
        if sitting:
            initial |= {name: getattr(sitting, name) for name in ("lesson", "lessons_in_day", "length", "classes")}
    form = OwnWorkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = told(
            form,
            lambda: services.save_own_work(
                work=form.work, organization=organization, by=request.user, procedure=procedure
            ),
        )
        if saved:
            messages.success(request, "Работа внесена в единый график.")
            return redirect("procedures:own_schedule")
    return render(request, "procedures/schedule/work.html", {"form": form, "procedure": procedure})
