"""Reads of meetings: who sees which."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from apps.accounts.roles import Role

SHOWN = ("announced", "held", "cancelled")  # to those who are invited


class MeetingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "MeetingQuerySet":
        """The authority sees all; an organisation those it is invited to, once they are announced.

        A leader those of their association; whom a school sends sees them in the role at the school.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.filter(state__in=SHOWN, invitees__organization=user.organization).distinct()
        if user.role == Role.ASSOCIATION_LEADER:
            return self.filter(state__in=SHOWN, invitees__association__leader=user).distinct()
        return self.none()

    def with_details(self) -> "MeetingQuerySet":
        return self.select_related("base_organization", "author", "session__series")


class PartQuerySet(models.QuerySet[Any]):
    """Rows that hang on a meeting are seen with it."""

    def visible_to(self, user: Any) -> "PartQuerySet":
        from apps.roadmaps.meetings.models import Meeting

        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))


class InviteeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "InviteeQuerySet":
        """The authority sees all who are invited; an organisation itself, a leader their association."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.filter(organization=user.organization, meeting__state__in=SHOWN)
        if user.role == Role.ASSOCIATION_LEADER:
            return self.filter(association__leader=user, meeting__state__in=SHOWN)
        return self.none()

    def with_details(self) -> "InviteeQuerySet":
        return self.select_related("organization", "association__leader", "subgroup", "user", "read_by")

    def by_register(self) -> "InviteeQuerySet":
        """Organisations in the order of the register, then associations."""
        kind = F("organization__kind").desc(nulls_last=True)
        return self.order_by(kind, "organization__number", "organization__name_key", "association__name")

    def to_confirm(self) -> "InviteeQuerySet":
        """A decision was published, and nobody of the organisation said that it was read."""
        published = Q(meeting__published_at__isnull=False, organization__closed_on__isnull=True)
        return self.filter(published, read_at__isnull=True)


class OfficerQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "OfficerQuerySet":
        """The authority sees all, an organisation its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(organization=user.organization) if user.is_school and user.organization else self.none()

    def current(self) -> "OfficerQuerySet":
        return self.filter(until__isnull=True)
