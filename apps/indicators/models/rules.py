"""Checks between rows of a pack."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Rule(models.Model):
    """A check between rows of a pack, written in the formula language; forms evaluate it over their answers."""

    class Severity(models.TextChoices):
        ERROR = "error", "ошибка"
        QUERY = "query", "нужно пояснение"
        NOTICE = "notice", "к сведению"

    code = models.CharField("код", max_length=60, unique=True)  # «so_oo.part.1.5»
    pack = models.SlugField("набор", max_length=40)
    severity = models.CharField("строгость", max_length=8, choices=Severity.choices)
    condition = models.TextField("условие")  # what must hold: `[so_oo.1.5] <= [so_oo.1.1]`
    message = models.CharField("сообщение", max_length=500)
    # Codes of the indicators in the condition; the first is where a finding is shown.
    indicators = ArrayField(models.CharField(max_length=40), verbose_name="показатели")
    order = models.PositiveSmallIntegerField("порядок", default=0)
    is_active = models.BooleanField("используется", default=True)

    class Meta:
        verbose_name = "правило"
        verbose_name_plural = "правила"
        ordering = ("pack", "order")

    def __str__(self) -> str:
        return self.message
