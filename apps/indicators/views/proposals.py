"""Pages of proposals: the editor that checks as one types, the list, one proposal and the decision."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.core import events, periods
from apps.core.findings import Refused
from apps.core.models import Period
from apps.indicators.forms.review import EndForm, ProposalForm, initial_of
from apps.indicators.models import Indicator, Proposal
from apps.indicators.selectors import changes as told
from apps.indicators.selectors import composing
from apps.indicators.selectors.preview import periods_for, preview
from apps.indicators.services import proposals as services
from apps.indicators.services.checking import Draft, check
from apps.indicators.services.definitions import Definition
from apps.organizations.models import Organization

STATES = [("open", "Ждут решения"), ("accepted", "Приняты"), ("declined", "Отклонены"), ("withdrawn", "Отозваны")]


@require_safe
@role_required(*AUTHORITY)
def index(request: SignedInRequest) -> HttpResponse:
    state = request.GET.get("state", "open")
    if state not in dict(STATES):
        raise Http404
    found = Proposal.objects.filter(state=state).select_related("author", "decided_by", "indicator", "base")[:200]
    return render(request, "indicators/proposals/list.html", {"proposals": found, "states": STATES, "state": state})


@require_http_methods(["GET", "POST"])
@role_required(*DEPARTMENT)
def new(request: SignedInRequest) -> HttpResponse:
    """A new indicator."""
    initial = {"valid_from": _next_period_begins(), "polarity": "higher", "source_state": "proposal"}
    initial |= {name: request.GET[name] for name in ("pack", "parent", "direction", "level") if name in request.GET}
    return _editor(request, indicator=None, proposal=None, initial=initial)


@require_http_methods(["GET", "POST"])
@role_required(*DEPARTMENT)
def version(request: SignedInRequest, code: str) -> HttpResponse:
    """A new version of an indicator."""
    indicator = get_object_or_404(Indicator, code=code, is_active=True)
    base = indicator.versions.current().first()
    if base is None:
        raise Http404
    if found := Proposal.objects.filter(code=code, state="open").first():
        messages.info(request, "По этому показателю уже есть предложение: сначала нужно решение по нему.")
        return redirect("indicators:proposal", found.pk)
    initial = initial_of(Definition.of(base)) | {"valid_from": _next_period_begins()}
    if how := request.GET.get("compose"):
        initial |= composing.formula_of_children(indicator, how)
    return _editor(request, indicator=indicator, proposal=None, initial=initial)


@require_http_methods(["GET", "POST"])
@role_required(*DEPARTMENT)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The author mends an open proposal."""
    proposal = get_object_or_404(Proposal, pk=pk, state="open", author=request.user)
    if proposal.kind == Proposal.Kind.ARCHIVE:
        raise Http404
    draft = services.draft_of(proposal)
    initial = initial_of(draft.definition) | {"valid_from": proposal.valid_from, "reason": proposal.reason}
    if draft.place:
        initial |= vars(draft.place)
    return _editor(request, indicator=proposal.indicator, proposal=proposal, initial=initial)


def _next_period_begins() -> Any:
    """The first day of the calendar year in work: periods that are reported already keep their version."""
    latest = Period.objects.filter(kind=Period.Kind.CALENDAR_YEAR).first()
    return latest.starts_on if latest else None


def _form(
    request: SignedInRequest, indicator: Indicator | None, initial: dict[str, Any], pack: str = ""
) -> ProposalForm:
    draft = Draft("version", Definition(name=""), periods.school_year(2000).starts_on, indicator)
    known = periods_for(draft if indicator else None, indicator)
    return ProposalForm(
        request.POST or None,
        initial=initial,
        indicator=indicator,
        periods=known,
        organizations=Organization.objects.educational(),
    )


def _looked(form: ProposalForm) -> dict[str, Any]:
    """What the form means, for the panel of the check."""
    slug = form.cleaned_data.get("period") or ""
    period = Period.objects.filter(code=periods.from_slug(slug).code).first() if slug else None
    seen = preview(draft=form.draft, checked=form.checked, period=period, chosen=form.sample_ids)
    text, position = form.draft.definition.formula, form.checked.compiled.position
    marked = None
    if position is not None:
        at = position - 1
        marked = (text[:at], text[at : at + 1] or "конец формулы", text[at + 1 :])
    return {"preview": seen, "draft": form.draft, "marked": marked}


