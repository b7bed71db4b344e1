"""Reads of people, venues, assignments, acts and sheets. A person outside the authority sees only their own."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from apps.accounts.roles import Role


def _own(user: Any, prefix: str = "") -> Q:
    """The rows of the person who logs in as `user`: linked at once, or through an accepted invitation."""
    return Q(**{f"{prefix}user": user}) | Q(**{f"{prefix}invitation__accepted_by": user})


class PersonQuerySet(models.QuerySet[Any]):
    def of_user(self, user: Any) -> "PersonQuerySet":
        return self.filter(_own(user)).exclude(state="archived")

    def visible_to(self, user: Any) -> "PersonQuerySet":
        """The authority sees all, a school those it registered, a leader those they nominated, others themselves."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school:
            return self.filter(registered_by=user.organization)
        if user.role == Role.ASSOCIATION_LEADER:
            return self.filter(created_by=user)
        return self.of_user(user)

    def active(self) -> "PersonQuerySet":
        return self.filter(state="active")

    def with_capacity(self, capacity: str) -> "PersonQuerySet":
        return self.filter(capacities__contains=[capacity])

    def accredited(self, on: date | None = None) -> "PersonQuerySet":
        day = on or timezone.localdate()
        return self.filter(accreditations__valid_from__lte=day, accreditations__valid_to__gte=day).distinct()

    def lapsed(self, on: date | None = None) -> "PersonQuerySet":
        """Those who had an accreditation and have none on the day."""
        day = on or timezone.localdate()
        holding = self.model.objects.accredited(day).values("pk")
        return self.filter(accreditations__isnull=False).exclude(pk__in=holding).distinct()


class VenueQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "VenueQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(organization=user.organization) if user.is_school else self.none()

    def counted(self) -> "VenueQuerySet":
        """With how many observers and others are sent there now."""
        current = Q(assignments__cancelled_at__isnull=True)
        return self.annotate(
            observers=Count("assignments", filter=current & Q(assignments__capacity="observer"), distinct=True),
            others=Count("assignments", filter=current & ~Q(assignments__capacity="observer"), distinct=True),
        )

    def uncovered(self) -> "VenueQuerySet":
        return self.counted().filter(observers=0)

    def coming(self) -> "VenueQuerySet":
        return self.filter(on__gte=timezone.localdate())


class AssignmentQuerySet(models.QuerySet[Any]):
    def current(self) -> "AssignmentQuerySet":
        return self.filter(cancelled_at__isnull=True)

    def of_user(self, user: Any) -> "AssignmentQuerySet":
        return self.filter(_own(user, "person__")).exclude(person__state="archived")

    def visible_to(self, user: Any) -> "AssignmentQuerySet":
        """The authority sees all, a school who comes to it, a person their own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school:
            return self.filter(venue__organization=user.organization)
        return self.of_user(user)

    def with_places(self) -> "AssignmentQuerySet":
        return self.select_related("person", "venue__procedure", "venue__organization", "venue__site", "act__form")


class ActQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ActQuerySet":
        """Sent acts for the authority; a person sees their own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self.filter(state="sent")
        return self.filter(_own(user, "assignment__person__"))


class SheetQuerySet(models.QuerySet[Any]):
    def of_user(self, user: Any) -> "SheetQuerySet":
        return self.filter(_own(user, "person__")).exclude(person__state="archived")
