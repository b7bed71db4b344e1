"""Templates of recommendations, and drafts made from them."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.analysis.models import Sign, SignRule
from apps.core.models import Period
from apps.indicators.models import Direction, Indicator
from apps.organizations.models import Organization


class TemplateQuerySet(models.QuerySet["RecommendationTemplate"]):
    def visible_to(self, user: Any) -> "TemplateQuerySet":
        """Templates are the department's own tools."""
        return self if user.is_authenticated and user.is_department else self.none()

    def in_use(self) -> "TemplateQuerySet":
        return self.filter(archived_at__isnull=True)


class RecommendationTemplate(models.Model):
    """The words that a recommendation begins with, with placeholders for figures: see `texts.placeholders`.

    One for each sign, made by the portal and edited by the office; others are the office's own.
    """

    code = models.CharField("признак", max_length=40, choices=SignRule.Code.choices, null=True, blank=True, unique=True)
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="направление"
    )
    title = models.CharField("о чём", max_length=200)
    text = models.TextField("что рекомендуется", max_length=5000)
    days = models.PositiveSmallIntegerField(
        "дней на исполнение", default=60, validators=[MinValueValidator(7), MaxValueValidator(365)]
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("изменён", default=timezone.now)
    archived_at = models.DateTimeField("убран", null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "шаблон рекомендации"
        verbose_name_plural = "шаблоны рекомендаций"
        ordering = ("code", "title", "pk")

    def __str__(self) -> str:
        return self.title


class DraftQuerySet(models.QuerySet["RecommendationDraft"]):
    def visible_to(self, user: Any) -> "DraftQuerySet":
        """Drafts are the department's own work: nobody else sees them before they are issued."""
        return self if user.is_authenticated and user.is_department else self.none()

    def waiting(self) -> "DraftQuerySet":
        return self.filter(state=RecommendationDraft.State.WAITING)


class RecommendationDraft(models.Model):
    """A recommendation for one organisation that a person has not looked at yet."""

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт проверки"
        ISSUED = "issued", "направлена"
        DROPPED = "dropped", "отклонена"

    class Origin(models.TextChoices):
        CONFIRMED = "confirmed", "подтверждённый признак"
        MARKED = "marked", "признак по правилу, специалист его ещё не рассмотрел"
        INDICATOR = "indicator", "слабый показатель"

    state = models.CharField("состояние", max_length=7, choices=State.choices, default=State.WAITING)
    # What it rests on: a sign of a list or a weak indicator.
    origin = models.CharField("на чём основан", max_length=9, choices=Origin.choices, default=Origin.CONFIRMED)
    sign = models.ForeignKey(Sign, models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name="признак")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="показатель"
    )
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="направление"
    )
    figures = models.JSONField("цифры", default=list, blank=True)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="организация")
    title = models.CharField("о чём", max_length=200)
    text = models.TextField("что рекомендуется", max_length=5000)
    basis_text = models.TextField("основание", max_length=2000, blank=True)
    due_on = models.DateField("срок исполнения")
    recommendation = models.ForeignKey(
        "roadmaps.Recommendation", models.PROTECT, null=True, blank=True, related_name="drafts"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("подготовлен", default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "черновик рекомендации"
        verbose_name_plural = "черновики рекомендаций"
        ordering = ("organization__number", "organization__name_key", "sign__code")
        constraints = [
            models.UniqueConstraint(fields=("sign",), condition=~Q(state="dropped"), name="one_draft_of_sign"),
            models.UniqueConstraint(
                fields=("organization", "indicator", "period"),
                condition=Q(indicator__isnull=False) & ~Q(state="dropped"),
                name="one_draft_of_indicator",
            ),
            models.CheckConstraint(
                condition=Q(origin="indicator", indicator__isnull=False, sign__isnull=True)
                | Q(origin__in=["confirmed", "marked"], indicator__isnull=True, sign__isnull=False),
                name="draft_rests_on_one",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", recommendation__isnull=False)
                | ~Q(state="issued") & Q(recommendation__isnull=True),
                name="issued_draft_is_a_recommendation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.title}"
