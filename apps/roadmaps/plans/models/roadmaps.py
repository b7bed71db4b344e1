"""A roadmap: a plan with stages and measures, its approved versions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.indicators.models import Direction, Indicator
from apps.organizations.models import Organization
from apps.roadmaps.plans.querysets import RoadmapQuerySet


class Roadmap(models.Model):
    """A plan of measures: of a direction, a programme of support, of a platform or project, of a school.

    `version` is the number of the newest approved version; 0 means that none was approved. What is planned may go on
    changing in force: approving again makes the next version, the old ones stay as they were.
    """

    class Kind(models.TextChoices):
        DIRECTION = "direction", "план направления"
        SUPPORT = "support", "программа поддержки"
        PLATFORM = "platform", "план площадки"
        PROJECT = "project", "план проекта"
        SCHOOL = "school", "программа улучшений школы"

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        IN_FORCE = "in_force", "действует"
        FINISHED = "finished", "завершена"
        CANCELLED = "cancelled", "отменена"

    kind = models.CharField("вид", max_length=10, choices=Kind.choices)
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, related_name="roadmaps", verbose_name="направление"
    )
    # Whose programme or platform it is; none: the authority's.
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="roadmaps", verbose_name="организация"
    )
    title = models.CharField("название", max_length=300)
    aim = models.TextField("цель", max_length=4000, blank=True)
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    indicators = models.ManyToManyField(
        Indicator, related_name="+", blank=True, verbose_name="по каким показателям виден результат"
    )
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveSmallIntegerField("утверждённая версия", default=0)
    end_reason = models.CharField("почему завершена или отменена", max_length=500, blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name="составлена по"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("составлена", default=timezone.now)

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"
        ordering = ("-starts_on", "direction__order", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="roadmap_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="direction") | Q(direction__isnull=False), name="roadmap_of_direction_names_it"
            ),
            models.CheckConstraint(
                condition=~Q(kind="school") | Q(organization__isnull=False), name="roadmap_of_school_names_it"
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(end_reason=""), name="roadmap_cancelled_why"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:roadmap", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it may be changed at all."""
        return self.state in {self.State.DRAFT, self.State.IN_FORCE}

    @property
    def span_text(self) -> str:
        return f"{self.starts_on:%d.%m.%Y} – {self.ends_on:%d.%m.%Y}"

    @property
    def state_text(self) -> str:
        if self.state == self.State.IN_FORCE:
            return f"действует, версия {self.version}" if self.version else "действует без утверждения"
        return self.get_state_display()

    @property
    def tone(self) -> str:
        tones = {self.State.DRAFT: "neutral", self.State.IN_FORCE: "info", self.State.FINISHED: "good"}
        if self.state == self.State.IN_FORCE and not self.version:
            return "warn"
        return tones.get(self.State(self.state), "neutral")


class RoadmapVersion(models.Model):
    """What was approved, as it stood on that day. Never changed."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="versions", verbose_name="дорожная карта")
    number = models.PositiveSmallIntegerField("номер")
    content = models.JSONField("содержание")
    digest = models.CharField("контрольная сумма", max_length=64)
    act_text = models.CharField("чем утверждена", max_length=300)
    act_on = models.DateField("дата акта")
    # The decision itself where it is kept on the portal; text and day stand here in any case.
    decision = models.ForeignKey(
        "roadmaps.Decision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="решение"
    )
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кем")
    approved_at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "версия дорожной карты"
        verbose_name_plural = "версии дорожных карт"
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=("roadmap", "number"), name="one_roadmap_version")]

    def __str__(self) -> str:
        return f"версия {self.number}"

    @property
    def act(self) -> str:
        return f"{self.act_text} от {self.act_on:%d.%m.%Y}"


class Stage(models.Model):
    """A stage of a roadmap and the report on it."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="stages", verbose_name="дорожная карта")
    number = models.PositiveSmallIntegerField("номер")
    title = models.CharField("этап", max_length=200)
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    expected = models.CharField("ожидаемый результат", max_length=500, blank=True)
    report_text = models.TextField("отчёт", max_length=20_000, blank=True)
    report_file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField("отчёт сдан", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем"
    )

    class Meta:
        verbose_name = "этап дорожной карты"
        verbose_name_plural = "этапы дорожных карт"
        ordering = ("roadmap", "number")
        constraints = [
            models.UniqueConstraint(fields=("roadmap", "number"), name="one_stage_number"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="stage_days_in_order",
                violation_error_message="Окончание этапа раньше начала.",
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, reported_by__isnull=True)
                | Q(reported_at__isnull=False, reported_by__isnull=False) & ~Q(report_text=""),
                name="stage_reported_what_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"Этап {self.number}. {self.title}"

    @property
    def state_text(self) -> str:
        today = timezone.localdate()
        if self.reported_at:
            return f"отчёт сдан {timezone.localdate(self.reported_at):%d.%m.%Y}"
        if self.ends_on < today:
            return "этап завершён, отчёта нет"
        return "идёт" if self.starts_on <= today else "впереди"

    @property
    def tone(self) -> str:
        if self.reported_at:
            return "good"
        return "bad" if self.ends_on < timezone.localdate() else "info"

    def covers(self, measure: Any) -> bool:
        return bool(self.starts_on <= measure.starts_on and measure.due_on <= self.ends_on)
