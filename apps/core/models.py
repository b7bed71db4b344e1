"""What knows no domain: periods, jobs, private files, events."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.core import periods
from apps.core.querysets import JobQuerySet, PeriodQuerySet


class Period(models.Model):
    """A stretch of time that numbers belong to; its code is unique and readable (`2025/26`, `2025`)."""

    class Kind(models.TextChoices):
        SCHOOL_YEAR = periods.PeriodKind.SCHOOL_YEAR, "учебный год"
        CALENDAR_YEAR = periods.PeriodKind.CALENDAR_YEAR, "календарный год"
        HALF_YEAR = periods.PeriodKind.HALF_YEAR, "полугодие"
        QUARTER = periods.PeriodKind.QUARTER, "квартал"
        DATE = periods.PeriodKind.DATE, "дата"

    code = models.CharField("код", max_length=12, unique=True)
    kind = models.CharField("вид", max_length=16, choices=Kind.choices)
    starts_on = models.DateField("начало")
    ends_on = models.DateField("конец")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "период"
        verbose_name_plural = "периоды"
        ordering = ("-starts_on", "kind")
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="period_days_in_order")]

    def __str__(self) -> str:
        return periods.title(self.span)

    @property
    def span(self) -> periods.PeriodSpan:
        return periods.parse_period(self.code)

    @property
    def slug(self) -> str:
        """The code as it stands in addresses: `2025-26` for `2025/26`."""
        return self.code.replace("/", "-")


class Job(models.Model):
    """A piece of long work: PostgreSQL remembers it, Celery carries it.

    Made in the transaction of its cause by `jobs.enqueue`, run by `jobs.run`; safe to run twice.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "в очереди"
        RUNNING = "running", "выполняется"
        DONE = "done", "готово"
        REFUSED = "refused", "отклонено"
        FAILED = "failed", "сбой"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("вид", max_length=64)
    title = models.CharField("название", max_length=200)
    arguments = models.JSONField("аргументы", default=dict)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField("сделано", default=0)
    total = models.PositiveIntegerField("всего", default=0)
    stage = models.CharField("шаг", max_length=200, blank=True)
    attempt = models.PositiveSmallIntegerField("попытка", default=0)
    send_after = models.DateTimeField("отправить повторно после", default=timezone.now)
    lease_until = models.DateTimeField("аренда до", null=True)
    result = models.JSONField("итог", default=dict)
    findings = models.JSONField("замечания", default=list)
    failure = models.CharField("сбой", max_length=300, blank=True)
    url = models.CharField("страница итога", max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("создано", default=timezone.now)
    started_at = models.DateTimeField("начато", null=True)
    finished_at = models.DateTimeField("окончено", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "задание"
        verbose_name_plural = "задания"
        ordering = ("-created_at",)
        indexes = [models.Index(fields=("state", "lease_until"), name="job_sweep")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False), name="running_job_has_lease"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.REFUSED, self.State.FAILED}

    @property
    def percent(self) -> int:
        if self.state == self.State.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0


class PrivateFile(models.Model):
    """A stored file that only a checked view serves; its bytes never change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField("файл", max_length=200)
    name = models.CharField("имя", max_length=200)
    size = models.PositiveBigIntegerField("размер, байт")
    sha256 = models.CharField("SHA-256", max_length=64)
    content_type = models.CharField("тип", max_length=100)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("создан", default=timezone.now)

    class Meta:
        verbose_name = "файл"
        verbose_name_plural = "файлы"

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """Who did what with which object and when; shown as its history."""

    kind = models.CharField("вид", max_length=64)
    subject = models.CharField("предмет", max_length=64)  # «app.Model»
    subject_id = models.CharField("номер предмета", max_length=64)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("когда", default=timezone.now)
    text = models.CharField("что", max_length=500)
    data = models.JSONField("подробности", default=dict)

    class Meta:
        verbose_name = "событие"
        verbose_name_plural = "события"
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=("subject", "subject_id"), name="event_subject")]

    def __str__(self) -> str:
        return self.text


# Subjects of the room keep their models in packages of their own; Django finds them here.
from apps.core.notices.models import Digest, Notice  # noqa: E402

__all__ = ["Digest", "Event", "Job", "Notice", "Period", "PrivateFile"]
