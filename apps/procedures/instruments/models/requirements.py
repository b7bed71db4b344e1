"""Agreed requirements of marking by subject and grades, and who has confirmed their receipt."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.organizations.models import Organization
from apps.procedures.instruments.querysets import RequirementQuerySet
from apps.procedures.models.works import Subject


class MarkingRequirement(models.Model):
    """What a work is marked by in all schools. A change is a new one that replaces the old: schools confirm again."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="предмет")
    grade_from = models.PositiveSmallIntegerField("с какого класса")
    grade_to = models.PositiveSmallIntegerField("по какой класс")
    title = models.CharField("название", max_length=200)
    text = models.TextField("требования", max_length=8000)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField("опубликовано", default=timezone.now)
    confirm_by = models.DateField("подтвердить до")

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = "единые требования к оцениванию"
        verbose_name_plural = "единые требования к оцениванию"
        ordering = ("subject__name", "grade_from", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(grade_from__gte=1, grade_to__lte=12, grade_to__gte=F("grade_from")),
                name="requirement_grades",
                violation_error_message="Первый класс больше последнего.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:requirement", args=[self.pk])

    @property
    def grades(self) -> str:
        if self.grade_from == self.grade_to:
            return f"{self.grade_from} класс"
        return f"{self.grade_from}–{self.grade_to} классы"


class RequirementReceipt(models.Model):
    """A school says that it has received the requirements and brought them to its teachers."""

    requirement = models.ForeignKey(MarkingRequirement, models.CASCADE, related_name="receipts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("подтверждено", default=timezone.now)

    class Meta:
        verbose_name = "подтверждение требований"
        verbose_name_plural = "подтверждения требований"
        ordering = ("organization__number", "organization__name_key")
        constraints = [models.UniqueConstraint(fields=("requirement", "organization"), name="one_receipt")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.requirement}"
