"""Templates of acts."""

from django.db import models

from apps.roadmaps.decisions.models.decisions import Decision


class DecisionTemplate(models.Model):
    """A blank of an act: its words and items; what stands in braces is filled in when a draft is made."""

    name = models.CharField("название шаблона", max_length=120, unique=True)
    kind = models.CharField("вид", max_length=12, choices=Decision.Kind.choices, default=Decision.Kind.ORDER)
    title = models.CharField("о чём", max_length=500)
    preamble = models.TextField("вводная часть", blank=True)
    # As they are pasted into the form: a line an item, with its number.
    items_text = models.TextField("пункты")
    is_active = models.BooleanField("предлагать", default=True)

    class Meta:
        verbose_name = "шаблон акта"
        verbose_name_plural = "шаблоны актов"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
