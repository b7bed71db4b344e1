"""Pages of methodical support."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.analysis.interpretation.services import WRITERS
from apps.analysis.models import Conclusion
from apps.core import events
from apps.core.addresses import number_in
from apps.core.findings import Refused
from apps.roadmaps.support import selectors, services
from apps.roadmaps.support.forms import FinishForm, SupportForm
from apps.roadmaps.support.models import SupportCase


@require_safe
@role_required(*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER)
def support(request: SignedInRequest) -> HttpResponse:
    """All actions with what a year later shows; a school sees its own."""
    found = SupportCase.objects.visible_to(request.user).with_details()
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    rows = [selectors.followed(action) for action in page.object_list]
    context = {"page": page, "rows": rows, "may_write": request.user.role in WRITERS}
    return render(request, "roadmaps/support/list.html", context)


@role_required(*WRITERS)
def support_new(request: SignedInRequest) -> HttpResponse:
    """An action for a school, because of a conclusion."""
    number = request.GET.get("conclusion", "")
    standing = Conclusion.objects.visible_to(request.user).standing().with_details()
    conclusion = get_object_or_404(standing, pk=number_in(number))
    form = SupportForm(request.POST or None, conclusion=conclusion)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        organization = data.pop("organization")
        try:
            made = services.plan_support(
                conclusion=conclusion, organization=organization, new=services.NewSupport(**data), by=request.user
            )
        except Refused as refusal:
            form.add_error(None, [str(finding) for finding in refusal.findings])
        else:
            messages.success(request, "Сопровождение запланировано.")
            return redirect(made)
    return render(request, "roadmaps/support/new.html", {"conclusion": conclusion, "form": form})


@role_required(*AUTHORITY, *SCHOOL, Role.ASSOCIATION_LEADER)
def support_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """One action: plan, result, the figure before and a year later. A post finishes it."""
    action = get_object_or_404(SupportCase.objects.visible_to(request.user).with_details(), pk=pk)
    may_finish = request.user.role in WRITERS and action.done_on is None
    form = FinishForm(request.POST or None)
    if request.method == "POST":
        if not may_finish:
            raise Http404
        if form.is_valid():
            try:
                services.finish_support(action=action, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, [str(finding) for finding in refusal.findings])
            else:
                messages.success(request, "Записано. Эффект портал прочитает сам, когда придут результаты.")
                return redirect(action)
    context = {
        "row": selectors.followed(action),
        "form": form,
        "may_finish": may_finish,
        "history": events.history(action)[:20],
    }
    return render(request, "roadmaps/support/detail.html", context)
