"""Reads of the registers: who sees which entry."""

from typing import Any

from django.db import models
from django.db.models import Q


class EntryQuerySet(models.QuerySet[Any]):
    """The authority sees all entries, a school its own and what `shared_with` adds."""

    def visible_to(self, user: Any) -> "EntryQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not user.is_school or user.organization is None:
            return self.none()
        own = self.model.objects.filter(Q(organization=user.organization) | self.shared_with(user.organization))
        return self.filter(pk__in=own.values("pk"))

    def shared_with(self, organization: Any) -> Q:
        """Entries of others that a school may read; none unless a register says so."""
        return Q(pk__in=[])

    def current(self) -> "EntryQuerySet":
        """Those that were not put into the archive."""
        return self.filter(archived_at__isnull=True)


class AgreementQuerySet(EntryQuerySet):
    def shared_with(self, organization: Any) -> Q:
        """An agreement that names the school is the school's business too."""
        return Q(schools=organization, archived_at__isnull=True)


class PracticeQuerySet(EntryQuerySet):
    def shared_with(self, organization: Any) -> Q:
        """The bank: what was accepted is for everybody to use."""
        return Q(state="accepted", archived_at__isnull=True)


class OpenQuerySet(EntryQuerySet):
    def shared_with(self, organization: Any) -> Q:
        """Entered by the authority for all."""
        return Q(archived_at__isnull=True)
