"""Which organisations take part in a procedure, with what means, and how far they are."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.organizations.models import Organization, Site


class ParticipationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ParticipationQuerySet":
        """The authority sees all, an organisation its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.filter(organization=user.organization)
        return self.none()


class Participation(models.Model):
    """An organisation in a procedure: whether it takes part, where, with whom and what, and is it ready."""

    class State(models.TextChoices):
        PLANNED = "planned", "участвует"
        DONE = "done", "провела"
        DECLINED = "declined", "не участвует"

    class Readiness(models.TextChoices):
        NONE = "none", "не отмечена"
        WORK = "work", "готовится"
        PROBLEM = "problem", "есть трудности"
        READY = "ready", "готова"

    procedure = models.ForeignKey("procedures.Procedure", models.CASCADE, related_name="participations")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="procedure_participations")
    state = models.CharField("участие", max_length=8, choices=State.choices, default=State.PLANNED)
    participants = models.PositiveIntegerField("участников", null=True, blank=True)
    sample = models.CharField("выборка", max_length=200, blank=True)
    site = models.ForeignKey(Site, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="площадка")
    rooms = models.PositiveSmallIntegerField("аудиторий", null=True, blank=True)
    organizers = models.PositiveSmallIntegerField("организаторов", null=True, blank=True)
    technicians = models.PositiveSmallIntegerField("технических специалистов", null=True, blank=True)
    computers = models.PositiveSmallIntegerField("исправных компьютеров", null=True, blank=True)
    responsible = models.CharField("кто отвечает в организации", max_length=150, blank=True)  # a post
    equipment = models.CharField("оборудование", max_length=300, blank=True)
    readiness = models.CharField("готовность", max_length=8, choices=Readiness.choices, default=Readiness.NONE)
    problem = models.CharField("в чём трудность", max_length=300, blank=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField("изменено", default=timezone.now)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "участие организации"
        verbose_name_plural = "участие организаций"
        ordering = ("organization",)
        constraints = [
            models.UniqueConstraint(fields=("procedure", "organization"), name="one_participation"),
            models.CheckConstraint(
                condition=~Q(readiness="problem") | ~Q(problem=""),
                name="participation_problem_named",
                violation_error_message="Напишите, в чём трудность.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure}, {self.organization}"

    @property
    def tone(self) -> str:
        return {"ready": "good", "problem": "bad", "work": "warn"}.get(self.readiness, "neutral")


class Step(models.Model):
    """A step of the preparation of a procedure with its term; done by every organisation, or once by the authority."""

    procedure = models.ForeignKey("procedures.Procedure", models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("порядок")
    title = models.CharField("шаг", max_length=200)
    due_on = models.DateField("срок")
    by_school = models.BooleanField("делает организация", default=True)

    class Meta:
        verbose_name = "шаг подготовки"
        verbose_name_plural = "шаги подготовки"
        ordering = ("due_on", "position", "pk")

    def __str__(self) -> str:
        return self.title


class StepMark(models.Model):
    """A step done: by an organisation, or by the authority where there is none."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="marks")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    done_on = models.DateField("выполнено", default=timezone.localdate)
    note = models.CharField("пояснение", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "отметка шага"
        verbose_name_plural = "отметки шагов"
        constraints = [
            models.UniqueConstraint(fields=("step", "organization"), name="one_step_mark", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.done_on:%d.%m.%Y}"
