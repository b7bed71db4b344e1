"""Files that help to fill the forms of a campaign."""

from typing import Any, BinaryIO

from django.db import transaction

from apps.collection.models import Campaign, CampaignMaterial
from apps.collection.services.designing import require_launcher
from apps.core import events, files
from apps.core.findings import Refused, error
from apps.workbooks.cells import clean_text

MOST_BYTES = 10 * 1024 * 1024
ENDINGS = ("pdf", "docx", "xlsx", "odt", "ods", "pptx", "txt")
MOST = 20  # of a campaign


@transaction.atomic
def add_material(
    *, campaign: Campaign, kind: str, title: str, stream: BinaryIO, name: str, size: int, by: Any
) -> CampaignMaterial:
    """Attach a file; the organisations that are asked see it in their form. Raises Refused."""
    require_launcher(by)
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    found = []
    if name.rpartition(".")[2].lower() not in ENDINGS:
        found.append(error("bad_ending", "Такой файл приложить нельзя.", expected=", ".join(ENDINGS)))
    if size > MOST_BYTES:
        found.append(error("too_big", "Файл больше 10 МБ."))
    if not size:
        found.append(error("empty", "Файл пустой."))
    if kind not in CampaignMaterial.Kind.values:
        found.append(error("bad_kind", "Выберите, что это за файл."))
    if campaign.materials.count() >= MOST:
        found.append(error("too_many", f"К кампании можно приложить не больше {MOST} файлов."))
    if found:
        raise Refused(found)
    kept = files.store(stream=stream, name=name, content_type="application/octet-stream", by=by)
    shown = clean_text(title)[:200] or kept.name
    material = CampaignMaterial.objects.create(campaign=campaign, kind=kind, title=shown, file=kept, added_by=by)
    text = f"Приложено: {material.get_kind_display()} «{shown}»"
    events.record(kind="campaign.material_added", subject=campaign, by=by, text=text)
    return material


@transaction.atomic
def remove_material(*, material: CampaignMaterial, by: Any) -> None:
    """Take it away from the organisations; the file itself stays in the archive. Raises Refused."""
    require_launcher(by)
    text = f"Убрано: {material.get_kind_display()} «{material.title}»"
    campaign = material.campaign
    material.delete()
    events.record(kind="campaign.material_removed", subject=campaign, by=by, text=text)
