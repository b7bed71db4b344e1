"""The bank of practices, advice to take one over, and mechanisms under trial."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.models import PrivateFile
from apps.indicators.models import Direction
from apps.organizations.models import Organization


class BankPracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, user: Any) -> "BankPracticeQuerySet":
        """The authority sees all; a school what is published and its own; others what is published."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        published = Q(state=Practice.State.PUBLISHED)
        if user.is_school and user.organization:
            return self.filter(published | Q(organization=user.organization))
        return self.filter(published) if user.role in {Role.ASSOCIATION_LEADER, Role.EXPERT} else self.none()

    def open(self) -> "BankPracticeQuerySet":
        """Those that the public site shows."""
        return self.filter(state=Practice.State.PUBLISHED, is_open=True)


class Practice(models.Model):
    """What a school did about a problem and what came of it. The school proposes, the office publishes."""

    class Category(models.TextChoices):
        PROCEDURES = "procedures", "процедуры и инструментарий оценки"
        ANALYSIS = "analysis", "приёмы анализа результатов"
        TEACHING = "teaching", "методы обучения и воспитания по результатам ВСОКО"
        SUPPORT = "support", "поддержка школ с низкими результатами"

    class State(models.TextChoices):
        PROPOSED = "proposed", "предложена"
        RETURNED = "returned", "на доработке"
        PUBLISHED = "published", "в банке"
        WITHDRAWN = "withdrawn", "снята"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="practices", verbose_name="организация")
    category = models.CharField("категория", max_length=10, choices=Category.choices)
    title = models.CharField("название", max_length=200)
    problem = models.TextField("проблема", max_length=20_000)
    done = models.TextField("что сделано", max_length=20_000)
    effect = models.TextField("эффект", max_length=20_000)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    state = models.CharField("состояние", max_length=9, choices=State.choices, default=State.PROPOSED)
    is_open = models.BooleanField("видна на открытом сайте", default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто предложил")
    proposed_at = models.DateTimeField("предложена", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто решил"
    )
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    remark = models.TextField("замечание", max_length=2000, blank=True)

    objects = BankPracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "практика"
        verbose_name_plural = "практики"
        ordering = ("-proposed_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="practice_decided_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "withdrawn"]) | ~Q(remark=""), name="bank_practice_returned_why"
            ),
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(state="published"), name="practice_open_when_published"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:practice", args=[self.pk])

    @property
    def tone(self) -> str:
        return {"published": "good", "returned": "warn", "proposed": "info"}.get(self.state, "neutral")

    @property
    def can_be_edited_by_school(self) -> bool:
        return self.state in {self.State.PROPOSED, self.State.RETURNED}


class PracticeAdvice(models.Model):
    """The office advises a school to take a practice over; the school says what it will do."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="advice", verbose_name="практика")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="practice_advice", verbose_name="кому рекомендована"
    )
    text = models.TextField("почему подойдёт", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто рекомендует")
    at = models.DateTimeField("когда", default=timezone.now)
    answer = models.TextField("ответ организации", max_length=2000, blank=True)
    answered_at = models.DateTimeField("ответ дан", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто ответил"
    )

    class Meta:
        verbose_name = "рекомендация практики"
        verbose_name_plural = "рекомендации практик"
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("practice", "organization"), name="one_practice_advice"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="practice_advice_answered_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.practice}"


class TrialQuerySet(models.QuerySet["Trial"]):
    def visible_to(self, user: Any) -> "TrialQuerySet":
        """The authority sees all, a school those tried at it or spread to it."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            own = Q(organizations=user.organization) | Q(spread_to=user.organization)
            return self.filter(own).distinct()
        return self.none()


class Trial(models.Model):
    """A mechanism that is tried in some organisations before it is spread or stopped."""

    class State(models.TextChoices):
        RUNNING = "running", "апробация идёт"
        SPREAD = "spread", "распространяется"
        STOPPED = "stopped", "прекращена"

    title = models.CharField("механизм", max_length=200)
    description = models.TextField("в чём состоит", max_length=20_000)
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, related_name="trials", verbose_name="направление"
    )
    organizations = models.ManyToManyField(Organization, related_name="trials", verbose_name="где пробуют")
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.RUNNING)
    result = models.TextField("результат", max_length=20_000, blank=True)
    reason = models.TextField("почему так решено", max_length=2000, blank=True)
    spread_to = models.ManyToManyField(
        Organization, related_name="spread_trials", blank=True, verbose_name="куда распространяется"
    )
    decided_on = models.DateField("решение принято", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто решил"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записана", default=timezone.now)

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = "апробация механизма"
        verbose_name_plural = "апробации механизмов"
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="trial_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
            models.CheckConstraint(
                condition=Q(state="running", decided_on__isnull=True, decided_by__isnull=True)
                | ~Q(state="running") & Q(decided_on__isnull=False, decided_by__isnull=False) & ~Q(result=""),
                name="trial_decided_with_result",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:trial", args=[self.pk])

    @property
    def awaits_decision(self) -> bool:
        return self.state == self.State.RUNNING and self.ends_on < timezone.localdate()

    @property
    def state_text(self) -> str:
        return "пора подвести итог" if self.awaits_decision else self.get_state_display()

    @property
    def tone(self) -> str:
        if self.awaits_decision:
            return "warn"
        return {"running": "info", "spread": "good"}.get(self.state, "neutral")
