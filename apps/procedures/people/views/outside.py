"""Pages of a leader of an association (nominations) and of a school (participants of the public)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.models import User
from apps.accounts.roles import SCHOOL, Role
from apps.core.findings import Refused
from apps.procedures.models import Subject
from apps.procedures.people import selectors
from apps.procedures.people.forms.base import tell
from apps.procedures.people.forms.observing import ParticipationForm
from apps.procedures.people.forms.register import NominationForm, ParticipantForm
from apps.procedures.people.models import Assignment, Person
from apps.procedures.people.services import assigning, register


def _own_subjects(user: User) -> object:
    return Subject.objects.filter(associations__leader=user).distinct()


@require_safe
@role_required(Role.ASSOCIATION_LEADER)
def nominations(request: SignedInRequest) -> HttpResponse:
    """Experts I have proposed and what was decided."""
    rows = Person.objects.visible_to(request.user).prefetch_related("subjects").order_by("-created_at")
    return render(request, "procedures/people/nominations.html", {"rows": rows})


@role_required(Role.ASSOCIATION_LEADER)
def nominate(request: SignedInRequest) -> HttpResponse:
    form = NominationForm(request.POST or None, subjects=_own_subjects(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            register.nominate_expert(data=form.person_data(), reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Предложение направлено. Решение появится здесь и на странице «Сегодня».")
            return redirect("procedures:nominations")
    return render(request, "procedures/people/nominate.html", {"form": form})


@require_safe
@role_required(*SCHOOL)
def participants(request: SignedInRequest) -> HttpResponse:
    """Who comes to us, and whom of the public we have registered."""
    here = Assignment.objects.current().visible_to(request.user).with_places().order_by("on")
    today = timezone.localdate()
    context = {
        "coming": [each for each in here if each.on >= today],
        "past": [each for each in here if each.on < today][::-1],
        "own": request.user.organization,
    }
    return render(request, "procedures/people/participants.html", context)


@role_required(*SCHOOL)
def participant_create(request: SignedInRequest) -> HttpResponse:
    """Register a participant of the public for a procedure here: one entered before, or a new one."""
    known = Person.objects.visible_to(request.user).active()
    procedures = selectors.open_procedures().filter(organization=None) | selectors.open_procedures().filter(
        organization=request.user.organization
    )
    form = ParticipationForm(request.POST or None, procedures=procedures, people=known)
    chosen = request.POST.get("p-person")
    person_form = ParticipantForm(None if chosen else request.POST or None)
    if request.method == "POST" and form.is_valid() and (chosen or person_form.is_valid()):
        data = None if chosen else person_form.person_data()
        what = {name: form.cleaned_data[name] for name in ("procedure", "on", "person")}
        try:
            assigning.register_participant(**what, data=data, by=request.user)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, "Участник записан.")
            return redirect("procedures:participants")
    context = {"form": form, "person_form": person_form, "has_known": known.exists()}
    return render(request, "procedures/people/participant_create.html", context)
