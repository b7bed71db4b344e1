"""A help case: why an organisation is helped, what is done for it step by step, how it ended."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.analysis.models import Conclusion
from apps.indicators.models import Direction
from apps.organizations.models import Organization


class SupportQuerySet(models.QuerySet["SupportCase"]):
    def visible_to(self, user: Any) -> "SupportQuerySet":
        """The authority sees all, a school its own, the leader of an association those of its subjects."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.filter(organization=user.organization)
        if user.role == Role.ASSOCIATION_LEADER:
            return self.filter(conclusion__procedure__subject__associations__leader=user).distinct()
        return self.none()

    def with_details(self) -> "SupportQuerySet":
        return self.select_related(
            "organization", "direction", "author", "conclusion__period", "conclusion__organization",
            "conclusion__indicator", "conclusion__procedure__subject", "conclusion__procedure__period",
            "conclusion__sign__sign_list__period",
        )  # fmt: skip


class SupportCase(models.Model):
    """Help to an organisation or a group of its teachers, because of a conclusion or for a stated reason.

    Its effect is the conclusion's own figure a year later.
    """

    conclusion = models.ForeignKey(
        Conclusion, models.PROTECT, null=True, blank=True, related_name="support", verbose_name="вывод"
    )
    reason = models.TextField("основание", max_length=2000, blank=True)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="support", verbose_name="организация")
    # Which teachers it is for, described and never named.
    teachers = models.CharField("для каких педагогов", max_length=200, blank=True)
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, related_name="support", verbose_name="направление"
    )
    title = models.CharField("что делается", max_length=200)
    plan = models.TextField("как", max_length=2000)
    responsible = models.CharField("кто отвечает", max_length=200)
    starts_on = models.DateField("начало")
    due_on = models.DateField("окончание")
    done_on = models.DateField("завершено", null=True, blank=True)
    result = models.TextField("что сделано", max_length=2000, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записано", default=timezone.now)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = "адресная помощь"
        verbose_name_plural = "адресная помощь"
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="support_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
            models.CheckConstraint(
                condition=Q(conclusion__isnull=False) | ~Q(reason=""),
                name="support_has_reason",
                violation_error_message="Нет основания: выберите вывод или напишите причину.",
            ),
            models.CheckConstraint(condition=Q(done_on__isnull=True) | ~Q(result=""), name="support_done_with_result"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:support_case", args=[self.pk])

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()

    @property
    def state_text(self) -> str:
        if self.done_on:
            return f"завершено {self.done_on:%d.%m.%Y}"
        if self.is_late:
            return "срок прошёл"
        return "идёт" if self.starts_on <= timezone.localdate() else "запланировано"

    @property
    def tone(self) -> str:
        return "good" if self.done_on else "bad" if self.is_late else "info"


class SupportStep(models.Model):
    """One action of a case: what, by whom, by when, what came of it."""

    case = models.ForeignKey(SupportCase, models.CASCADE, related_name="steps", verbose_name="случай помощи")
    title = models.CharField("что делается", max_length=300)
    responsible = models.CharField("кто делает", max_length=200, blank=True)
    due_on = models.DateField("срок")
    done_on = models.DateField("сделано", null=True, blank=True)
    result = models.CharField("что получилось", max_length=500, blank=True)
    dropped_reason = models.CharField("почему не делается", max_length=300, blank=True)

    class Meta:
        verbose_name = "действие помощи"
        verbose_name_plural = "действия помощи"
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(done_on__isnull=True) | ~Q(result=""), name="step_done_with_result"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_reason=""), name="step_is_done_or_dropped"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.dropped_reason

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def state_text(self) -> str:
        if self.done_on:
            return f"сделано {self.done_on:%d.%m.%Y}"
        if self.dropped_reason:
            return "не делается"
        return "срок прошёл" if self.is_late else "впереди"

    @property
    def tone(self) -> str:
        return "good" if self.done_on else "bad" if self.is_late else "neutral"
