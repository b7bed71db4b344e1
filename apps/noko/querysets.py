"""Reads of the room: the authority sees all, an organisation its own."""

from typing import Any

from django.db import models
from django.utils import timezone

AWAITS_ORGANIZATION = ("planned", "returned")


class _Owned(models.QuerySet[Any]):
    owner = "organization"

    def visible_to(self, user: Any) -> Any:
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(**{self.owner: user.organization}) if user.is_school else self.none()


class AssessmentQuerySet(_Owned):
    pass


class ShortcomingQuerySet(_Owned):
    owner = "assessment__organization"

    def without_measures(self) -> "ShortcomingQuerySet":
        return self.filter(measures__isnull=True)


class MeasureQuerySet(_Owned):
    owner = "shortcoming__assessment__organization"

    def with_details(self) -> "MeasureQuerySet":
        return self.select_related("shortcoming__assessment__organization", "shortcoming__assessment__period", "proof")

    def awaiting_organization(self) -> "MeasureQuerySet":
        return self.filter(state__in=AWAITS_ORGANIZATION)

    def overdue(self) -> "MeasureQuerySet":
        return self.awaiting_organization().filter(due_on__lt=timezone.localdate())
