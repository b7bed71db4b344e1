"""Reads of projects that chain. Whoever may not read a project does not learn that it exists."""

from typing import Any

from django.db import models
from django.db.models import Case, Count, Q, When


class ProjectQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """The authority sees all; schools what is announced, so that they can apply; nobody else any."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.exclude(state="draft") if user.is_school and user.organization else self.none()

    def with_counts(self) -> "ProjectQuerySet":
        """How many organisations take part, and how many applications wait; those that are over stand last."""
        is_over = Case(When(state__in=("done", "stopped"), then=1), default=0)
        return (
            self.select_related("programme", "direction")
            .annotate(
                accepted=Count("members", filter=Q(members__state="accepted"), distinct=True),
                waiting=Count("members", filter=Q(members__state="applied"), distinct=True),
            )
            .order_by(is_over, "kind", "programme__title", "number", "-starts_on", "pk")
        )


class MemberQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "MemberQuerySet":
        """The authority sees all, an organisation its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(organization=user.organization) if user.is_school and user.organization else self.none()

    def accepted(self) -> "MemberQuerySet":
        return self.filter(state="accepted")


class OfMemberQuerySet(models.QuerySet[Any]):
    """What belongs to a member: products, reports."""

    def visible_to(self, user: Any) -> "OfMemberQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        own = user.is_school and user.organization
        return self.filter(member__organization=user.organization) if own else self.none()


class MonitoringQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "MonitoringQuerySet":
        """The authority sees all; schools what is ready, in projects they take part in."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not (user.is_school and user.organization):
            return self.none()
        mine = {"project__members__organization": user.organization, "project__members__state": "accepted"}
        return self.filter(is_ready=True, **mine).distinct()
