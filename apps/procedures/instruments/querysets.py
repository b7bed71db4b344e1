"""Reads of instruments, requirements and internal checks."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.roles import Role

# Whom an opening of the bank lets in.
OPENED_FOR = {
    "leaders": frozenset({Role.ASSOCIATION_LEADER}),
    "schools": frozenset({Role.DIRECTOR, Role.COORDINATOR}),
    "experts": frozenset({Role.EXPERT}),
}


class InstrumentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "InstrumentQuerySet":
        """The authority sees all; others what is approved, opened for their role and not out of date, and their own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        openings = [opening for opening, roles in OPENED_FOR.items() if user.role in roles]
        own = Q(created_by=user) if user.role == Role.ASSOCIATION_LEADER else Q(pk__in=[])
        if not openings:
            return self.none()
        current = Q(open_until__isnull=True) | Q(open_until__gte=timezone.localdate())
        return self.filter(own | Q(state="approved", opening__overlap=openings) & current)


class RequirementQuerySet(models.QuerySet[Any]):
    def current(self) -> "RequirementQuerySet":
        return self.filter(replaced_by__isnull=True)

    def visible_to(self, user: Any) -> "RequirementQuerySet":
        """What is published is for all who work with marks: the authority, leaders, experts, schools."""
        if not user.is_authenticated:
            return self.none()
        readers = user.is_authority or user.is_school or user.role in {Role.ASSOCIATION_LEADER, Role.EXPERT}
        return self if readers else self.none()


class OwnQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "OwnQuerySet":
        """The authority sees all, a school its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(organization=user.organization) if user.is_school else self.none()
