"""Reads of reports and releases."""

from typing import Any

from django.db import models


class ReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ReportQuerySet":
        """Reports in work are the authority's; everybody else reads published releases."""
        return self if user.is_authenticated and user.is_authority else self.none()


class ReleaseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ReleaseQuerySet":
        """Unpublished releases are the authority's; published and replaced ones are everybody's."""
        return self if user.is_authenticated and user.is_authority else self.public()

    def public(self) -> "ReleaseQuerySet":
        """What was published, replaced releases included."""
        return self.filter(state__in=("published", "superseded"))

    def current(self) -> "ReleaseQuerySet":
        """The published release of each report, newest period first."""
        return self.filter(state="published").select_related("report__period").order_by("-report__period__starts_on")
