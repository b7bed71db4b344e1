"""Pages of campaigns: the list, a new one, the board."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT
from apps.collection import services
from apps.collection.filters import BoardFilter
from apps.collection.forms import CampaignForm, MaterialForm
from apps.collection.models import Campaign
from apps.collection.selectors import board as board_selectors
from apps.collection.selectors.burden import load_of_campaign
from apps.collection.selectors.comparing import comparable
from apps.collection.states import LAUNCHERS
from apps.collection.tables import BoardTable, CampaignTable
from apps.collection.views import tell
from apps.collection.views.campaigns import visible_campaign
from apps.core import events, files
from apps.core.findings import Refused


@require_safe
@role_required(*AUTHORITY)
def campaigns(request: SignedInRequest) -> HttpResponse:
    """All campaigns with their counts."""
    table = CampaignTable(
        Campaign.objects.visible_to(request.user).select_related("period").with_counts().order_by("-opens_on", "-pk")
    )
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"table": table, "may_launch": request.user.role in LAUNCHERS}
    return render(request, "collection/campaigns.html", context)


@role_required(*LAUNCHERS)
def campaign_create(request: SignedInRequest) -> HttpResponse:
    """A new campaign; «Показать, кто получит» changes nothing."""
    form = CampaignForm(request.POST or None)
    addressees = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        period = form.period()
        if "open" in request.POST:
            try:
                opened = services.open_campaign(
                    title=data["title"],
                    period=period,
                    forms=data["form_set"],
                    organizations=form.addressed(),
                    opens_on=data["opens_on"],
                    due_on=data["due_on"],
                    closes_on=data["closes_on"],
                    instructions=data["instructions"],
                    contacts=data["contacts"],
                    experts=data["experts"],
                    by=request.user,
                )
            except Refused as refusal:
                form.add_error(None, [str(finding) for finding in refusal.findings[:20]])
            else:
                count = opened.addressees.organizations
                messages.success(request, f"Кампания открыта. Организаций, которые получили задание: {count}.")
                return redirect(opened.campaign)
        else:
            addressees = services.addressees_of(forms=data["form_set"], period=period, organizations=form.addressed())
    return render(request, "collection/campaign_create.html", {"form": form, "addressees": addressees})


@require_safe
@role_required(*AUTHORITY)
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who has handed in what: counts, the table, the late ones as text."""
    campaign = visible_campaign(request, pk)
    narrowed = BoardFilter(request.GET, queryset=board_selectors.board_rows(campaign))
    counts = board_selectors.counts_of(campaign)
    may_accept = request.user.is_department and counts.submitted > 0
    table = BoardTable(narrowed.qs, needed=board_selectors.needed_by_form(campaign), may_accept=may_accept)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "campaign": campaign,
        "counts": counts,
        "filter": narrowed,
        "table": table,
        "late_text": board_selectors.late_text(campaign),
        "load": load_of_campaign(campaign),
        "outdated": board_selectors.outdated_forms(campaign),
        "has_others": bool(comparable(campaign)),
        "materials": campaign.materials.select_related("file"),
        "material_form": MaterialForm(),
        "may_launch": request.user.role in LAUNCHERS,
        "history": events.history(campaign)[:20],
    }
    return render(request, "collection/board.html", context)


@require_safe
@role_required(*AUTHORITY)
def board_export(request: SignedInRequest, pk: int) -> FileResponse:
    """The board as a workbook."""
    campaign = visible_campaign(request, pk)
    stream = BytesIO(board_selectors.board_workbook(campaign))
    return files.send(stream, name=f"{campaign.title}, ход сбора.xlsx", content_type=files.XLSX)


@require_POST
@role_required(*DEPARTMENT)
def bulk_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept the ticked forms of this campaign; ids of other campaigns are not found among them."""
    campaign = visible_campaign(request, pk)
    wanted = [int(value) for value in request.POST.getlist("submission") if value.isascii() and value.isdigit()]
    chosen = list(campaign.submissions.filter(pk__in=wanted[:1000]).select_related("organization", "form"))
    if not chosen:
        messages.warning(request, "Отметьте формы, которые нужно принять.")
        return redirect(campaign)
    accepted, problems = services.accept_submissions(submissions=chosen, by=request.user)
    if accepted:
        messages.success(request, f"Принято форм: {accepted}. Показатели пересчитываются.")
    if problems:
        tell(request, Refused(problems))
    return redirect(campaign)


@require_POST
@role_required(*DEPARTMENT)
def campaign_close(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = visible_campaign(request, pk)
    try:
        services.close_campaign(campaign=campaign, by=request.user)
        messages.success(request, "Кампания завершена: новые данные не принимаются, проверку можно продолжить.")
    except Refused as refusal:
        tell(request, refusal)
    return redirect(campaign)
