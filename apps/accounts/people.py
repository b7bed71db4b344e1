"""Who is told of things: people who act for an organisation or for the authority today."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import Membership, User
from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.organizations.models import Organization


def people_of(organizations: Iterable[Organization | int] | QuerySet[Any], *roles: str) -> QuerySet[User]:
    """Directors and coordinators (or those of `roles`) of the organisations; a person who left is not among them."""
    memberships = Membership.objects.current().filter(organization__in=organizations, role__in=roles or SCHOOL)
    return User.objects.filter(pk__in=memberships.values("user"))


def department() -> QuerySet[User]:
    """Head and specialists of the authority."""
    return User.objects.filter(pk__in=Membership.objects.current().filter(role__in=DEPARTMENT).values("user"))
