"""Files of federal statistics: what was uploaded, whose it is, what was read from it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.collection.querysets import StatisticsQuerySet
from apps.core.models import Job, PrivateFile
from apps.organizations.models import Organization


class StatisticsFile(models.Model):
    """A form of statistics of an organisation and day. Of the same form and day the newest counts."""

    class State(models.TextChoices):
        QUEUED = "queued", "в очереди"
        APPLIED = "applied", "прочитан"
        UNKNOWN = "unknown", "нужна организация"
        REFUSED = "refused", "не принят"
        REPLACED = "replaced", "заменён новым"

    TONES = {"applied": "good", "unknown": "warn", "refused": "bad", "queued": "info"}

    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    form = models.CharField("форма", max_length=12, blank=True)
    as_of = models.DateField("на дату", null=True)
    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+")
    name = models.CharField("имя файла", max_length=200)
    # What was read: indicator, number, place on the form, sheet, cell, whether the place is confirmed.
    numbers = models.JSONField("числа", default=list)
    stated = models.JSONField("что сказано об организации", default=dict)
    findings = models.JSONField("замечания", default=list)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.QUEUED)
    batch = models.UUIDField("загрузка", default=uuid.uuid4)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField("загружен", default=timezone.now)

    objects = StatisticsQuerySet.as_manager()

    class Meta:
        verbose_name = "форма федеральной статистики"
        verbose_name_plural = "формы федеральной статистики"
        ordering = ("-uploaded_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("applied", "replaced"))
                | Q(organization__isnull=False, as_of__isnull=False) & ~Q(form=""),
                name="applied_statistics_is_whole",
            ),
            models.UniqueConstraint(
                fields=("organization", "form", "as_of"), condition=Q(state="applied"), name="one_applied_statistics"
            ),
        ]
        indexes = [models.Index(fields=("batch",), name="statistics_batch")]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def title(self) -> str:
        """«ОО‑1 на 20.09.2025»"""
        from apps.collection.statistics.layouts import layouts

        layout = layouts().get(self.form)
        return f"{layout.title} на {self.as_of:%d.%m.%Y}" if layout and self.as_of else layout.title if layout else ""

    @property
    def tone(self) -> str:
        return self.TONES.get(self.state, "neutral")

    @property
    def count(self) -> int:
        numbers: list[Any] = self.numbers
        return len(numbers)
