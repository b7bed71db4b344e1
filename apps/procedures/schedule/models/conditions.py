"""What a direction of assessment rests on, as far as the portal does not know it by itself."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.indicators.models import Direction


class Condition(models.Model):
    """A condition of a direction that people name: a document, a person's post, an instrument, a system."""

    class Kind(models.TextChoices):
        DOCUMENTS = "documents", "документы"
        PEOPLE = "people", "люди"
        INSTRUMENTS = "instruments", "инструменты"
        SYSTEMS = "systems", "информационные системы"

    direction = models.ForeignKey(Direction, models.CASCADE, related_name="conditions")
    kind = models.CharField("что это", max_length=12, choices=Kind.choices)
    title = models.CharField("название", max_length=300)
    url = models.URLField("ссылка", blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField("внесено", default=timezone.now)

    class Meta:
        verbose_name = "условие направления"
        verbose_name_plural = "условия направлений"
        ordering = ("kind", "title")
        constraints = [
            models.UniqueConstraint(
                fields=("direction", "kind", "title"),
                name="one_condition",
                violation_error_message="Это условие уже внесено.",
            )
        ]

    def __str__(self) -> str:
        return self.title
