"""The catalogue of the year: list, a procedure's plan, create, change, repeat, approve."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.core import events, files, periods
from apps.procedures.documents.models import DocumentDraft
from apps.procedures.models import Procedure
from apps.procedures.schedule import reading, selectors
from apps.procedures.schedule.day_forms import CatalogueFilter, DutyForm
from apps.procedures.schedule.forms import DocumentForm, PlanForm, plan_initial
from apps.procedures.schedule.services import duties as duty_services
from apps.procedures.schedule.services import procedures as services
from apps.procedures.schedule.views.asking import said, told

PER_PAGE = 40


def plan_or_404(request: SignedInRequest, pk: int) -> Procedure:
    """A procedure of the schedule that the user may read."""
    found = Procedure.objects.plan_visible_to(request.user).select_related(
        "subject", "period", "organization", "document_file"
    )
    return get_object_or_404(found, pk=pk)


@require_safe
@role_required(*AUTHORITY)
def register(request: SignedInRequest) -> HttpResponse:
    """Procedures of a school year with days, people, document and readiness."""
    form = CatalogueFilter(request.GET)
    chosen = form.chosen
    span = reading.year_of(chosen.get("year"))
    rows = selectors.catalogue(span, chosen)
    context = {
        "form": form,
        "year": reading.slug(span),
        "span_title": periods.title(span),
        "before": reading.slug(periods.school_year(span.starts_on.year - 1)),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "narrowed": any(chosen.get(name) for name in ("kind", "level", "grade", "flag")),
        "lacking": sum(not row.procedure.document for row in rows),
        "tab": "register",
    }
    return render(request, "procedures/schedule/register.html", context)


@role_required(*DEPARTMENT)
def create(request: SignedInRequest) -> HttpResponse:
    """A new procedure, for one grade or for several."""
    now = reading.year_of(request.GET.get("year"))
    initial = {"year": now.code, "is_public": True}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = told(
            form,
            lambda: services.create_procedures(plan=form.plan, grades=form.cleaned_data["grades"], by=request.user),
        )
        if made:
            messages.success(request, f"Внесено в график процедур: {len(made)}.")
            return redirect(made[0].plan_url if len(made) == 1 else "procedures:register")
    return render(request, "procedures/schedule/create.html", {"form": form})


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """A procedure as it is planned; a school reads it without what is the authority's own matter."""
    procedure = plan_or_404(request, pk)
    return render(request, "procedures/schedule/plan.html", plan_context(request, procedure))


def plan_context(request: SignedInRequest, procedure: Procedure, **forms: Any) -> dict[str, Any]:
    user = request.user
    row = selectors.plan_row(procedure)
    context: dict[str, Any] = {
        "procedure": procedure,
        "row": row,
        "may_change": services.may_change(user, procedure),
        "is_head": user.has_role(Role.HEAD),
        "has_results": Procedure.objects.filter(pk=procedure.pk).visible_to(user).with_results().exists(),
        "document_form": DocumentForm(initial={"document": procedure.document}),
        "kinds": DocumentDraft.Kind.choices,
    }
    if user.is_authority:
        context["work"] = selectors.description_of(procedure)
        context["venues"] = procedure.venues.counted()
        context["history"] = events.history(procedure)[:12]
        context["duties"] = procedure.duties.current().select_related("user")
        context["drafts"] = set(procedure.drafts.values_list("kind", flat=True))
    if context["is_head"]:
        context["duty_form"] = DutyForm(people=duty_services.staff())
    return context | forms


@role_required(*DEPARTMENT)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    procedure = plan_or_404(request, pk)
    if procedure.organization_id:
        raise Http404  # a school changes its own work on its own page
    form = PlanForm(request.POST or None, initial=plan_initial(procedure), procedure=procedure)
    if request.method == "POST" and form.is_valid():
        grade = form.cleaned_data["grades"][0]
        changed = told(
            form,
            lambda: services.change_procedure(procedure=procedure, plan=form.plan, grade=grade, by=request.user),
        )
        if changed:
            messages.success(request, "Сохранено.")
            return redirect(procedure.plan_url)
    return render(request, "procedures/schedule/edit.html", {"form": form, "procedure": procedure})


@require_POST
@role_required(*DEPARTMENT, *SCHOOL)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take off the schedule, or put back."""
    procedure = plan_or_404(request, pk)
    if not services.may_change(request.user, procedure):
        raise Http404
    if "restore" in request.POST:
        said(
            request,
            lambda: services.restore_procedure(procedure=procedure, by=request.user),
            "Процедура снова в графике.",
        )
    else:
        reason = request.POST.get("reason", "")
        said(
            request,
            lambda: services.cancel_procedure(procedure=procedure, reason=reason, by=request.user),
            "Процедура снята с графика. Её можно вернуть на этой же странице.",
        )
    return redirect(procedure.plan_url)


@require_POST
@role_required(*DEPARTMENT)
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    """The approving document of one procedure."""
    procedure = plan_or_404(request, pk)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        done = told(
            form,
            lambda: services.approve(
                procedures=[procedure],
                document=form.cleaned_data["document"],
                stream=upload,
                name=upload.name if upload else "",
                by=request.user,
            ),
        )
        if done:
            messages.success(request, "Документ записан.")
            return redirect(procedure.plan_url)
    context = plan_context(request, procedure, document_form=form)
    return render(request, "procedures/schedule/plan.html", context, status=422)


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def document_file(request: SignedInRequest, pk: int) -> FileResponse:
    procedure = plan_or_404(request, pk)
    if procedure.document_file is None:
        raise Http404
    return files.send_private(procedure.document_file)


@role_required(*DEPARTMENT)
def approve_many(request: SignedInRequest) -> HttpResponse:
    """One document for many procedures: an order approves a whole schedule."""
    span = reading.year_of(request.GET.get("year"))
    rows = [row for row in selectors.catalogue(span, {}) if not row.procedure.document]
    form = DocumentForm(request.POST or None, request.FILES or None)
    marked = set(request.POST.getlist("rows")) if request.method == "POST" else {str(r.procedure.pk) for r in rows}
    if request.method == "POST":
        chosen = [row.procedure for row in rows if str(row.procedure.pk) in marked]
        if form.is_valid() and not chosen:
            form.add_error(None, "Не отмечено ни одной процедуры.")
        elif form.is_valid():
            upload = form.cleaned_data["file"]
            count = told(
                form,
                lambda: services.approve(
                    procedures=chosen,
                    document=form.cleaned_data["document"],
                    stream=upload,
                    name=upload.name if upload else "",
                    by=request.user,
                ),
            )
            if count:
                messages.success(request, f"Документ записан для процедур: {count}.")
                return redirect("procedures:register")
    context = {"form": form, "rows": rows, "marked": marked, "span_title": periods.title(span)}
    return render(request, "procedures/schedule/approve.html", context)
