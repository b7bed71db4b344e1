"""Figures of the region and of the country beside ours: imported, shown as lines of their own, never added up."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.core.models import Period
from apps.indicators.models.measures import Indicator


class ReferenceSeries(models.Model):
    """Whose figures these are and where they were published."""

    class Owner(models.TextChoices):
        REGION = "region", "регион"
        FEDERATION = "federation", "Российская Федерация"

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="references", verbose_name="показатель")
    owner = models.CharField("чьи данные", max_length=10, choices=Owner.choices)
    territory = models.CharField("территория", max_length=120)
    unit = models.CharField("единица", max_length=100, blank=True)
    source = models.CharField("источник", max_length=400)
    source_url = models.URLField("ссылка", max_length=500, blank=True)
    source_date = models.DateField("дата источника", null=True, blank=True)
    is_confirmed = models.BooleanField("сверено с источником", default=False)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField("загружен", default=timezone.now)

    class Meta:
        verbose_name = "ряд сравнения"
        verbose_name_plural = "ряды сравнения"
        ordering = ("indicator__pack", "indicator__order", "owner", "territory")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "owner", "territory"), name="one_reference_series"),
            models.CheckConstraint(condition=~Q(source=""), name="reference_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.name}"

    @property
    def name(self) -> str:
        """As a line of a chart is called."""
        return self.territory if self.is_confirmed else f"{self.territory} (не подтверждено)"


class ReferencePoint(models.Model):
    """The figure of a territory in a period."""

    series = models.ForeignKey(ReferenceSeries, models.CASCADE, related_name="points")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="период")
    number = models.DecimalField("значение", max_digits=20, decimal_places=6)

    class Meta:
        verbose_name = "точка ряда сравнения"
        verbose_name_plural = "точки рядов сравнения"
        ordering = ("period__starts_on",)
        constraints = [models.UniqueConstraint(fields=("series", "period"), name="one_reference_point")]

    def __str__(self) -> str:
        return f"{self.series}, {self.period}: {self.number}"
