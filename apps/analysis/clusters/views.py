"""Pages of clusters: the list, three ways of making one, a clustering with its draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.analysis.clusters import computing, facts, selectors, services
from apps.analysis.clusters.forms import ComputedForm, ConfirmForm, DraftForm, HandForm, RulesForm
from apps.analysis.clusters.models import Clustering
from apps.analysis.clusters.partition import LEAST_ORGANIZATIONS
from apps.core import events
from apps.core.findings import Refused
from apps.organizations.models import Kind

WAYS: dict[str, tuple[type[Any], Callable[..., Clustering], str]] = {
    "rule": (RulesForm, services.make_by_rules, "Кластеры по правилам"),
    "hand": (HandForm, services.make_by_hand, "Кластеры вручную"),
    "computed": (ComputedForm, computing.start_computing, "Рассчитать кластеры"),
}


def _into(form: Any, refusal: Refused) -> None:
    for finding in refusal.findings:
        form.add_error(None, str(finding))


@require_safe
@role_required(*AUTHORITY)
def clusterings(request: SignedInRequest) -> HttpResponse:
    """What is in force, drafts, the past."""
    return render(request, "analysis/clusters/list.html", {"board": selectors.board(request.user), "ways": WAYS})


@role_required(*DEPARTMENT)
def clustering_create(request: SignedInRequest, way: str) -> HttpResponse:
    if way not in WAYS:
        raise Http404
    form_class, service, title = WAYS[way]
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = service(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            _into(form, refusal)
        else:
            return redirect(made)
    counts = [(str(label), len(facts.organizations_of(kind, None))) for kind, label in Kind.choices[:3]]
    context = {"form": form, "title": title, "way": way, "counts": counts, "least": LEAST_ORGANIZATIONS}
    return render(request, "analysis/clusters/create.html", context)


@role_required(*AUTHORITY)
def clustering(request: SignedInRequest, pk: int) -> HttpResponse:
    """Clusters with members and reasons; of a draft the department mends, confirms or drops it here."""
    found = Clustering.objects.visible_to(request.user).select_related("period", "job", "created_by", "confirmed_by")
    row = get_object_or_404(found, pk=pk)
    page = selectors.page_of(row)
    may_act = request.user.is_department and row.is_draft
    draft = confirm = None
    if may_act:
        posted = request.POST or None
        clusters = [one.cluster for one in page.clusters if one.cluster]
        draft = DraftForm(posted if "edit" in request.POST else None, clusters=clusters, members=page.members)
        confirm = ConfirmForm(posted if "confirm" in request.POST else None)
        if request.method == "POST" and (answer := _act(request, row, draft, confirm)):
            return answer
    context = {
        "clustering": row,
        "page": page,
        "draft": draft,
        "confirm": confirm,
        "history": events.history(row),
        "least_members": selectors.FEWEST_FOR_MEDIAN,
    }
    return render(request, "analysis/clusters/clustering.html", context)


def _act(request: SignedInRequest, row: Clustering, draft: DraftForm, confirm: ConfirmForm) -> HttpResponse | None:
    """What the pressed button asks; None where a form has faults to show."""
    form: Any = draft
    try:
        if "drop" in request.POST:
            services.drop(clustering=row, by=request.user)
            messages.success(request, "Черновик отклонён. Он остался в истории.")
            return redirect("analysis:clusterings")
        if "edit" in request.POST and draft.is_valid():
            services.edit(clustering=row, names=draft.names, places=draft.places, by=request.user)
            messages.success(request, "Черновик сохранён.")
            return redirect(row)
        form = confirm
        if "confirm" in request.POST and confirm.is_valid():
            services.confirm(clustering=row, basis=confirm.cleaned_data["basis"], by=request.user)
            messages.success(request, "Кластеры действуют. Показатели по ним пересчитываются.")
            return redirect(row)
    except Refused as refusal:
        _into(form, refusal)
    return None
