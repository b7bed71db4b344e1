"""What the municipality says about a work of a year, in place of what is shipped."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from apps.procedures.models.works import Procedure, SourceState, Subject


class WorkDescription(models.Model):
    """Scale and items of one kind, year, subject and grade; each year is a version of its own."""

    kind = models.CharField("вид", max_length=8, choices=Procedure.Kind.choices)
    year = models.PositiveSmallIntegerField("год")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="descriptions", verbose_name="предмет")
    grade = models.PositiveSmallIntegerField("класс")
    max_score = models.PositiveSmallIntegerField("максимальный балл", null=True, blank=True)
    bounds = ArrayField(models.PositiveSmallIntegerField(), verbose_name="границы отметок", default=list, blank=True)
    conditions = models.JSONField("дополнительные условия отметок", default=list, blank=True)
    pass_score = models.PositiveSmallIntegerField("минимальный тестовый балл", null=True, blank=True)
    scale_state = models.CharField(
        "состояние шкалы", max_length=12, choices=SourceState.choices, blank=True, default=SourceState.NONE
    )
    scale_source = models.CharField("источник шкалы", max_length=400, blank=True)
    # As `catalogue.CatalogueItem.as_json`, in the order of the columns of results.
    items = models.JSONField("задания", default=list, blank=True)
    items_state = models.CharField(
        "состояние перечня заданий", max_length=12, choices=SourceState.choices, blank=True, default=SourceState.NONE
    )
    items_source = models.CharField("источник перечня заданий", max_length=400, blank=True)
    doubts = models.JSONField("сомнения", default=list, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("изменено", default=timezone.now)

    class Meta:
        verbose_name = "описание работы"
        verbose_name_plural = "описания работ"
        constraints = [models.UniqueConstraint(fields=("kind", "year", "subject", "grade"), name="one_description")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}. {self.subject}, {self.grade} класс"
