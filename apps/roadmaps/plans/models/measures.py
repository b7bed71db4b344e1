"""A measure of a roadmap: who answers, when, where, with what means, what came of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.indicators.models import Direction, Indicator
from apps.organizations.models import Feature, Kind, Organization
from apps.roadmaps.plans.models.parts import Part
from apps.roadmaps.plans.models.roadmaps import Roadmap, Stage
from apps.roadmaps.plans.querysets import RoadmapMeasureQuerySet


class Measure(models.Model):
    """What is done: who answers for it, from when and by when, in which organisations, what came of it."""

    class State(models.TextChoices):
        """Follows from days and marks; it is not kept."""

        PLANNED = "planned", "запланировано"
        ON_TIME = "on_time", "в срок"
        MOVED = "moved", "перенесено"
        OVERDUE = "overdue", "просрочено"
        DONE = "done", "выполнено"
        DROPPED = "dropped", "снято"

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="measures", verbose_name="дорожная карта")
    stage = models.ForeignKey(
        Stage, models.SET_NULL, null=True, blank=True, related_name="measures", verbose_name="этап"
    )
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name="направление"
    )
    part = models.CharField("часть плана", max_length=16, choices=Part.choices, default=Part.OTHER)
    line = models.CharField("линия направления", max_length=80, blank=True)
    title = models.CharField("мероприятие", max_length=300)
    details = models.TextField("что именно делается", max_length=20_000, blank=True)
    # One person answers. An account where there is one; `responsible` is how it is written in the plan.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name="ответственный",
    )
    responsible = models.CharField("кто отвечает", max_length=200)
    executors = models.CharField("исполнители", max_length=500, blank=True)
    starts_on = models.DateField("начало")
    due_on = models.DateField("срок")
    moved_from = models.DateField("первоначальный срок", null=True, blank=True)
    # Nobody named, no kind, no feature: it is for all organisations.
    organizations = models.ManyToManyField(
        Organization, related_name="measures", blank=True, verbose_name="в каких организациях"
    )
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Kind.choices), verbose_name="виды организаций", default=list, blank=True
    )
    features = ArrayField(
        models.CharField(max_length=16, choices=Feature.choices), verbose_name="особенности", default=list, blank=True
    )
    expected = models.CharField("ожидаемый результат", max_length=500, blank=True)
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name="по какому показателю виден результат",
    )
    percent = models.PositiveSmallIntegerField("готовность, %", default=0)
    done_on = models.DateField("выполнено", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто отметил"
    )
    result = models.TextField("результат", max_length=20_000, blank=True)
    covered = models.PositiveIntegerField("охват, человек", null=True, blank=True)
    dropped_on = models.DateField("снято", null=True, blank=True)
    drop_reason = models.CharField("почему снято", max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записано", default=timezone.now)

    objects = RoadmapMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "мероприятие дорожной карты"
        verbose_name_plural = "мероприятия дорожных карт"
        ordering = ("direction", "due_on", "pk")
        indexes = [models.Index(fields=("due_on",), condition=Q(done_on=None), name="measure_unfinished_due")]
        constraints = [
            models.CheckConstraint(condition=Q(done_on__isnull=True) | ~Q(result=""), name="measure_done_with_result"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="measure_days_in_order",
                violation_error_message="Срок раньше начала.",
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100) & (Q(done_on__isnull=True) | Q(percent=100)), name="measure_percent"
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True, drop_reason="")
                | Q(dropped_on__isnull=False, done_on__isnull=True) & ~Q(drop_reason=""),
                name="measure_dropped_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:measure", args=[self.pk])

    @property
    def state(self) -> "Measure.State":
        """As `RoadmapMeasureQuerySet.in_state` selects it."""
        today = timezone.localdate()
        if self.done_on:
            return self.State.DONE
        if self.dropped_on:
            return self.State.DROPPED
        if self.due_on < today:
            return self.State.OVERDUE
        if self.moved_from:
            return self.State.MOVED
        return self.State.PLANNED if self.starts_on > today else self.State.ON_TIME

    @property
    def is_overdue(self) -> bool:
        return self.state == self.State.OVERDUE

    @property
    def is_unfinished(self) -> bool:
        return self.done_on is None and self.dropped_on is None

    @property
    def state_text(self) -> str:
        if self.done_on:
            late = ", позже срока" if self.done_on > self.due_on else ""
            return f"выполнено {self.done_on:%d.%m.%Y}{late}"
        if self.moved_from and self.state == self.State.MOVED:
            return f"перенесено с {self.moved_from:%d.%m.%Y}"
        return str(self.state.label)

    @property
    def tone(self) -> str:
        """Colour of the state; pages say it in words as well."""
        tones = {"done": "good", "overdue": "bad", "moved": "warn", "on_time": "info"}
        return tones.get(self.state.value, "neutral")

    @property
    def kinds_text(self) -> str:
        """Kinds and features that it is for; nothing when it is not narrowed so."""
        names = [str(Kind(kind).label) for kind in self.kinds] + [str(Feature(one).label) for one in self.features]
        return ", ".join(names)

    @property
    def where_text(self) -> str:
        """Where it is done, in words; wants `organizations` prefetched."""
        named = ", ".join(str(one) for one in self.organizations.all())
        return named or self.kinds_text or "все организации"


class MeasureMove(models.Model):
    """A term that was put off, and why. Never changed."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="moves", verbose_name="мероприятие")
    old_due_on = models.DateField("прежний срок")
    new_due_on = models.DateField("новый срок")
    reason = models.CharField("причина", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто перенёс")
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "перенос срока"
        verbose_name_plural = "переносы сроков"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.old_due_on:%d.%m.%Y} → {self.new_due_on:%d.%m.%Y}: {self.reason}"


class MeasureProof(models.Model):
    """A file that proves a measure; of an organisation where it was one that handed it in."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="proofs", verbose_name="мероприятие")
    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+", verbose_name="файл")
    note = models.CharField("что подтверждает", max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="организация"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    created_at = models.DateTimeField("приложено", default=timezone.now)

    class Meta:
        verbose_name = "подтверждение мероприятия"
        verbose_name_plural = "подтверждения мероприятий"
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.note or str(self.file)


class MeasureResource(models.Model):
    """Means for a measure: of which kind, for which organisation, how much in roubles. No sum is not zero."""

    class Kind(models.TextChoices):
        FINANCIAL = "financial", "финансовая"
        STAFF = "staff", "кадровая"
        METHODICAL = "methodical", "методическая"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="resources", verbose_name="мероприятие")
    kind = models.CharField("вид поддержки", max_length=10, choices=Kind.choices)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="организация"
    )
    amount = models.DecimalField("сумма, ₽", max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.CharField("что именно", max_length=300, blank=True)

    class Meta:
        verbose_name = "ресурс мероприятия"
        verbose_name_plural = "ресурсы мероприятий"
        ordering = ("kind", "organization__number", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="resource_amount",
                violation_error_message="Сумма не может быть меньше нуля.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organization or 'без распределения'}"
