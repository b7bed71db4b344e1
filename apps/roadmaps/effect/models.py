"""An expectation of a measure, whom it addresses, and what was measured."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Job, Period
from apps.indicators.models import Indicator
from apps.organizations.models import Organization
from apps.procedures.models import Subject


class ExpectationQuerySet(models.QuerySet["Expectation"]):
    def visible_to(self, user: Any) -> "ExpectationQuerySet":
        """The authority sees all; an organisation those that address it."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            mine = Addressed.objects.filter(organization=user.organization).values("expectation")
            return self.filter(pk__in=mine, approved_at__isnull=False)
        return self.none()

    def standing(self) -> "ExpectationQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def unmeasured(self) -> "ExpectationQuerySet":
        """Standing, and no measurement was ever finished."""
        done = Measurement.objects.filter(measured_at__isnull=False)
        return self.standing().exclude(pk__in=done.values("expectation"))

    def with_details(self) -> "ExpectationQuerySet":
        return self.select_related("indicator", "work_subject", "baseline", "follow_up", "author", "approved_by")


class Expectation(models.Model):
    """What a measure, decision or help is to change: in which figure, in which organisations, from when, by how much.

    The figure is an indicator, or a measure of a work (kind, subject, grade). It is approved once the least effect
    that these organisations can show has been seen.
    """

    # What is to have the effect, named as in the history of objects: «app.Model» and the key.
    subject = models.CharField("предмет", max_length=64)
    subject_id = models.CharField("номер предмета", max_length=64)
    subject_title = models.CharField("что делается", max_length=300)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="показатель"
    )
    work_kind = models.CharField("вид работы", max_length=8, blank=True)
    work_subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="предмет работы"
    )
    work_grade = models.PositiveSmallIntegerField("класс", null=True, blank=True)
    work_measure = models.CharField("что измеряется", max_length=10, blank=True)
    starts_on = models.DateField("начало")
    baseline = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="период до")
    follow_up = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="период после")
    # In the unit of the figure (percentage points for shares), with its sign: −5 is five less.
    expected_change = models.DecimalField("ожидаемое изменение", max_digits=12, decimal_places=4)
    rationale = models.TextField("почему ждём этого", max_length=2000)
    # The least effect as it stood when the expectation was approved; see `arithmetic.least`.
    least = models.JSONField("наименьший заметный эффект", default=dict, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записано", default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="утвердил"
    )
    approved_at = models.DateTimeField("утверждено", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="снял"
    )
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)
    withdraw_reason = models.CharField("почему снято", max_length=300, blank=True)

    objects = ExpectationQuerySet.as_manager()

    class Meta:
        verbose_name = "ожидание эффекта"
        verbose_name_plural = "ожидания эффекта"
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=("subject", "subject_id"), name="expectation_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, work_kind="", work_measure="", work_subject__isnull=True)
                | Q(indicator__isnull=True, work_subject__isnull=False, work_grade__isnull=False)
                & ~Q(work_kind="")
                & ~Q(work_measure=""),
                name="expectation_of_one_figure",
            ),
            models.CheckConstraint(condition=~Q(expected_change=0), name="expectation_changes_something"),
            models.CheckConstraint(condition=~Q(baseline=F("follow_up")), name="expectation_two_periods"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="expectation_approved_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdraw_reason=""),
                name="expectation_withdrawn_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Эффект: {self.subject_title}"[:300]

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:effect", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.approved_at is None and self.withdrawn_at is None

    @property
    def is_work(self) -> bool:
        return self.indicator_id is None


class Addressed(models.Model):
    """An organisation that a measure addresses."""

    expectation = models.ForeignKey(Expectation, models.CASCADE, related_name="addressed", verbose_name="ожидание")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="организация")
    # An organisation that was joined to this one in between: its figures before and after are of different schools.
    moved_from = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "адресованная организация"
        verbose_name_plural = "адресованные организации"
        ordering = ("organization__number", "organization__name_key")
        indexes = [models.Index(fields=("organization",), name="addressed_organization")]
        constraints = [models.UniqueConstraint(fields=("expectation", "organization"), name="one_addressed")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.expectation}"


class Measurement(models.Model):
    """What a comparison came to. A newer one stands in front, the older stay."""

    class Verdict(models.TextChoices):
        VISIBLE = "visible", "эффект есть"
        WORSE = "worse", "изменение в худшую сторону"
        UNSEEN = "unseen", "эффект не виден"
        FEW = "few", "данных мало"
        BROKEN = "broken", "сравнивать нельзя"

    expectation = models.ForeignKey(Expectation, models.CASCADE, related_name="measurements", verbose_name="ожидание")
    number = models.PositiveSmallIntegerField("номер")
    verdict = models.CharField("итог", max_length=8, choices=Verdict.choices, blank=True)
    # In the unit of the figure; absent where nothing could be said.
    estimate = models.DecimalField("оценка", max_digits=14, decimal_places=6, null=True)
    low = models.DecimalField("нижняя граница", max_digits=14, decimal_places=6, null=True)
    high = models.DecimalField("верхняя граница", max_digits=14, decimal_places=6, null=True)
    # Groups, members with reasons, draws of the bootstrap: see `selectors`.
    result = models.JSONField("расчёт", default=dict)
    digest = models.CharField("отпечаток данных", max_length=64, blank=True)
    method = models.PositiveSmallIntegerField("версия метода", default=1)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField("начато", default=timezone.now)
    measured_at = models.DateTimeField("измерено", null=True, blank=True)

    class Meta:
        verbose_name = "измерение эффекта"
        verbose_name_plural = "измерения эффекта"
        ordering = ("expectation", "-number")
        constraints = [
            models.UniqueConstraint(fields=("expectation", "number"), name="one_measurement_number"),
            models.UniqueConstraint(
                fields=("expectation",), condition=Q(measured_at__isnull=True), name="one_measurement_under_way"
            ),
            models.CheckConstraint(
                condition=Q(measured_at__isnull=True) | ~Q(verdict="") & ~Q(digest=""), name="measurement_has_verdict"
            ),
            models.CheckConstraint(
                condition=Q(estimate__isnull=True, low__isnull=True, high__isnull=True)
                | Q(estimate__isnull=False, low__isnull=False, high__isnull=False),
                name="measurement_with_interval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expectation}: {self.get_verdict_display() or 'считается'}"

    @property
    def is_under_way(self) -> bool:
        """A worker has it or will; one whose job ended without a result measures nothing any more."""
        return self.measured_at is None and not (self.job and self.job.is_over)

    @property
    def tone(self) -> str:
        tones = {"visible": "good", "worse": "bad", "unseen": "neutral", "few": "warn", "broken": "warn"}
        return tones.get(self.verdict, "info")
