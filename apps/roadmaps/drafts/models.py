"""Templates of recommendations by sign, and drafts made from them."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.analysis.models import Sign, SignRule
from apps.core.models import Period
from apps.organizations.models import Organization


class RecommendationTemplate(models.Model):
    """What is recommended when a sign is confirmed; the office edits the words."""

    code = models.CharField("признак", max_length=40, choices=SignRule.Code.choices, unique=True)
    title = models.CharField("о чём", max_length=200)
    text = models.TextField("что рекомендуется", max_length=5000)
    days = models.PositiveSmallIntegerField(
        "дней на исполнение", default=60, validators=[MinValueValidator(7), MaxValueValidator(365)]
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("изменён", default=timezone.now)

    class Meta:
        verbose_name = "шаблон рекомендации"
        verbose_name_plural = "шаблоны рекомендаций"
        ordering = ("code",)

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

    state = models.CharField("состояние", max_length=7, choices=State.choices, default=State.WAITING)
    sign = models.ForeignKey(Sign, models.CASCADE, related_name="drafts", verbose_name="признак")
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
            models.CheckConstraint(
                condition=Q(state="issued", recommendation__isnull=False)
                | ~Q(state="issued") & Q(recommendation__isnull=True),
                name="issued_draft_is_a_recommendation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.title}"
