"""A platform, a municipal project or a project task, with its passport of seven fields."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.indicators.models import Direction, Indicator
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.projects.querysets import ProjectQuerySet

# The fields of a passport in their order: name, how a form says it, how a sentence says it.
PASSPORT = (
    ("relevance", "Актуальность"),
    ("problem", "Проблема"),
    ("idea", "Идея"),
    ("aim", "Цель"),
    ("objectives", "Задачи"),
    ("expected", "Ожидаемые результаты"),
    ("activities", "Мероприятия"),
)
STORY = 20_000  # letters of a field of the passport


class Programme(models.Model):
    """What numbered project tasks belong to."""

    title = models.CharField("программа", max_length=300, unique=True)

    class Meta:
        verbose_name = "программа проектных задач"
        verbose_name_plural = "программы проектных задач"
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Project(models.Model):
    """What organisations do together under the authority's head; announced, applied for, done in stages."""

    class Kind(models.TextChoices):
        PLATFORM = "platform", "инновационная площадка"
        PROJECT = "project", "муниципальный проект"
        TASK = "task", "проектная задача"

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        OPEN = "open", "идёт приём заявок"
        RUNNING = "running", "реализуется"
        DONE = "done", "завершён"
        STOPPED = "stopped", "прекращён"

    kind = models.CharField("вид", max_length=8, choices=Kind.choices)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="программа"
    )
    number = models.PositiveSmallIntegerField("номер", null=True, blank=True)
    title = models.CharField("тема", max_length=500)
    programme_text = models.TextField("программа площадки или проекта", max_length=STORY, blank=True)
    for_whom = models.CharField("участники", max_length=500, blank=True)
    head = models.CharField("руководитель", max_length=200)
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="куратор от управления"
    )
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="направление"
    )
    roadmap = models.ForeignKey(
        Roadmap, models.SET_NULL, null=True, blank=True, related_name="projects", verbose_name="дорожная карта"
    )
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    applications_until = models.DateField("заявки принимаются до", null=True, blank=True)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.DRAFT)
    end_reason = models.CharField("почему прекращён", max_length=500, blank=True)
    relevance = models.TextField("актуальность", max_length=STORY, blank=True)
    problem = models.TextField("проблема", max_length=STORY, blank=True)
    idea = models.TextField("идея", max_length=STORY, blank=True)
    aim = models.TextField("цель", max_length=STORY, blank=True)
    objectives = models.TextField("задачи", max_length=STORY, blank=True)
    expected = models.TextField("ожидаемые результаты", max_length=STORY, blank=True)
    activities = models.TextField("мероприятия", max_length=STORY, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записан", default=timezone.now)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "проект"
        verbose_name_plural = "проекты"
        ordering = ("kind", "programme__title", "number", "-starts_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("programme", "number"),
                name="one_task_of_a_number",
                violation_error_message="Задача с таким номером в программе уже есть.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="task") | Q(programme__isnull=False, number__isnull=False), name="task_has_number"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="project_days_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
            models.CheckConstraint(condition=~Q(state="stopped") | ~Q(end_reason=""), name="project_stopped_why"),
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.TASK:
            return f"Проектная задача {self.number}. «{self.title}»"
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:project", args=[self.pk])

    @property
    def tone(self) -> str:
        return {"open": "info", "running": "good", "stopped": "bad", "draft": "warn"}.get(self.state, "neutral")

    @property
    def takes_applications(self) -> bool:
        """Announced or running, and the day of applications is not over."""
        in_time = self.applications_until is None or self.applications_until >= timezone.localdate()
        return self.state in {self.State.OPEN, self.State.RUNNING} and in_time

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.STOPPED}

    @property
    def passport(self) -> list[tuple[str, str]]:
        """The seven fields in their order: heading and text; an empty one stays, so that it is seen."""
        return [(title, getattr(self, name)) for name, title in PASSPORT]

    @property
    def filled(self) -> int:
        return sum(1 for _, text in self.passport if text)


class ProjectIndicator(models.Model):
    """By what one sees whether the aim is reached: words, and the portal's indicator where there is one."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators", verbose_name="проект")
    title = models.CharField("показатель", max_length=300)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="показатель портала"
    )
    target = models.CharField("чего ждём", max_length=200)
    reached = models.CharField("достигнуто", max_length=200, blank=True)
    reached_on = models.DateField("на какой день", null=True, blank=True)

    class Meta:
        verbose_name = "показатель проекта"
        verbose_name_plural = "показатели проектов"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(reached="") | Q(reached_on__isnull=False), name="project_indicator_reached_when"
            )
        ]

    def __str__(self) -> str:
        return self.title
