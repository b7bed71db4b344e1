"""What people said about columns of layouts that the portal does not know."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class MappingProfile(models.Model):
    """Meanings of the columns under one header; offered again for a file with the same header."""

    title = models.CharField("название", max_length=120)
    # Of the folded words of the header, see `mapping.table.header_digest`.
    digest = models.CharField(max_length=64)
    kind = models.CharField("вид процедуры", max_length=8)
    header = models.JSONField("столбцы файла", default=list)
    # As `mapping.table.Mapping.as_json`.
    columns = models.JSONField("значения столбцов", default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("сохранён", default=timezone.now)
    used_at = models.DateTimeField("применялся", default=timezone.now)
    used = models.PositiveIntegerField("применялся, раз", default=1)

    class Meta:
        verbose_name = "профиль столбцов"
        verbose_name_plural = "профили столбцов"
        ordering = ("-used_at",)
        constraints = [
            models.UniqueConstraint(
                fields=("title",),
                name="one_mapping_title",
                violation_error_message="Профиль с таким названием уже есть.",
            )
        ]

    def __str__(self) -> str:
        return self.title
