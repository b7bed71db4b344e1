"""Reads of the register for pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from apps.core import events
from apps.core.models import Event
from apps.organizations.models import (
    ExternalId,
    Feature,
    Group,
    Kind,
    Organization,
    OrganizationEvent,
    Programme,
    Site,
)
from apps.organizations.querysets import OrganizationQuerySet


def open_register() -> OrganizationQuerySet:
    """What the open pages list: educational organisations that work today, as people count them."""
    return Organization.objects.educational().active(timezone.localdate())


@dataclass(frozen=True)
class KindCount:
    kind: str
    label: str
    count: int


_PLURAL = {
    Kind.SCHOOL: "Школы",
    Kind.KINDERGARTEN: "Детские сады",
    Kind.ADDITIONAL: "Дополнительное образование",
}


def counts_by_kind() -> list[KindCount]:
    """How many organisations of each kind work today."""
    rows = dict(open_register().order_by().values_list("kind").annotate(count=Count("pk")))
    return [KindCount(kind.value, label, rows.get(kind.value, 0)) for kind, label in _PLURAL.items()]


@dataclass(frozen=True)
class Card:
    """All that the page of an organisation shows."""

    organization: Organization
    programmes: list[str]
    features: list[str]
    sites: list[Site]
    groups: list[Group]
    predecessors: list[Organization]
    network_events: list[OrganizationEvent]
    external_ids: list[ExternalId]
    history: list[Event]
    can_edit: bool
    can_manage: bool


def card(organization: Organization, user: Any) -> Card:
    """The card as a reader may see it: codes of other systems and the history of changes are for those who edit it."""
    can_edit = Organization.objects.editable_by(user).filter(pk=organization.pk).exists()
    inside = can_edit or user.is_authority
    return Card(
        organization=organization,
        programmes=[str(Programme(value).label) for value in organization.programmes],
        features=[str(Feature(value).label) for value in organization.features],
        sites=list(organization.sites.all()),
        groups=list(organization.groups.all() if inside else organization.groups.exclude(kind=Group.Kind.CLUSTER)),
        predecessors=list(organization.predecessors.all()),
        network_events=list(organization.events.select_related("other")),
        external_ids=list(organization.external_ids.order_by("system", "-valid_to", "pk")) if inside else [],
        history=list(events.history(organization)[:20]) if inside else [],
        can_edit=can_edit,
        can_manage=user.can_manage_register and organization.kind != Kind.AUTHORITY,
    )
