"""A cycle of seminars with one theme."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.roadmaps.meetings.models.meetings import Meeting


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, user: Any) -> "SeriesQuerySet":
        """The authority sees all; others those with a session they are invited to."""
        if user.is_authenticated and user.is_authority:
            return self
        return self.filter(sessions__meeting__in=Meeting.objects.visible_to(user).values("pk")).distinct()


class Series(models.Model):
    """A cycle of seminars: one theme, sessions one after another."""

    theme = models.CharField("тема цикла", max_length=500)
    purpose = models.TextField("зачем", max_length=5000, blank=True)
    result = models.CharField("что получится в конце", max_length=1000, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто внёс")
    created_at = models.DateTimeField("внесён", default=timezone.now)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "цикл семинаров"
        verbose_name_plural = "циклы семинаров"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.theme

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:meeting_series", args=[self.pk])


class Session(models.Model):
    """A meeting as a step of a cycle: what comes out of it and what is done before the next one."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="sessions", verbose_name="цикл")
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="session", verbose_name="семинар")
    product = models.CharField("продукт занятия", max_length=500)
    product_done = models.CharField("что получилось", max_length=1000, blank=True)
    product_file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.TextField("задание до следующего занятия", max_length=3000, blank=True)
    task_due_on = models.DateField("срок задания", null=True, blank=True)

    class Meta:
        verbose_name = "занятие цикла"
        verbose_name_plural = "занятия циклов"
        ordering = ("series", "meeting__starts_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(task_due_on__isnull=True) | ~Q(task=""), name="session_term_with_task")
        ]

    def __str__(self) -> str:
        return self.product

    @property
    def is_product_ready(self) -> bool:
        return bool(self.product_done or self.product_file_id)
