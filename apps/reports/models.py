"""The annual report: chapters that a specialist writes, and releases that are frozen and published."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Job, Period, PrivateFile
from apps.reports.querysets import ReleaseQuerySet, ReportQuerySet


class AnnualReport(models.Model):
    """The report of a school year: a title and chapters, written until a release is frozen from them."""

    period = models.OneToOneField(Period, models.PROTECT, related_name="annual_report", verbose_name="учебный год")
    title = models.CharField("название", max_length=250)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("начат", default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "годовой отчёт"
        verbose_name_plural = "годовые отчёты"
        ordering = ("-period__starts_on",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", args=[self.period])


class ReportChapter(models.Model):
    """The specialist's text of a chapter. Figures are not here: they are read, and frozen in a release."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="chapters")
    code = models.SlugField("код", max_length=40)
    order = models.PositiveSmallIntegerField("порядок")
    text = models.TextField("текст", max_length=30_000, blank=True)
    # What the portal proposed; a text that still equals it was not touched by a person.
    drafted = models.TextField("предложенный текст", blank=True)
    # Grows with every change, so that of two people editing the second is told.
    revision = models.PositiveIntegerField("редакция", default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("изменена", default=timezone.now)

    class Meta:
        verbose_name = "глава отчёта"
        verbose_name_plural = "главы отчёта"
        ordering = ("report", "order")
        constraints = [models.UniqueConstraint(fields=("report", "code"), name="one_chapter")]

    def __str__(self) -> str:
        return f"{self.report}: {self.code}"

    @property
    def is_untouched(self) -> bool:
        return self.text == self.drafted


class Release(models.Model):
    """A frozen report: every figure and text of it with their digest. Corrections are new releases.

    Prepared by one person and approved by another; the number is given at publication.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", "на проверке"
        PUBLISHED = "published", "опубликован"
        SUPERSEDED = "superseded", "заменён"
        DISCARDED = "discarded", "отменён"

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="releases", verbose_name="отчёт")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.PREPARED)
    number = models.PositiveSmallIntegerField("номер выпуска", null=True, blank=True)
    snapshot = models.JSONField("содержание")
    digest = models.CharField("SHA-256 содержания", max_length=64)
    note = models.CharField("что исправлено", max_length=500, blank=True)
    # The draft carries a watermark and never leaves the office; the published file is made anew under a new name.
    draft_pdf = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField("собран", default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField("утверждён", null=True, blank=True)
    published_at = models.DateTimeField("опубликован", null=True, blank=True)
    superseded_at = models.DateTimeField("заменён", null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "выпуск отчёта"
        verbose_name_plural = "выпуски отчёта"
        ordering = ("-report__period__starts_on", "-prepared_at")
        constraints = [
            models.UniqueConstraint(fields=("report", "number"), name="one_release_number"),
            models.UniqueConstraint(fields=("report",), condition=Q(state="prepared"), name="one_prepared_release"),
            models.UniqueConstraint(fields=("report",), condition=Q(state="published"), name="one_published_release"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="release_approved_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded"])
                | Q(number__isnull=False, published_at__isnull=False, approved_at__isnull=False, pdf__isnull=False),
                name="published_release_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="superseded", superseded_at__isnull=False)
                | ~Q(state="superseded") & Q(superseded_at__isnull=True),
                name="superseded_release_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["prepared", "discarded"]) | Q(number__isnull=True, published_at__isnull=True),
                name="unpublished_release_has_no_number",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(published_at__gte=F("prepared_at")),
                name="release_moments_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, выпуск {self.number}" if self.number else f"{self.report}, {self.get_state_display()}"

    @property
    def short_digest(self) -> str:
        return self.digest[:12]


# Subjects of the room keep their models in packages of their own; Django finds them here.
from apps.reports.evidence.models import EvidenceFile  # noqa: E402

__all__ = ["AnnualReport", "EvidenceFile", "Release", "ReportChapter"]
