"""Stages of a project with reports, and summaries of its monitoring in three parts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.roadmaps.projects.models.members import Member
from apps.roadmaps.projects.models.projects import STORY, Project
from apps.roadmaps.projects.querysets import MonitoringQuerySet, OfMemberQuerySet

# The parts of a summary in their order: name of the field, its heading.
PARTS = (("results", "Результаты"), ("problems", "Проблемы"), ("solutions", "Пути решения"))


class ProjectStage(models.Model):
    """A stretch of the work at whose end members report."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stages", verbose_name="проект")
    number = models.PositiveSmallIntegerField("номер")
    title = models.CharField("этап", max_length=300)
    expected = models.TextField("что должно быть сделано", max_length=STORY, blank=True)
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    done_on = models.DateField("завершён", null=True, blank=True)
    result = models.TextField("итог этапа", max_length=STORY, blank=True)

    class Meta:
        verbose_name = "этап проекта"
        verbose_name_plural = "этапы проектов"
        ordering = ("project", "number")
        constraints = [
            models.UniqueConstraint(fields=("project", "number"), name="one_project_stage"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="project_stage_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(result=""), name="project_stage_done_with_result"
            ),
        ]

    def __str__(self) -> str:
        return f"Этап {self.number}. {self.title}"

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.ends_on < timezone.localdate()

    @property
    def state_text(self) -> str:
        if self.done_on:
            return f"завершён {self.done_on:%d.%m.%Y}"
        if self.is_late:
            return "срок прошёл"
        return "идёт" if self.starts_on <= timezone.localdate() else "впереди"

    @property
    def tone(self) -> str:
        if self.done_on:
            return "good"
        return "bad" if self.is_late else "info" if self.starts_on <= timezone.localdate() else "neutral"


class StageReport(models.Model):
    """What a member did in a stage."""

    stage = models.ForeignKey(ProjectStage, models.PROTECT, related_name="reports", verbose_name="этап")
    member = models.ForeignKey(Member, models.PROTECT, related_name="reports", verbose_name="участник")
    text = models.TextField("что сделано", max_length=STORY)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    at = models.DateTimeField("когда", default=timezone.now)

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "отчёт по этапу"
        verbose_name_plural = "отчёты по этапам"
        ordering = ("stage", "member")
        constraints = [models.UniqueConstraint(fields=("stage", "member"), name="one_report_of_a_stage")]

    def __str__(self) -> str:
        return f"{self.member.organization}: {self.stage}"


class Monitoring(models.Model):
    """A summary of the monitoring of a project in three parts, to be shown at a meeting."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="monitorings", verbose_name="проект")
    title = models.CharField("тема", max_length=500)
    on = models.DateField("по состоянию на", default=timezone.localdate)
    results = models.TextField("результаты", max_length=STORY, blank=True)
    problems = models.TextField("проблемы", max_length=STORY, blank=True)
    solutions = models.TextField("пути решения", max_length=STORY, blank=True)
    is_ready = models.BooleanField("готова к показу", default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записана", default=timezone.now)

    objects = MonitoringQuerySet.as_manager()

    class Meta:
        verbose_name = "сводка мониторинга проекта"
        verbose_name_plural = "сводки мониторинга проектов"
        ordering = ("-on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_ready=False) | ~Q(results="") & ~Q(problems="") & ~Q(solutions=""),
                name="monitoring_ready_in_three_parts",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:project_monitoring", args=[self.pk])

    @property
    def parts(self) -> list[tuple[str, str, list[str]]]:
        """Name, heading and the points of each part: a line of the text is a point."""
        return [(name, title, _points(getattr(self, name))) for name, title in PARTS]


def _points(text: str) -> list[str]:
    return [line.strip(" -–—•·\t") for line in text.splitlines() if line.strip(" -–—•·\t")]
