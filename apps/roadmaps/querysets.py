"""Reads of recommendations."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from apps.accounts.roles import Role

AWAITS_ORGANIZATION = ("sent", "received", "returned")


def _counts() -> dict[str, Count]:
    states = {value: Count("pk", filter=Q(state=value)) for value in (*AWAITS_ORGANIZATION, "reported", "done")}
    late = Q(state__in=AWAITS_ORGANIZATION, recommendation__due_on__lt=timezone.localdate())
    return {**states, "overdue": Count("pk", filter=late), "total": Count("pk")}


class RecommendationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "RecommendationQuerySet":
        """The authority sees all; an organisation those addressed to it, a leader those to associations of theirs."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.filter(addressees__organization=user.organization)
        if user.role == Role.ASSOCIATION_LEADER:
            return self.filter(addressees__association__leader=user).distinct()
        return self.none()


class AddresseeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "AddresseeQuerySet":
        """The authority sees all; an organisation or the leader of an association their own, never who else was
        addressed."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.filter(organization=user.organization)
        if user.role == Role.ASSOCIATION_LEADER:
            return self.filter(association__leader=user)
        return self.none()

    def with_details(self) -> "AddresseeQuerySet":
        return self.select_related(
            "recommendation__period", "recommendation__author", "recommendation__direction", "organization",
            "association__leader",
        )  # fmt: skip

    def of_directions(self, code: str, own: Collection[str] = ()) -> "AddresseeQuerySet":
        """By the code of a direction; «own» are those of `own`, «none» those without a direction."""
        if code == "none":
            return self.filter(recommendation__direction__isnull=True)
        return self.filter(recommendation__direction__code__in=own if code == "own" else [code])

    def by_urgency(self) -> "AddresseeQuerySet":
        """What waits for the organisation first, the earliest term above; then reports to review; what is done last."""
        rank = Case(When(state="done", then=Value(2)), When(state="reported", then=Value(1)), default=Value(0))
        return self.order_by(rank, "recommendation__due_on", "pk")

    def awaiting_organization(self) -> "AddresseeQuerySet":
        """Not yet received or reported, or returned: the organisation has something to do."""
        return self.filter(state__in=AWAITS_ORGANIZATION)

    def overdue(self) -> "AddresseeQuerySet":
        return self.awaiting_organization().filter(recommendation__due_on__lt=timezone.localdate())

    def count_by_state(self) -> dict[str, int]:
        """How many in each state, and `overdue`; one query."""
        return self.order_by().aggregate(**_counts())

    def count_by_direction(self) -> list[dict[str, Any]]:
        """The same counts for each direction that has any, in the order of directions; one query."""
        names = ("recommendation__direction__code", "recommendation__direction__name")
        rows = self.order_by().values(*names).annotate(**_counts())
        return list(rows.order_by("recommendation__direction__order", "recommendation__direction__code"))
