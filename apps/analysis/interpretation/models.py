"""A conclusion, factor, risk or strength that a person reads out of one figure."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.analysis.signs.models import Sign
from apps.core.models import Period
from apps.indicators.models import Indicator
from apps.organizations.models import Organization
from apps.procedures.models import Procedure


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def visible_to(self, user: Any) -> "ConclusionQuerySet":
        """The authority sees all, a school those about itself, the leader of an association those of its subjects."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.standing().filter(organization=user.organization)
        if user.role == Role.ASSOCIATION_LEADER:
            return self.standing().filter(procedure__subject__associations__leader=user).distinct()
        return self.none()

    def standing(self) -> "ConclusionQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def with_details(self) -> "ConclusionQuerySet":
        return self.select_related(
            "period", "organization", "procedure__subject", "procedure__period", "indicator", "author",
            "sign__organization", "sign__sign_list__period",
        )  # fmt: skip


class Conclusion(models.Model):
    """Words about one figure: a result of a work, a figure of an indicator, or a sign.

    `figure` and `counts` are the figure as it stood when the words were written.
    """

    class Kind(models.TextChoices):
        CONCLUSION = "conclusion", "вывод"
        FACTOR = "factor", "фактор"
        RISK = "risk", "риск"
        STRENGTH = "strength", "сильная сторона"

    kind = models.CharField("вид", max_length=10, choices=Kind.choices)
    text = models.TextField("текст", max_length=3000)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="период")
    # Empty: the municipality as a whole.
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="conclusions", verbose_name="организация"
    )
    procedure = models.ForeignKey(Procedure, models.SET_NULL, null=True, blank=True, related_name="conclusions")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="conclusions")
    sign = models.ForeignKey(Sign, models.SET_NULL, null=True, blank=True, related_name="conclusions")
    about = models.CharField("о чём", max_length=300)
    figure = models.CharField("число", max_length=400)
    counts = models.JSONField("части числа", default=dict)
    in_report = models.BooleanField("в годовой отчёт", default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записан", default=timezone.now)
    withdrawn_at = models.DateTimeField("снят", null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField("почему снят", max_length=300, blank=True)

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "вывод"
        verbose_name_plural = "выводы"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(procedure__isnull=True) | Q(indicator__isnull=True), name="conclusion_on_one_figure"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="withdrawn_conclusion_has_reason",
            ),
            # The annual report is public and names no school beside its results.
            models.CheckConstraint(
                condition=Q(in_report=False) | Q(organization__isnull=True), name="reported_conclusion_names_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()}: {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("analysis:conclusion", args=[self.pk])

    @property
    def tone(self) -> str:
        return {"risk": "warn", "strength": "good"}.get(self.kind, "info")

    @property
    def place(self) -> str:
        return str(self.organization) if self.organization else "муниципалитет"