def _editor(
    request: SignedInRequest, *, indicator: Indicator | None, proposal: Proposal | None, initial: dict[str, Any]
) -> HttpResponse:
    form = _form(request, indicator, initial)
    context: dict[str, Any] = {"form": form, "indicator": indicator, "proposal": proposal}
    context["composable"] = bool(indicator and not proposal and composing.children_of(indicator))
    if request.method == "POST":
        valid = form.is_valid()
        if valid and "check" not in request.POST:
            try:
                saved = _save(request, form, proposal)
            except Refused as refusal:
                context["findings"] = refusal.findings
            else:
                messages.success(request, "Предложение записано. Оно вступит в силу после решения второго человека.")
                return redirect("indicators:proposal", saved.pk)
        context |= _looked(form)
    return render(request, "indicators/proposals/edit.html", context)


def _save(request: SignedInRequest, form: ProposalForm, proposal: Proposal | None) -> Proposal:
    reason = form.cleaned_data["reason"]
    if proposal is None:
        return services.propose(draft=form.draft, reason=reason, by=request.user)
    return services.revise(proposal=proposal, draft=form.draft, reason=reason, by=request.user)


@require_POST
@role_required(*DEPARTMENT)
def check_typed(request: SignedInRequest) -> HttpResponse:
    """The panel of the check, while one types."""
    code = request.GET.get("code", "")
    indicator = get_object_or_404(Indicator, code=code) if code else None
    form = _form(request, indicator, {}).look()
    return render(request, "indicators/proposals/check.html", _looked(form) | {"form": form, "is_typed": True})


@require_http_methods(["GET", "POST"])
@role_required(*DEPARTMENT)
def archive(request: SignedInRequest, code: str) -> HttpResponse:
    """The end of an indicator is proposed."""
    indicator = get_object_or_404(Indicator, code=code, is_active=True)
    form = EndForm(request.POST or None)
    context = {"form": form, "indicator": indicator, "version": indicator.versions.current().first()}
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["valid_from"]
        draft = Draft(Proposal.Kind.ARCHIVE, Definition(name=""), day, indicator)
        try:
            saved = services.propose(draft=draft, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            context["findings"] = refusal.findings
        else:
            messages.success(request, "Предложение записано. Показатель работает, пока его не примет второй человек.")
            return redirect("indicators:proposal", saved.pk)
    return render(request, "indicators/proposals/archive.html", context)


@require_safe
@role_required(*AUTHORITY)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One proposal: what changes, what it will give, who decides."""
    proposal = get_object_or_404(
        Proposal.objects.select_related("author", "decided_by", "indicator", "base", "version"), pk=pk
    )
    return render(request, "indicators/proposals/detail.html", _shown(request, proposal))


def _shown(request: SignedInRequest, proposal: Proposal) -> dict[str, Any]:
    draft = services.draft_of(proposal)
    context: dict[str, Any] = {"proposal": proposal, "draft": draft}
    is_archive = proposal.kind == Proposal.Kind.ARCHIVE
    if proposal.base and not is_archive:
        before = Definition.of(proposal.base)
        context["changes"] = told.changes(before, services.settled(draft))
    elif not is_archive:
        context["fields"] = told.fields_of(draft.definition)
    if proposal.is_open:
        checked = check(draft)
        if not is_archive:
            context["preview"] = preview(draft=draft, checked=checked, period=None)
        context["findings"] = checked.findings
        context["may_decide"] = request.user.is_department and request.user != proposal.author
        context["is_own"] = request.user == proposal.author
    context["events"] = events.history(proposal.indicator or proposal)[:20]
    return context


@require_POST
@role_required(*DEPARTMENT)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person's word, or the author's way back."""
    proposal = get_object_or_404(Proposal, pk=pk)
    note = request.POST.get("note", "")[:500]
    try:
        match request.POST.get("decision"):
            case "accept":
                proposal = services.accept(proposal=proposal, by=request.user, note=note)
                text = "Принято. Числа периодов, которых это касается, пересчитываются."
            case "decline":
                services.decline(proposal=proposal, by=request.user, note=note)
                text = "Отклонено. Автор увидит причину."
            case "withdraw":
                services.withdraw(proposal=proposal, by=request.user)
                text = "Предложение отозвано."
            case _:
                raise Http404
    except Refused as refusal:
        context = _shown(request, Proposal.objects.get(pk=pk)) | {"refused": refusal.findings, "note": note}
        return render(request, "indicators/proposals/detail.html", context, status=422)
    messages.success(request, text)
    return redirect(reverse("indicators:proposal", args=[pk]))
