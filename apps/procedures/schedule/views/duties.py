"""Who of the staff answers for which direction and procedure."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, Role
from apps.core.addresses import number_in
from apps.indicators.models import Direction
from apps.procedures.models import Duty
from apps.procedures.schedule import people
from apps.procedures.schedule.day_forms import DutyForm
from apps.procedures.schedule.services import duties as services
from apps.procedures.schedule.views.asking import said
from apps.procedures.schedule.views.catalogue import plan_or_404


@require_safe
@role_required(*AUTHORITY)
def duties(request: SignedInRequest) -> HttpResponse:
    """Directions and coming procedures with those in charge; what nobody answers for stands first."""
    is_head = request.user.has_role(Role.HEAD)
    context = {
        "directions": people.directions(),
        "procedures": people.procedures(),
        "staff": people.staff_lines(),
        "form": DutyForm(people=services.staff()) if is_head else None,
        "tab": "duties",
    }
    return render(request, "procedures/schedule/duties.html", context)


def _back(request: SignedInRequest) -> str:
    back = request.POST.get("next", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) else ""


@require_POST
@role_required(Role.HEAD)
def assign(request: SignedInRequest) -> HttpResponse:
    """Give a duty for a direction (`direction`, its code) or a procedure (`procedure`, its number)."""
    direction = procedure = None
    if request.POST.get("direction"):
        direction = get_object_or_404(Direction, code=request.POST["direction"])
    else:
        number = request.POST.get("procedure", "")
        procedure = plan_or_404(request, number_in(number) or 0)
    form = DutyForm(request.POST, people=services.staff())
    if form.is_valid():
        said(
            request,
            lambda: services.assign(
                user=form.person,
                part=form.cleaned_data["part"],
                direction=direction,
                procedure=procedure,
                by=request.user,
            ),
            f"Назначен: {form.person.get_short_name()}",
        )
    else:
        messages.error(request, "Ничего не изменено: выберите сотрудника из списка.")
    return redirect(_back(request) or "procedures:duties")


@require_POST
@role_required(Role.HEAD)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    duty = get_object_or_404(Duty.objects.current().select_related("user", "direction", "procedure"), pk=pk)
    done = f"Назначение снято: {duty.user.get_short_name()}"
    said(request, lambda: services.end_duty(duty=duty, by=request.user), done)
    return redirect(_back(request) or "procedures:duties")
