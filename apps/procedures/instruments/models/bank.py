"""The bank of instruments: КИМ and tasks with a file that few may open until a day."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.procedures.instruments.querysets import InstrumentQuerySet
from apps.procedures.models.works import Subject


class Opening(models.TextChoices):
    """Who beside the authority may open the file."""

    LEADERS = "leaders", "руководители методических объединений"
    SCHOOLS = "schools", "организации"
    EXPERTS = "experts", "эксперты"


class Instrument(models.Model):
    """A file of tasks with subject, grade and skill; others see it once it is approved, until its last day."""

    class Kind(models.TextChoices):
        CURRENT = "current", "текущий контроль"
        INTERIM = "interim", "промежуточная аттестация"
        DIAGNOSTIC = "diagnostic", "диагностическая работа"
        COMPETENCE = "competence", "компетентностно-ориентированные задания"

    class State(models.TextChoices):
        PROPOSED = "proposed", "ждёт согласования"
        APPROVED = "approved", "согласован"
        RETURNED = "returned", "возвращён"
        ARCHIVED = "archived", "в архиве"

    title = models.CharField("название", max_length=200)
    kind = models.CharField("для чего", max_length=10, choices=Kind.choices)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="предмет")
    grade = models.PositiveSmallIntegerField("класс")
    skill = models.CharField("проверяемое умение", max_length=300)
    note = models.TextField("пояснение", max_length=2000, blank=True)
    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+", verbose_name="файл")
    open_until = models.DateField("доступен по", null=True, blank=True)
    opening = ArrayField(models.CharField(max_length=8, choices=Opening.choices), default=list, blank=True)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.PROPOSED)
    answer = models.TextField("причина решения", max_length=1000, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("внесён", default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("решение принято", null=True, blank=True)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = "контрольно-измерительный материал"
        verbose_name_plural = "контрольно-измерительные материалы"
        ordering = ("subject__name", "grade", "title", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=12), name="instrument_grade"),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="instrument_decided_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(answer=""), name="instrument_returned_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:instrument", args=[self.pk])

    @property
    def opening_text(self) -> str:
        others = [Opening(each).label for each in self.opening]
        return ", ".join(["управление", *others])

    def is_expired(self, day: date | None = None) -> bool:
        return self.open_until is not None and self.open_until < (day or timezone.localdate())

    @property
    def tone(self) -> str:
        if self.state == self.State.APPROVED and self.is_expired():
            return "neutral"
        return {"proposed": "warn", "approved": "good", "returned": "bad"}.get(self.state, "neutral")

    @property
    def state_text(self) -> str:
        if self.state == self.State.APPROVED and self.is_expired():
            return "срок доступа истёк"
        return str(self.State(self.state).label)
