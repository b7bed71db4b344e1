"""Counts of achievements by class, kind and level. No pupil is named here."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.collection.achievements.kinds import AchievementKind, AchievementLevel
from apps.collection.querysets import AchievementQuerySet
from apps.core.models import Period, PrivateFile
from apps.organizations.models import Organization


class AchievementReport(models.Model):
    """What an organisation says of a school year. Of an uploaded workbook the digest and the numbers are kept."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    revision = models.PositiveIntegerField("редакция", default=0)
    original_sha256 = models.CharField("SHA-256 загруженной книги", max_length=64, blank=True)
    stripped = models.ForeignKey(
        PrivateFile, models.PROTECT, null=True, related_name="+", verbose_name="книга без имён"
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("изменён", default=timezone.now)

    objects = AchievementQuerySet.as_manager()

    class Meta:
        verbose_name = "достижения обучающихся"
        verbose_name_plural = "достижения обучающихся"
        ordering = ("-period__starts_on", "organization")
        constraints = [models.UniqueConstraint(fields=("organization", "period"), name="one_achievement_report")]

    def __str__(self) -> str:
        return f"Достижения обучающихся, {self.organization}, {self.period}"


class AchievementCount(models.Model):
    """Winners and prize-winners of a class. What is not there is none."""

    report = models.ForeignKey(AchievementReport, models.CASCADE, related_name="counts")
    grade = models.PositiveSmallIntegerField("класс")
    kind = models.CharField("вид", max_length=10, choices=AchievementKind.choices)
    level = models.CharField("уровень", max_length=13, choices=AchievementLevel.choices)
    number = models.PositiveIntegerField("число")

    class Meta:
        verbose_name = "число достижений"
        verbose_name_plural = "числа достижений"
        constraints = [
            models.UniqueConstraint(fields=("report", "grade", "kind", "level"), name="one_achievement_count"),
            models.CheckConstraint(
                condition=Q(grade__gte=1, grade__lte=11, number__gte=1, number__lte=9999),
                name="achievement_count_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade} класс, {self.get_kind_display()}, {self.get_level_display()}: {self.number}"
