"""Reads of surveys: who sees which."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SurveyQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "SurveyQuerySet":
        """The authority sees all, an organisation those that it takes part in."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school:
            return self.filter(places__organization=user.organization)
        return self.none()

    def over(self, today: date | None = None) -> "SurveyQuerySet":
        return self.filter(Q(closed_at__isnull=False) | Q(closes_on__lt=today or timezone.localdate()))

    def running(self, today: date | None = None) -> "SurveyQuerySet":
        day = today or timezone.localdate()
        return self.filter(closed_at__isnull=True, opens_on__lte=day, closes_on__gte=day)

    def published(self) -> "SurveyQuerySet":
        """Results that everybody may read."""
        return self.filter(published_at__isnull=False)


class PlaceQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "PlaceQuerySet":
        """Links and counts: the authority all, an organisation its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(organization=user.organization) if user.is_school else self.none()


class FreeTextQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "FreeTextQuerySet":
        """Free answers are for the authority alone: a school might know its people by their words."""
        return self if user.is_authenticated and user.is_authority else self.none()
