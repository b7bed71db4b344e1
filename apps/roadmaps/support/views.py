"""Pages of help cases."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.analysis.interpretation.services import WRITERS
from apps.analysis.models import Conclusion
from apps.core import events
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.roadmaps.support import selectors, services
from apps.roadmaps.support.forms import FinishForm, StepDoneForm, StepForm, SupportForm
from apps.roadmaps.support.models import SupportCase, SupportStep

READERS = AUTHORITY | SCHOOL | {Role.ASSOCIATION_LEADER}


@require_safe
@role_required(*READERS)
def support(request: SignedInRequest) -> HttpResponse:
    """All cases with what a year later shows; a school sees its own."""
    found = SupportCase.objects.visible_to(request.user).with_details()
    direction = request.GET.get("direction", "")
    narrowed = found.filter(direction__code=direction) if direction and "\x00" not in direction else found
    page = Paginator(narrowed, 20).get_page(request.GET.get("page"))
    rows = [selectors.followed(case) for case in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "direction": direction,
        "directions": selectors.directions_of(found),
        "may_write": request.user.role in WRITERS,
    }
    return render(request, "roadmaps/support/list.html", context)


@role_required(*WRITERS)
def support_new(request: SignedInRequest) -> HttpResponse:
    """A case for an organisation or a group of its teachers: by a conclusion of the address, or for a stated reason."""
    conclusion = None
    if "conclusion" in request.GET:
        standing = Conclusion.objects.visible_to(request.user).standing().with_details()
        conclusion = get_object_or_404(standing, pk=number_in(request.GET["conclusion"]))
    form = SupportForm(request.POST or None, conclusion=conclusion)
    if request.method == "POST" and form.is_valid():
        steps = list(form.steps())
        data = dict(form.cleaned_data)
        organization = data.pop("organization")
        try:
            made = services.plan_support(
                conclusion=conclusion,
                organization=organization,
                new=services.NewSupport(**data, steps=steps),
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Случай адресной помощи открыт.")
            return redirect(made)
    return render(request, "roadmaps/support/new.html", {"conclusion": conclusion, "form": form})


@role_required(*READERS)
def support_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """One case: reason, actions, the figure before and a year later. A post closes it."""
    case = get_object_or_404(SupportCase.objects.visible_to(request.user).with_details(), pk=pk)
    may_write = request.user.role in WRITERS and case.done_on is None
    form = FinishForm(request.POST or None)
    if request.method == "POST":
        if not may_write:
            raise Http404
        if form.is_valid():
            try:
                services.finish_support(case=case, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, [str(finding) for finding in refusal.findings])
            else:
                messages.success(request, "Записано. Эффект портал прочитает сам, когда придут результаты.")
                return redirect(case)
    return _page(request, case, may_write, {"form": form})


def _done_form(step: SupportStep, typed: Any = None) -> StepDoneForm:
    return StepDoneForm(typed, auto_id=f"step-{step.pk}-%s")


def _page(
    request: SignedInRequest,
    case: SupportCase,
    may_write: bool,
    forms: dict[str, Any],
    refused: tuple[SupportStep, StepDoneForm] | None = None,
) -> HttpResponse:
    """`refused` is an action that was not closed, with what was typed."""
    typed = {refused[0].pk: refused[1]} if refused else {}
    context = {
        "row": selectors.followed(case),
        "steps": [(step, typed.get(step.pk) or _done_form(step)) for step in case.steps.all()],
        "form": FinishForm(),
        "step_form": StepForm(auto_id="new-%s"),
        "may_write": may_write,
        "history": events.history(case)[:30],
    }
    return render(request, "roadmaps/support/detail.html", context | forms)


@require_POST
@role_required(*WRITERS)
def step_add(request: SignedInRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(SupportCase.objects.visible_to(request.user).with_details(), pk=pk)
    form = StepForm(request.POST, auto_id="new-%s")
    if form.is_valid():
        try:
            services.add_step(case=case, new=services.NewStep(**form.cleaned_data), by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Действие добавлено.")
            return redirect(case)
    return _page(request, case, case.done_on is None, {"step_form": form})


@require_POST
@role_required(*WRITERS)
def step_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """An action is done, or not done after all (`drop`), by the button that was pressed."""
    visible = SupportCase.objects.visible_to(request.user).values("pk")
    step = get_object_or_404(SupportStep.objects.select_related("case").filter(case__in=visible), pk=pk)
    form = _done_form(step, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            if "drop" in request.POST:
                services.drop_step(step=step, reason=data["result"], by=request.user)
            else:
                services.finish_step(step=step, on=data["on"], result=data["result"], by=request.user)
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Записано.")
            return redirect(step.case)
    case = get_object_or_404(SupportCase.objects.visible_to(request.user).with_details(), pk=step.case_id)
    return _page(request, case, case.done_on is None, {}, (step, form))
