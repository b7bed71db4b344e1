"""Who reads whose profile, and how much of it. The one place of this rule."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.organizations.models import Organization
from apps.organizations.querysets import OrganizationQuerySet
from apps.procedures.models import Subject


@dataclass(frozen=True)
class Reach:
    """What of a profile a person reads; `subjects` None means everything."""

    subjects: Collection[int] | None = None

    @property
    def is_whole(self) -> bool:
        return self.subjects is None


def organizations_for(user: User) -> OrganizationQuerySet:
    """The authority reads all profiles, a school its own, the leader of an association those of schools."""
    everything: OrganizationQuerySet = Organization.objects.educational()
    if user.is_authority:
        return everything
    if user.is_school and user.organization:
        return everything.filter(pk=user.organization.pk)
    if user.role == Role.ASSOCIATION_LEADER:
        return everything.filter(kind="school")
    return everything.none()


def reach_of(user: User) -> Reach:
    """The leader of an association reads results of its subjects and nothing else."""
    if user.role != Role.ASSOCIATION_LEADER:
        return Reach()
    led = Subject.objects.filter(associations__leader=user)
    return Reach(frozenset(led.values_list("pk", flat=True)))


def readable(user: User, code: str) -> Organization:
    """The organisation of an address, or 404."""
    if "\x00" in code:
        raise Http404
    found: Organization = get_object_or_404(organizations_for(user), code=code)
    return found
