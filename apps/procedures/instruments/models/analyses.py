"""Analyses of a work by methodical associations."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.procedures.models.works import Procedure


class WorkAnalysis(models.Model):
    """What an association says about the results of a work; one of each leader, changed in place with its history."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="analyses", verbose_name="процедура")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField("разбор", max_length=10000)
    advice = models.TextField("что предлагаем школам", max_length=4000, blank=True)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    saved_at = models.DateTimeField("сохранён", default=timezone.now)

    class Meta:
        verbose_name = "разбор работы объединением"
        verbose_name_plural = "разборы работ объединениями"
        ordering = ("-saved_at",)
        constraints = [models.UniqueConstraint(fields=("procedure", "author"), name="one_work_analysis")]

    def __str__(self) -> str:
        return f"Разбор: {self.procedure}"

    def get_absolute_url(self) -> str:
        return reverse("procedures:work_analysis", args=[self.pk])
