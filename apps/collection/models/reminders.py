"""Letters that remind of forms: one a person and day, by a constraint of the database."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Reminder(models.Model):
    """The digest of one person on one day. It is claimed by this row before it is sent, so it is never sent twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="кому")
    day = models.DateField("день")
    text = models.TextField("письмо")
    run = models.UUIDField("рассылка", default=uuid.uuid4, editable=False)
    claimed_at = models.DateTimeField("подготовлено", default=timezone.now)
    sent_at = models.DateTimeField("отправлено", null=True)

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        ordering = ("-day", "pk")
        constraints = [models.UniqueConstraint(fields=("user", "day"), name="one_reminder_a_day")]
        indexes = [models.Index(fields=("run",), name="reminder_run")]

    def __str__(self) -> str:
        return f"{self.user}, {self.day:%d.%m.%Y}"
