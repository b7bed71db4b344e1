"""On which day and lesson a school holds a work; how many hours a subject has in a year."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.core.models import Period
from apps.organizations.models import Organization


class Sitting(models.Model):
    """A school's own day of a procedure, for all classes of the parallel or for those named.

    For a procedure with a window the day lies inside it; for a school's own work it is the day of that work.
    """

    procedure = models.ForeignKey("procedures.Procedure", models.CASCADE, related_name="sittings")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="sittings")
    classes = models.CharField("классы", max_length=60, blank=True)  # «5А, 5Б»; empty: the whole parallel
    held_on = models.DateField("день")
    lesson = models.PositiveSmallIntegerField("урок", null=True, blank=True)
    lessons_in_day = models.PositiveSmallIntegerField("уроков в этот день", null=True, blank=True)
    length = models.PositiveSmallIntegerField("занимает уроков", default=1)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField("указан", default=timezone.now)

    class Meta:
        verbose_name = "день работы в школе"
        verbose_name_plural = "дни работ в школах"
        ordering = ("held_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=("procedure", "organization", "classes"), name="one_sitting"),
            models.CheckConstraint(
                condition=Q(lesson__isnull=True) | Q(lessons_in_day__isnull=True) | Q(lesson__lte=F("lessons_in_day")),
                name="sitting_lesson_in_day",
                violation_error_message="Номер урока больше числа уроков в этот день.",
            ),
            models.CheckConstraint(condition=Q(length__gte=1, length__lte=8), name="sitting_length"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure}, {self.organization}: {self.held_on:%d.%m.%Y}"


class SubjectHours(models.Model):
    """Hours of a subject in a grade for a school year by the curriculum: of one school, or the municipality's usual."""

    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="subject_hours")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    subject = models.ForeignKey("procedures.Subject", models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField("класс")
    hours = models.PositiveSmallIntegerField("часов в год")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "часы предмета"
        verbose_name_plural = "часы предметов"
        constraints = [
            models.UniqueConstraint(
                fields=("organization", "period", "subject", "grade"), name="one_subject_hours", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=500), name="subject_hours_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.grade} класс: {self.hours} ч"
