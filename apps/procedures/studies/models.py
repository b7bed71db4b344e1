"""A study of the municipality with its aim and sample, and an organisation's request for a further one."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.organizations.models import Organization


class StudyRequestQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "StudyRequestQuerySet":
        """The authority sees all, an organisation its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(organization=user.organization) if user.is_school else self.none()


class StudyRequest(models.Model):
    """An organisation asks for an additional study; the authority accepts with a term or rejects with a reason."""

    class State(models.TextChoices):
        SENT = "sent", "на рассмотрении"
        ACCEPTED = "accepted", "принят"
        REJECTED = "rejected", "отклонён"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="study_requests")
    topic = models.CharField("что обследовать", max_length=200)
    reason = models.TextField("зачем", max_length=2000)
    wanted_by = models.DateField("нужно к", null=True, blank=True)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.SENT)
    answer = models.TextField("ответ", max_length=2000, blank=True)
    due_on = models.DateField("срок обследования", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("направлен", default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("рассмотрен", null=True, blank=True)

    objects = StudyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "запрос на обследование"
        verbose_name_plural = "запросы на обследование"
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", decided_at__isnull=True)
                | ~Q(state="sent") & Q(decided_at__isnull=False) & ~Q(answer=""),
                name="study_request_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(due_on__isnull=False), name="study_request_accepted_term"
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("procedures:study_request", args=[self.pk])

    @property
    def tone(self) -> str:
        return {"accepted": "good", "rejected": "bad"}.get(self.state, "warn")


class Study(models.Model):
    """A study of whose level it is: why, of whom, by what, when. Its results are those of its procedures."""

    class Level(models.TextChoices):
        MUNICIPAL = "municipal", "муниципальное"
        REGIONAL = "regional", "региональное"
        FEDERAL = "federal", "федеральное"
        WORLD = "world", "международное"

    title = models.CharField("название", max_length=200)
    level = models.CharField("уровень", max_length=10, choices=Level.choices, default=Level.MUNICIPAL)
    aim = models.TextField("цель", max_length=2000)
    sample = models.TextField("выборка", max_length=1000)
    instrument = models.TextField("инструмент", max_length=1000)
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    conclusion = models.TextField("вывод", max_length=5000, blank=True)
    request = models.ForeignKey(StudyRequest, models.PROTECT, null=True, blank=True, related_name="studies")
    procedures = models.ManyToManyField("procedures.Procedure", related_name="studies", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("создано", default=timezone.now)

    class Meta:
        verbose_name = "исследование"
        verbose_name_plural = "исследования"
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="study_days_in_order",
                violation_error_message="Окончание раньше начала.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:study", args=[self.pk])

    def state_text(self, today: date | None = None) -> str:
        day = today or timezone.localdate()
        if day < self.starts_on:
            return "запланировано"
        return "идёт" if day <= self.ends_on else "завершено"
