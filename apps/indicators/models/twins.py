"""What a review of the indicators decided: which of them measure the same thing and which only seem to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.indicators.models.measures import Indicator


class Twin(models.Model):
    """A pair of indicators that a person has judged; it is not asked about again until the judgement is undone.

    The pair has no order: the one with the lesser id stands first.
    """

    class Verdict(models.TextChoices):
        SAME = "same", "то же самое"
        DIFFERENT = "different", "не дубликат"

    first = models.ForeignKey(Indicator, models.CASCADE, related_name="+", verbose_name="показатель")
    second = models.ForeignKey(Indicator, models.CASCADE, related_name="+", verbose_name="второй показатель")
    verdict = models.CharField("решение", max_length=9, choices=Verdict.choices)
    note = models.CharField("пояснение", max_length=500, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "пара показателей"
        verbose_name_plural = "пары показателей"
        constraints = [
            models.UniqueConstraint(fields=("first", "second"), name="one_verdict_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(condition=~Q(verdict="different") | ~Q(note=""), name="different_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.first} и {self.second}: {self.get_verdict_display()}"
