"""Applies a register file: exactly what was previewed, all of it or nothing."""

from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Refused, error
from apps.organizations.models import ExternalId, Organization, OrganizationEvent
from apps.organizations.register.columns import SYSTEMS
from apps.organizations.register.parsing import parse
from apps.organizations.register.planning import Change, Plan, PlannedRow, make_plan, split_login
from apps.organizations.services import require_keeper
from apps.workbooks.reading import REGISTER, read_workbook


def preview(source: BinaryIO | Path | str) -> Plan:
    """What the file would do. Raises Refused when the file cannot be read at all."""
    return make_plan(parse(read_workbook(source, limits=REGISTER)))


@transaction.atomic
def import_organizations(*, source: BinaryIO | Path | str, by: Any, digest: str = "") -> Plan:
    """Bring the register to what the file says; blank cells erase nothing. Returns what was done.

    With `digest` only the plan that was previewed is applied. Raises Refused, then nothing has changed.
    """
    require_keeper(by)
    list(Organization.objects.select_for_update().order_by("pk").values_list("pk"))  # one import at a time
    plan = preview(source)
    if plan.is_refused:
        raise Refused(plan.findings)
    if digest and digest != plan.digest:
        message = "Пока вы смотрели на изменения, реестр изменился."
        raise Refused([error("plan_changed", message, action="Посмотрите изменения ещё раз и подтвердите.")])
    today = timezone.localdate()
    for row in plan.created:
        _create(row, by, today)
    for row in plan.updated:
        _update(row, by, today)
    return plan


def _create(row: PlannedRow, by: Any, today: date) -> None:
    values = {change.key: change.new for change in row.changes if change.key not in SYSTEMS}
    organization = Organization.objects.create(code=row.code, **values)
    if organization.opened_on:
        OrganizationEvent.objects.create(
            organization=organization, kind=OrganizationEvent.Kind.OPENED, on=organization.opened_on
        )
    _set_ids(organization, row.changes, today)
    events.record(kind="organizations.created", subject=organization, by=by, text="Внесена в реестр загрузкой файла")


def _update(row: PlannedRow, by: Any, today: date) -> None:
    organization = Organization.objects.get(code=row.code)
    fields = [change for change in row.changes if change.key not in SYSTEMS]
    for change in fields:
        setattr(organization, change.key, change.new)
        if change.key == "name":
            OrganizationEvent.objects.create(
                organization=organization,
                kind=OrganizationEvent.Kind.RENAMED,
                on=today,
                note=f"Прежнее название: {change.old}"[:300],
            )
    if fields:
        organization.save(update_fields=[change.key for change in fields])
    _set_ids(organization, row.changes, today)
    names = ", ".join(change.title.lower() for change in row.changes)
    old = {change.key: str(change.old) for change in row.changes}
    text = f"Изменена загрузкой файла: {names}"[:500]
    events.record(kind="organizations.updated", subject=organization, by=by, text=text, old=old)


def _set_ids(organization: Organization, changes: list[Change], today: date) -> None:
    """A new code of another system ends the old one, which stays in the history."""
    for change in changes:
        if change.key not in SYSTEMS:
            continue
        prefix, value = split_login(change.new)
        current = ExternalId.objects.filter(organization=organization, system=change.key, valid_to__isnull=True)
        if current.filter(value=value).update(prefix=prefix):
            continue
        current.update(valid_to=today)
        ExternalId.objects.create(organization=organization, system=change.key, value=value, prefix=prefix)
