"""Writes of the register. An organisation is never deleted: it is renamed, merged, closed, each on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.core import events
from apps.core.findings import Finding, Refused, error, refuse
from apps.organizations.models import KEPT_FEATURES, Feature, Group, Kind, Organization, OrganizationEvent
from apps.organizations.signals import merged

CONTACTS = ("head_name", "phone", "email", "website", "address")


def require_keeper(by: Any) -> None:
    """`by` None is the operator at the command line. Raises Refused."""
    if by is not None and not by.can_manage_register:
        raise Refused([error("not_keeper", "Реестр организаций ведёт управление образования.")])


def _checked(organization: Organization) -> None:
    """The model's own checks as findings. Raises Refused."""
    try:
        organization.full_clean(validate_unique=False)
    except ValidationError as failure:
        raise Refused(_findings_of(organization, failure)) from failure


def _findings_of(organization: Organization, failure: ValidationError) -> list[Finding]:
    names = {field.name: str(field.verbose_name) for field in organization._meta.fields}
    return [
        error("invalid", f"{names.get(name, 'запись').capitalize()}: {text}")
        for name, texts in failure.message_dict.items()
        for text in texts
    ]


@transaction.atomic
def update_contacts(*, organization: Organization, by: Any, values: Mapping[str, str]) -> bool:
    """Change contacts; True when something changed. A school changes its own, keepers all. Raises Refused."""
    if by is not None and not Organization.objects.editable_by(by).filter(pk=organization.pk).exists():
        raise refuse("not_yours", "Вы можете менять контакты только своей организации.")
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    changed = [name for name in CONTACTS if name in values and getattr(organization, name) != values[name]]
    if not changed:
        return False
    for name in changed:
        setattr(organization, name, values[name])
    _checked(organization)
    organization.save(update_fields=changed)
    names = ", ".join(str(organization._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    events.record(kind="organizations.contacts", subject=organization, by=by, text=f"Изменены контакты: {names}")
    return True


@transaction.atomic
def update_features(*, organization: Organization, by: Any, features: Iterable[str]) -> bool:
    """Say what is special about an organisation; True when something changed. Raises Refused."""
    require_keeper(by)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    wanted = [code for code, _ in KEPT_FEATURES if code in set(features)]
    if wanted == organization.features:
        return False
    organization.features = wanted
    organization.save(update_fields=["features"])
    names = ", ".join(str(Feature(code).label) for code in wanted) or "нет"
    events.record(kind="organizations.features", subject=organization, by=by, text=f"Особенности: {names}")
    return True


def _open(organization: Organization, on: date) -> Organization:
    """The organisation, locked; it must be an educational one, open, and open before `on`."""
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if locked.kind == Kind.AUTHORITY:
        raise refuse("authority", "Орган управления нельзя закрыть или присоединить.")
    if locked.closed_on:
        raise refuse("closed_already", f"Организация уже закрыта {locked.closed_on:%d.%m.%Y}.")
    if locked.opened_on and on < locked.opened_on:
        raise refuse("before_opening", f"Дата раньше открытия организации ({locked.opened_on:%d.%m.%Y}).")
    return locked


def _note(organization: Organization, kind: str, on: date, note: str, other: Organization | None = None) -> None:
    OrganizationEvent.objects.create(organization=organization, kind=kind, on=on, note=note[:300], other=other)


@transaction.atomic
def rename_organization(
    *, organization: Organization, name: str, full_name: str = "", on: date, by: Any, note: str = ""
) -> None:
    """Give a new name from a day on; the old one stays in the history. Raises Refused."""
    require_keeper(by)
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    old, name = locked.name, name.strip()
    if not name or name == old:
        raise refuse("same_name", "Новое название совпадает с прежним или не указано.")
    locked.name, locked.full_name = name, full_name.strip() or locked.full_name
    _checked(locked)
    locked.save(update_fields=["name", "full_name"])
    _note(locked, OrganizationEvent.Kind.RENAMED, on, f"Прежнее название: {old}. {note}".strip())
    text = f"Переименована с {on:%d.%m.%Y}: «{old}» → «{name}»"
    events.record(kind="organizations.renamed", subject=locked, by=by, text=text, old=old)


@transaction.atomic
def merge_organizations(*, organization: Organization, into: Organization, on: date, by: Any, note: str = "") -> None:
    """Join an organisation to another one on a day: it closes, its history stays its own. Raises Refused."""
    require_keeper(by)
    if into.pk == organization.pk:
        raise refuse("same", "Организацию нельзя присоединить к самой себе.")
    locked = _open(organization, on)
    successor = _open(into, on)
    locked.closed_on, locked.successor = on, successor
    locked.save(update_fields=["closed_on", "successor"])
    _note(locked, OrganizationEvent.Kind.MERGED, on, note, successor)
    text = f"Присоединена {on:%d.%m.%Y} к «{successor}»"
    events.record(kind="organizations.merged", subject=locked, by=by, text=text, into=successor.code)
    text = f"К организации присоединена «{locked}» {on:%d.%m.%Y}"
    events.record(kind="organizations.joined", subject=successor, by=by, text=text, joined=locked.code)
    merged.send(sender=Organization, old=locked, new=successor, by=by)


@transaction.atomic
def close_organization(*, organization: Organization, on: date, by: Any, note: str = "") -> None:
    """Close an organisation on a day; what it has reported stays. Raises Refused."""
    require_keeper(by)
    locked = _open(organization, on)
    locked.closed_on = on
    locked.save(update_fields=["closed_on"])
    _note(locked, OrganizationEvent.Kind.CLOSED, on, note)
    events.record(kind="organizations.closed", subject=locked, by=by, text=f"Закрыта {on:%d.%m.%Y}")


@transaction.atomic
def assign_group(
    *,
    code: str,
    name: str,
    organizations: Iterable[Organization],
    by: Any,
    description: str = "",
    kind: str = Group.Kind.HAND,
) -> Group:
    """Set the members of a group, made on first use; a cluster is a group too. Raises Refused."""
    require_keeper(by)
    fields = {"name": name, "description": description, "kind": kind}
    group, _ = Group.objects.update_or_create(code=code, defaults=fields)
    members = list(organizations)
    group.organizations.set(members)
    text = f"Состав группы «{name}»: организаций — {len(members)}"
    events.record(kind="organizations.grouped", subject=group, by=by, text=text, codes=[m.code for m in members])
    return group
