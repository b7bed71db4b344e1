"""Evidence files that were asked for, with the job that makes each."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.core.models import Job, Period, PrivateFile
from apps.organizations.models import Organization


class EvidenceQuerySet(models.QuerySet["EvidenceFile"]):
    def visible_to(self, user: Any) -> "EvidenceQuerySet":
        """The authority sees all; a school those of its own cycle that it made itself."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not (user.is_school and user.organization):
            return self.none()
        return self.filter(organization=user.organization, created_by=user)


class EvidenceFile(models.Model):
    """The evidence of a year: of the municipality or, with an organisation, of its own cycle.

    Made of what `created_by` may see at the moment of the job.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="организация"
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    # What was counted: objects, files, filled and empty positions, breaks.
    counts = models.JSONField("итоги", default=dict)
    word = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    archive = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("заказан", default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "доказательный файл"
        verbose_name_plural = "доказательные файлы"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        whose = f", {self.organization}" if self.organization else ""
        return f"Доказательный файл управленческого цикла за {self.period}{whose}"

    @property
    def is_ready(self) -> bool:
        return self.archive_id is not None
