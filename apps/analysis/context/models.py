"""The index of context by version, and settings of methods by version. Old versions stay readable."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.indicators.models import Indicator, IndicatorVersion


class SocialIndexQuerySet(models.QuerySet["SocialIndex"]):
    def current(self) -> "SocialIndex | None":
        return self.order_by("-version").first()


class SocialIndex(models.Model):
    """A version of the index: which indicators with which weights, on what it rests, who made it."""

    version = models.PositiveSmallIntegerField("версия", unique=True)
    title = models.CharField("название", max_length=150, default="Индекс социального благополучия школы (ИСБШ)")
    source_state = models.CharField(
        "источник",
        max_length=12,
        choices=IndicatorVersion.Source.choices,
        default=IndicatorVersion.Source.UNCONFIRMED,
    )
    act = models.CharField("на чём основан", max_length=600, blank=True)
    reason = models.CharField("почему такие веса", max_length=300)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("составлен", default=timezone.now)

    objects = SocialIndexQuerySet.as_manager()

    class Meta:
        verbose_name = "индекс контекста"
        verbose_name_plural = "индексы контекста"
        ordering = ("-version",)

    def __str__(self) -> str:
        return f"{self.title}, версия {self.version}"

    @property
    def is_confirmed(self) -> bool:
        return self.source_state in {IndicatorVersion.Source.OFFICIAL, IndicatorVersion.Source.MUNICIPAL}


class IndexPart(models.Model):
    """An indicator of the index with its weight."""

    index = models.ForeignKey(SocialIndex, models.CASCADE, related_name="parts")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name="показатель")
    weight = models.DecimalField(
        "вес", max_digits=6, decimal_places=2, default=Decimal(1), validators=[MinValueValidator(Decimal("0.01"))]
    )
    harder = models.BooleanField("чем больше, тем труднее условия", default=False)
    order = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "часть индекса"
        verbose_name_plural = "части индекса"
        ordering = ("index", "order")
        constraints = [
            models.UniqueConstraint(fields=("index", "indicator"), name="one_index_part"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="index_weight_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.weight}"


class MethodSettingsQuerySet(models.QuerySet["MethodSettings"]):
    def current(self, code: str) -> "MethodSettings | None":
        return self.filter(code=code).order_by("-version").first()

    def visible_to(self, user: Any) -> "MethodSettingsQuerySet":
        """By what a school is judged everybody may read."""
        return self


class MethodSettings(models.Model):
    """A version of the settings of a method; before the first the defaults of the developers count."""

    code = models.SlugField("метод", max_length=40)
    version = models.PositiveSmallIntegerField("версия")
    values = models.JSONField("параметры", default=dict)  # numbers as text
    source_state = models.CharField("источник", max_length=12, choices=IndicatorVersion.Source.choices)
    act = models.CharField("на чём основано", max_length=600, blank=True)
    reason = models.CharField("почему изменено", max_length=300)
    valid_from = models.DateField("действует с", default=timezone.localdate)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")

    objects = MethodSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = "параметры метода"
        verbose_name_plural = "параметры методов"
        ordering = ("code", "-version")
        constraints = [models.UniqueConstraint(fields=("code", "version"), name="one_method_version")]

    def __str__(self) -> str:
        return f"{self.code}, версия {self.version}"
