"""Reads of external markers: by digits of a login, whoever the organisation is."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from apps.organizations.models import ExternalId, Organization
from apps.procedures.markers.models import ExternalMarker
from apps.procedures.models import ParticipatingSchool


def logins_of(organizations: Iterable[Organization]) -> dict[str, int]:
    """Digits of ФИС ОКО logins, past ones included, of these organisations."""
    wanted = [one.pk for one in organizations]
    codes = ExternalId.objects.filter(system=ExternalId.System.FIS_OKO, organization__in=wanted)
    seen = ParticipatingSchool.objects.filter(system=ParticipatingSchool.System.FIS_OKO, organization__in=wanted)
    return dict(codes.values_list("value", "organization")) | dict(seen.values_list("digits", "organization"))


def markers_of(organization: Organization) -> QuerySet[ExternalMarker]:
    """Markers of one organisation by year, the latest first."""
    return (
        ExternalMarker.objects.filter(digits__in=logins_of([organization])).select_related("source").order_by("-year")
    )


def ours() -> list[tuple[ExternalMarker, Organization]]:
    """Markers of the organisations of the register."""
    organizations = {one.pk: one for one in Organization.objects.filter(kind="school")}
    logins = logins_of(organizations.values())
    markers = ExternalMarker.objects.filter(Q(digits__in=logins)).select_related("source")
    return [(marker, organizations[logins[marker.digits]]) for marker in markers]
