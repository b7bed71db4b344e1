"""What a figure should reach by a period, on what that rests, and why figures changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.core.models import Period
from apps.indicators.models.figures import Aggregate
from apps.indicators.models.measures import Indicator
from apps.indicators.querysets import CauseQuerySet, TargetQuerySet


class Target(models.Model):
    """The figure of a scope that is aimed at in a period, never without its basis. A new one replaces, none is lost."""

    class Basis(models.TextChoices):
        LAST_YEAR = "last_year", "значение прошлых лет"
        CLUSTER = "cluster", "уровень похожих организаций"
        REQUIREMENT = "requirement", "требование акта"
        DECISION = "decision", "решение управления"

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name="показатель")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="период")
    scope = models.CharField(
        "охват", max_length=12, choices=Aggregate.Scope.choices, default=Aggregate.Scope.MUNICIPALITY
    )
    scope_key = models.CharField("ключ охвата", max_length=40, blank=True)
    number = models.DecimalField("цель", max_digits=20, decimal_places=6)
    basis = models.CharField("вид основания", max_length=12, choices=Basis.choices)
    basis_text = models.CharField("основание", max_length=500)
    # Where the history of the figure does not support the target: why it is set all the same.
    explanation = models.CharField("почему цель достижима", max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записана", default=timezone.now)
    ended_at = models.DateTimeField("заменена", null=True, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "целевое значение"
        verbose_name_plural = "целевые значения"
        ordering = ("period__starts_on", "-created_at")
        constraints = [
            models.UniqueConstraint(
                fields=("indicator", "period", "scope", "scope_key"),
                condition=Q(ended_at__isnull=True),
                name="one_current_target",
            ),
            models.CheckConstraint(condition=~Q(basis_text=""), name="target_has_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period}: {self.number.normalize():f}"


class Cause(models.Model):
    """Why the municipal figure of an indicator changed in a period, in the words of a specialist."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="causes", verbose_name="показатель")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="период")
    text = models.TextField("причины изменения", max_length=2000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    written_at = models.DateTimeField("записаны", default=timezone.now)

    objects = CauseQuerySet.as_manager()

    class Meta:
        verbose_name = "причины изменения"
        verbose_name_plural = "причины изменений"
        ordering = ("-period__starts_on", "indicator__pack", "indicator__order")
        constraints = [models.UniqueConstraint(fields=("indicator", "period"), name="one_cause")]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period}"
