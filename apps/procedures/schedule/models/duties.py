"""Who of the operator's staff answers for a direction or a procedure."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.indicators.models import Direction


class DutyQuerySet(models.QuerySet[Any]):
    def current(self) -> "DutyQuerySet":
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: Any) -> "DutyQuerySet":
        """Who does what inside the authority is read by the authority."""
        return self if user.is_authenticated and user.is_authority else self.none()


class Duty(models.Model):
    """A person's duty for one direction or one procedure; ended, never deleted."""

    class Part(models.TextChoices):
        LEAD = "lead", "ответственный"
        MEMBER = "member", "исполнитель"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="duties", verbose_name="сотрудник")
    direction = models.ForeignKey(Direction, models.PROTECT, null=True, blank=True, related_name="duties")
    procedure = models.ForeignKey("procedures.Procedure", models.CASCADE, null=True, blank=True, related_name="duties")
    part = models.CharField("роль", max_length=8, choices=Part.choices, default=Part.LEAD)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField("назначен", default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("снят", null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "назначение сотрудника"
        verbose_name_plural = "назначения сотрудников"
        ordering = ("part", "assigned_at")
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__isnull=True, procedure__isnull=False)
                | Q(direction__isnull=False, procedure__isnull=True),
                name="duty_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=("user", "direction", "procedure"),
                condition=Q(ended_at__isnull=True),
                name="one_current_duty",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.direction or self.procedure}"
