"""A school's internal assessment: by what criteria it marks, and how it checks that they are kept."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.instruments.querysets import OwnQuerySet
from apps.procedures.models.works import Subject


class InternalCriteria(models.Model):
    """The criteria of marking that a school works by in a school year, with its own act."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    document = models.CharField("локальный акт", max_length=300)
    criteria = models.TextField("критерии оценивания", max_length=8000)
    url = models.URLField("адрес на сайте", blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("внесено", default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "критерии внутришкольного оценивания"
        verbose_name_plural = "критерии внутришкольного оценивания"
        ordering = ("organization", "-period__starts_on")
        constraints = [models.UniqueConstraint(fields=("organization", "period"), name="one_internal_criteria")]

    def __str__(self) -> str:
        return f"{self.organization}, {self.period}"


class InternalCheck(models.Model):
    """A check of marking inside a school: works read again by another teacher, another school or the portal's key."""

    class Kind(models.TextChoices):
        SECOND = "second", "перепроверка вторым учителем"
        CROSS = "cross", "взаимопроверка с другой школой"
        EXTERNAL = "external", "проверка экспертом со стороны"
        CODED = "coded", "проверка обезличенных работ"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    on = models.DateField("день проверки")
    kind = models.CharField("как проверяли", max_length=8, choices=Kind.choices)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="предмет")
    grade = models.PositiveSmallIntegerField("класс")
    works = models.PositiveIntegerField("проверено работ")
    changed = models.PositiveIntegerField("в скольких изменилась отметка")
    outcome = models.TextField("вывод и что сделано", max_length=2000)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("внесено", default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "проверка внутришкольного оценивания"
        verbose_name_plural = "проверки внутришкольного оценивания"
        ordering = ("-on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(works__gte=1, changed__lte=models.F("works")), name="internal_check_counts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.on:%d.%m.%Y}"
