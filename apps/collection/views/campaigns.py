"""A campaign after it is opened: materials, a reminder to the late, the next period, two periods side by side."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL
from apps.collection.forms import MaterialForm, RepeatForm
from apps.collection.models import Campaign, CampaignMaterial
from apps.collection.selectors import comparing
from apps.collection.services import campaigns as services
from apps.collection.services import materials, reminders, repeating
from apps.collection.states import LAUNCHERS
from apps.collection.views import tell
from apps.core import files
from apps.core.figures import plural
from apps.core.findings import Refused
from apps.core.models import Period
from apps.organizations.models import Organization


def visible_campaign(request: SignedInRequest, pk: int) -> Campaign:
    return get_object_or_404(
        Campaign.objects.visible_to(request.user).select_related("period", "repeats__period"), pk=pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*LAUNCHERS)
def repeat(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same for the next period: what will be asked of whom is shown before anything is opened."""
    campaign = visible_campaign(request, pk)
    proposal = repeating.propose(campaign)
    initial = {name: getattr(proposal, name) for name in ("title", "opens_on", "due_on", "closes_on")}
    typed = RepeatForm(request.POST or None, initial=initial)
    if request.method == "POST" and typed.is_valid():
        try:
            opened = repeating.repeat_campaign(
                campaign=campaign, period=Period.objects.named(proposal.span), by=request.user, **typed.cleaned_data
            )
        except Refused as refusal:
            typed.add_error(None, [str(finding) for finding in refusal.findings[:20]])
        else:
            count = opened.addressees.organizations
            messages.success(request, f"Кампания открыта. Организаций, которые получили задание: {count}.")
            return redirect(opened.campaign)
    context: dict[str, Any] = {"campaign": campaign, "typed": typed, "proposal": proposal}
    if period := Period.objects.filter(code=proposal.span.code).first():
        asked = Organization.objects.filter(submissions__campaign=campaign).select_related("successor").distinct()
        context["addressees"] = services.addressees_of(
            forms=campaign.forms.all(), period=period, organizations=asked, on=proposal.opens_on
        )
    context["forms"] = list(campaign.forms.order_by("code"))
    context["asked"] = campaign.submissions.values("organization").distinct().count()
    return render(request, "collection/campaign_repeat.html", context)


def _compared(request: SignedInRequest, campaign: Campaign) -> dict[str, Any]:
    others = comparing.comparable(campaign)
    wanted = request.GET.get("with", "")
    other = next((item for item in others if str(item.pk) == wanted), others[0] if others else None)
    return {
        "campaign": campaign,
        "others": others,
        "other": other,
        "compared": comparing.compare(other, campaign) if other else [],
    }


@require_safe
@role_required(*AUTHORITY)
def compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two campaigns side by side; of different form versions only the common rows."""
    return render(request, "collection/campaign_compare.html", _compared(request, visible_campaign(request, pk)))


@require_safe
@role_required(*AUTHORITY)
def compare_export(request: SignedInRequest, pk: int) -> FileResponse:
    campaign = visible_campaign(request, pk)
    stream = BytesIO(comparing.workbook(_compared(request, campaign)["compared"]))
    return files.send(stream, name=f"{campaign.title}, сравнение.xlsx", content_type=files.XLSX)


@require_POST
@role_required(*DEPARTMENT)
def remind(request: SignedInRequest, pk: int) -> HttpResponse:
    """A letter to everybody who is late, now."""
    campaign = visible_campaign(request, pk)
    try:
        told = reminders.remind_late(campaign=campaign, by=request.user)
    except Refused as refusal:
        tell(request, refusal)
        return redirect(campaign)
    letters = f"{told.letters} {plural(told.letters, 'письмо', 'письма', 'писем')}"
    messages.success(request, f"Напоминание отправлено: {letters}, организаций: {told.organizations}.")
    if told.already:
        messages.info(request, f"Сегодня уже получили письмо и второго не получат: {told.already}.")
    if told.unreachable:
        messages.warning(request, f"Организаций без учётных записей: {told.unreachable}. Сообщите им по телефону.")
    return redirect(campaign)


@require_POST
@role_required(*LAUNCHERS)
def material_add(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = visible_campaign(request, pk)
    typed = MaterialForm(request.POST, request.FILES)
    if not typed.is_valid():
        for faults in typed.errors.values():
            for fault in faults:
                messages.error(request, str(fault))
        return redirect(f"{campaign.get_absolute_url()}#materials")
    upload = typed.cleaned_data["file"]
    try:
        materials.add_material(
            campaign=campaign,
            kind=typed.cleaned_data["kind"],
            title=typed.cleaned_data["title"],
            stream=upload,
            name=upload.name,
            size=upload.size,
            by=request.user,
        )
        messages.success(request, "Файл приложен: организации видят его в своих формах.")
    except Refused as refusal:
        tell(request, refusal)
    return redirect(f"{campaign.get_absolute_url()}#materials")


@require_POST
@role_required(*LAUNCHERS)
def material_remove(request: SignedInRequest, pk: int, material_pk: int) -> HttpResponse:
    campaign = visible_campaign(request, pk)
    found = get_object_or_404(campaign.materials, pk=material_pk)
    try:
        materials.remove_material(material=found, by=request.user)
        messages.success(request, "Файл убран.")
    except Refused as refusal:
        tell(request, refusal)
    return redirect(f"{campaign.get_absolute_url()}#materials")


@require_safe
@role_required(*AUTHORITY, *SCHOOL)
def material(request: SignedInRequest, pk: int) -> FileResponse:
    """The file, for the authority and for organisations that the campaign asks."""
    found = get_object_or_404(
        CampaignMaterial.objects.filter(campaign__in=Campaign.objects.visible_to(request.user)).select_related("file"),
        pk=pk,
    )
    return files.send(found.file.file.open("rb"), name=found.file.name, content_type="application/octet-stream")
