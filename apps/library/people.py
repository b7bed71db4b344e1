"""Whom the library tells."""

from collections.abc import Iterable

from apps.accounts.models import Membership
from apps.accounts.roles import SCHOOL, Role
from apps.organizations.models import Organization


def of_organizations(organizations: Iterable[Organization]) -> dict[int, set[int]]:
    """Directors and coordinators by organisation: numbers of organisations to numbers of people."""
    found = Membership.objects.current().filter(organization__in=list(organizations), role__in=SCHOOL)
    people: dict[int, set[int]] = {}
    for organization, user in found.values_list("organization", "user"):
        people.setdefault(organization, set()).add(user)
    return people


def of_council() -> list[int]:
    found = Membership.objects.current().filter(role=Role.PUBLIC_REPRESENTATIVE)
    return list(found.values_list("user", flat=True).distinct())


def of_department() -> list[int]:
    found = Membership.objects.current().filter(role=Role.SPECIALIST)
    return list(found.values_list("user", flat=True).distinct())
