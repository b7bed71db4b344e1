"""The page of a measure: what is planned, marks, proofs; planning and changing it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.core import events, files
from apps.core.findings import Refused
from apps.roadmaps.plans.forms.marks import DropForm, FinishForm, MoveForm, ProgressForm, ProofForm, ReopenForm
from apps.roadmaps.plans.models import Measure, MeasureProof
from apps.roadmaps.plans.selectors import reading, shifts
from apps.roadmaps.plans.services import progress, rights
from apps.roadmaps.plans.views.pages import READERS


def _find(request: SignedInRequest, pk: int) -> Measure:
    found = Measure.objects.visible_to(request.user).with_details().select_related("indicator", "done_by", "author")
    measure: Measure = get_object_or_404(found, pk=pk)
    return measure


def _forms(measure: Measure, user: Any) -> dict[str, Any]:
    """The marks that the user may make now, unbound."""
    forms: dict[str, Any] = {}
    if not measure.roadmap.is_open:
        return forms
    edits = rights.may_edit(measure.roadmap, user)
    if measure.is_unfinished and rights.may_mark(measure, user):
        forms |= {"finish": FinishForm(), "progress": ProgressForm(initial={"percent": min(measure.percent, 99)})}
    if measure.is_unfinished and edits:
        forms |= {"move": MoveForm(measure=measure), "drop": DropForm()}
    if measure.done_on and edits:
        forms["reopen"] = ReopenForm()
    if not measure.dropped_on and (rights.may_mark(measure, user) or progress.is_addressed(measure, user)):
        forms["proof"] = ProofForm()
    return forms


def _shifts(measure: Measure, user: Any) -> list[shifts.Shift]:
    """The indicator of the measure at the organisations that it names; a school sees itself."""
    if measure.indicator is None:
        return []
    places = [one for one in measure.organizations.all() if user.is_authority or one == user.organization]
    return shifts.shifts(indicators=[measure.indicator], organizations=places, since=measure.starts_on, user=user)


@role_required(*READERS)
def measure(request: SignedInRequest, pk: int) -> HttpResponse:
    """One measure. A post makes the mark whose name came with it."""
    found = _find(request, pk)
    forms = _forms(found, request.user)
    if request.method == "POST":
        name = request.POST.get("mark", "")
        if name not in forms:
            raise Http404
        form = forms[name] = type(forms[name])(request.POST, request.FILES, **forms[name].needs)
        if form.is_valid():
            try:
                words = form.mark(measure=found, by=request.user)
            except Refused as refusal:
                form.add_error(None, [str(finding) for finding in refusal.findings])
            else:
                messages.success(request, words)
                return redirect(found)
    user = request.user
    proofs = found.proofs.select_related("file", "created_by", "organization")
    if not user.is_authority and not rights.may_mark(found, user):
        proofs = proofs.filter(organization=user.organization)
    resources = found.resources.select_related("organization")
    if not user.is_authority and not rights.may_edit(found.roadmap, user):
        resources = resources.filter(organization=user.organization)
    context = {
        "measure": found,
        "roadmap": found.roadmap,
        "forms": forms,
        "bound": next((one for one in forms.values() if one.is_bound), None),
        "proofs": proofs,
        "resources": resources,
        "moves": found.moves.select_related("by"),
        "shifts": _shifts(found, user),
        "person_gone": bool(found.person_id and found.person_id in reading.gone_people([found])),
        "may_edit": found.roadmap.is_open and found.is_unfinished and rights.may_edit(found.roadmap, user),
        "history": events.history(found)[:20],
    }
    return render(request, "roadmaps/plans/measure.html", context)


@require_safe
@role_required(*READERS)
def proof(request: SignedInRequest, pk: int) -> FileResponse:
    """A file that proves a measure, for those who see it there."""
    row = get_object_or_404(MeasureProof.objects.select_related("file", "measure__roadmap"), pk=pk)
    found = _find(request, row.measure_id)
    user = request.user
    own = row.organization_id is not None and user.organization is not None
    own = own and row.organization_id == user.organization.pk  # type: ignore[union-attr]
    if not (user.is_authority or rights.may_mark(found, user) or own):
        raise Http404
    return files.send_private(row.file)
