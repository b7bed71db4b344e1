"""Writes of the wizard: columns of a file named, a profile kept, the file read again."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.core import events
from apps.core.findings import Refused, error
from apps.organizations.models import Organization
from apps.procedures import importing
from apps.procedures.mapping.table import Mapping
from apps.procedures.models import MappingProfile, ResultFile
from apps.procedures.services import start

_OPEN = {ResultFile.State.UNMAPPED, ResultFile.State.REFUSED, ResultFile.State.UNDONE}


@transaction.atomic
def name_columns(
    *,
    file: ResultFile,
    mapping: Mapping,
    stated: dict[str, Any],
    more: dict[str, Any],
    organization: Organization | None,
    by: Any,
) -> None:
    """Say what the columns of a file are and which work it is about, then read it."""
    file = ResultFile.objects.select_for_update(of=("self",)).select_related("batch").get(pk=file.pk)
    if file.state not in _OPEN or not file.mapping:
        raise Refused([error("file_settled", "Этот файл уже обработан.", file=file.name)])
    preview = {"preview": file.mapping["preview"]} if "preview" in file.mapping else {}
    file.mapping = {**preview, **mapping.as_json(), **more}
    file.stated, file.organization = stated, organization
    file.state, file.findings = ResultFile.State.WAITING, importing.said_at_arrival(file)
    file.save()
    events.record(kind="procedures.columns_named", subject=file, by=by, text=f"Указаны столбцы файла «{file.name}»")
    start(file.batch, by)


@transaction.atomic
def save_profile(*, title: str, digest: str, kind: str, header: list[str], mapping: Mapping, by: Any) -> MappingProfile:
    """Remember the columns under a header, to be offered for the next file with the same one."""
    profile = MappingProfile.objects.create(
        title=title, digest=digest, kind=kind, header=header, columns=mapping.as_json(), created_by=by
    )
    events.record(kind="procedures.profile_saved", subject=profile, by=by, text=f"Сохранён профиль столбцов «{title}»")
    return profile


@transaction.atomic
def mark_used(*, profile: MappingProfile) -> None:
    MappingProfile.objects.filter(pk=profile.pk).update(used=F("used") + 1, used_at=timezone.now())


@transaction.atomic
def delete_profile(*, profile: MappingProfile, by: Any) -> None:
    """Forget a profile; results loaded with it stay."""
    events.record(
        kind="procedures.profile_deleted", subject=profile, by=by, text=f"Удалён профиль столбцов «{profile.title}»"
    )
    profile.delete()
