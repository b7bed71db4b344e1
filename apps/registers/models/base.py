"""What every register has in common: whose entry it is, who made it, and the archive instead of deletion."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.organizations.models import Organization


class Entry(models.Model):
    """A record of an organisation that is a line of a list and not a number."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="организация")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField("внесена", default=timezone.now, editable=False)
    changed_at = models.DateTimeField("изменена", default=timezone.now, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    archived_at = models.DateTimeField("в архиве с", null=True, blank=True, editable=False)
    archive_reason = models.CharField("почему в архиве", max_length=300, blank=True, editable=False)

    register_code = ""  # of its register, as addresses name it

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archive_reason="")
                | Q(archived_at__isnull=False) & ~Q(archive_reason=""),
                name="%(class)s_archived_why",
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("registers:entry", args=[self.register_code, self.pk])

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
