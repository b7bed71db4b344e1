"""The plan by years, the operator's files, the official figures of organisations."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Period, PrivateFile
from apps.noko.querysets import AssessmentQuerySet
from apps.organizations.models import Organization


class PlanEntry(models.Model):
    """An organisation is to be assessed in a calendar year."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="noko_plan")
    year = models.PositiveSmallIntegerField("год")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("внесена", default=timezone.now)

    class Meta:
        verbose_name = "строка плана независимой оценки"
        verbose_name_plural = "план независимой оценки"
        constraints = [models.UniqueConstraint(fields=("organization", "year"), name="one_noko_plan_entry")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.year}"


class OperatorReport(models.Model):
    """A file of the operator: looked at first, accepted as a whole, undone as a whole."""

    class State(models.TextChoices):
        PREVIEW = "preview", "на просмотре"
        ACCEPTED = "accepted", "принят"
        UNDONE = "undone", "загрузка отменена"

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="год")
    operator = models.CharField("оператор", max_length=200)
    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+", verbose_name="файл")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.PREVIEW)
    # What was read: rows of organisations and of shortcomings, as `reading` gives them.
    content = models.JSONField("содержание", default=dict)
    findings = models.JSONField("замечания", default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("загружен", default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    undone_reason = models.CharField("почему отменён", max_length=300, blank=True)

    class Meta:
        verbose_name = "отчёт оператора"
        verbose_name_plural = "отчёты оператора"
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state="preview", decided_at__isnull=True)
                | ~Q(state="preview") & Q(decided_at__isnull=False),
                name="noko_report_decided_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Отчёт оператора за {self.period}, {timezone.localtime(self.created_at):%d.%m.%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("noko:report", args=[self.pk])


class Assessment(models.Model):
    """Official figures of an organisation for a year. Never mixed with surveys of our own."""

    report = models.ForeignKey(OperatorReport, models.PROTECT, related_name="assessments")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="noko_assessments")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    # Counted by the official formula from the operator's primary figures: code → number as text, or null.
    figures = models.JSONField("показатели", default=dict)
    stated = models.JSONField("итоги в файле", default=dict)
    bus_gov_url = models.URLField("страница на bus.gov.ru", blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "независимая оценка организации"
        verbose_name_plural = "независимые оценки организаций"
        ordering = ("-period__starts_on", "organization__kind", "organization__number", "organization__name_key")
        constraints = [models.UniqueConstraint(fields=("organization", "period"), name="one_noko_assessment")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("noko:assessment", args=[self.pk])
