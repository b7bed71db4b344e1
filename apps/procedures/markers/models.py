"""Lists of markers as somebody else published them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from apps.core.models import PrivateFile


class MarkerList(models.Model):
    """A file with markers: where it came from and when it was loaded."""

    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+", verbose_name="файл")
    name = models.CharField("имя файла", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    source = models.CharField("источник", max_length=300, blank=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField("загружен", default=timezone.now)

    class Meta:
        verbose_name = "список маркеров"
        verbose_name_plural = "списки маркеров"
        ordering = ("-loaded_at",)

    def __str__(self) -> str:
        return self.name


class ExternalMarker(models.Model):
    """Markers of one school in one year, by the digits of its ФИС ОКО login; the rule behind them is not known."""

    year = models.PositiveSmallIntegerField("год")
    digits = models.CharField("логин, цифры", max_length=20)
    prefix = models.CharField("приставка логина", max_length=8, blank=True)
    name = models.CharField("название в списке", max_length=400, blank=True)
    municipality = models.CharField("муниципалитет в списке", max_length=200, blank=True)
    columns = ArrayField(models.CharField(max_length=40), verbose_name="маркеры", default=list)  # «4 РУ», «5 МА»
    source = models.ForeignKey(MarkerList, models.CASCADE, related_name="markers", verbose_name="список")

    class Meta:
        verbose_name = "внешний маркер"
        verbose_name_plural = "внешние маркеры"
        ordering = ("-year", "digits")
        constraints = [models.UniqueConstraint(fields=("year", "digits"), name="one_external_marker")]

    def __str__(self) -> str:
        return f"{self.year}, {self.prefix}{self.digits}: {', '.join(self.columns)}"
