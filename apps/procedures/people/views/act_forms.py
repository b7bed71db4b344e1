"""What acts of observation ask: the forms by kind of procedure, their versions, a new version."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY
from apps.core.findings import Refused
from apps.procedures.models import Procedure
from apps.procedures.people import selectors
from apps.procedures.people.forms.act_forms import ActFormForm, initial_of
from apps.procedures.people.forms.base import tell
from apps.procedures.people.models.act_forms import GENERAL, ActForm
from apps.procedures.people.services import act_forms as services


@require_safe
@role_required(*AUTHORITY)
def forms(request: SignedInRequest) -> HttpResponse:
    """The form of each kind of procedure."""
    services.load_shipped()
    return render(request, "procedures/people/act_forms.html", {"lines": selectors.act_forms()})


@role_required(*AUTHORITY)
def form(request: SignedInRequest, kind: str) -> HttpResponse:
    """One kind: the questions in force and all versions; the department publishes a new one."""
    code = "" if kind == GENERAL else kind
    if code and code not in Procedure.Kind.values:
        raise Http404
    services.load_shipped()
    versions = list(ActForm.objects.filter(kind=code).select_related("published_by"))
    current = services.latest(code)
    context: dict[str, Any] = {
        "kind": code,
        "title": dict(Procedure.Kind.choices)[code] if code else "Все остальные процедуры",
        "current": current,
        "versions": versions,
    }
    if request.user.is_department:
        shown = ActFormForm(request.POST or None, initial=initial_of(current or services.latest("")))
        context["form"] = shown
        if request.method == "POST" and "end" in request.POST:
            services.end(kind=code, by=request.user)
            messages.success(request, "Применяется общая форма.")
            return redirect("procedures:act_forms")
        if request.method == "POST" and shown.is_valid():
            try:
                made = services.publish(kind=code, new=shown.new, by=request.user)
            except Refused as refusal:
                tell(shown, refusal)
            else:
                text = f"Действует редакция {made.version}. Начатые акты остались при своих вопросах."
                messages.success(request, text)
                return redirect("procedures:act_form", kind)
    elif request.method == "POST":
        raise Http404
    return render(request, "procedures/people/act_form.html", context)
