"""Methodical associations: of which subjects, who leads them."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from apps.procedures.models.works import Subject


class Association(models.Model):
    """A municipal association of teachers; its leader reads and writes what concerns its subjects."""

    name = models.CharField("название", max_length=200, unique=True)
    subjects = models.ManyToManyField(Subject, related_name="associations", verbose_name="предметы")
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="руководитель"
    )

    class Meta:
        verbose_name = "методическое объединение"
        verbose_name_plural = "методические объединения"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("procedures:association_edit", args=[self.pk])
