"""Where procedures are held, who is sent there, the act of observation and its remarks."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.figures import plural
from apps.organizations.models import Organization, Site
from apps.procedures.models.works import Procedure
from apps.procedures.people.models.act_forms import ActForm
from apps.procedures.people.models.register import Capacity, Person
from apps.procedures.people.querysets import ActQuerySet, AssignmentQuerySet, VenueQuerySet


class Venue(models.Model):
    """A procedure in an organisation (and one of its buildings) on a day."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="venues", verbose_name="процедура")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="организация")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="здание")
    on = models.DateField("день")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = "место проведения"
        verbose_name_plural = "места проведения"
        ordering = ("on", "procedure", "organization__number", "organization__name_key", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("procedure", "organization", "site", "on"), nulls_distinct=False, name="one_venue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure}, {self.place}, {self.on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("procedures:venue", args=[self.pk])

    @property
    def observers_text(self) -> str:
        """Of a venue read with `counted()`."""
        n: int = self.observers  # type: ignore[attr-defined]
        return f"{n} {plural(n, 'наблюдатель', 'наблюдателя', 'наблюдателей')}"

    @property
    def place(self) -> str:
        return f"{self.organization}, {self.site}" if self.site else str(self.organization)


class Assignment(models.Model):
    """A person sent to a venue. `on` repeats the venue's day, so that the database refuses two places on one day."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    on = models.DateField("день")
    capacity = models.CharField("кем", max_length=12, choices=Capacity.choices)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("назначен", default=timezone.now)
    cancelled_at = models.DateTimeField("отменено", null=True, blank=True)
    cancel_reason = models.CharField("почему отменено", max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "назначение"
        verbose_name_plural = "назначения"
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("person", "on"), condition=Q(cancelled_at__isnull=True), name="one_place_a_day"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""), name="assignment_cancelled_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.short_name}: {self.venue}"

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class Act(models.Model):
    """The act of one assignment: a draft until sent, then it never changes. Absent answers are absent, not «no»."""

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        SENT = "sent", "отправлен"

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="act")
    form = models.ForeignKey(ActForm, models.PROTECT, related_name="acts", verbose_name="форма")
    state = models.CharField("состояние", max_length=5, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField("ответы", default=dict)  # code of a question: yes, no, none
    text = models.TextField("замечания и предложения", max_length=4000, blank=True)
    number = models.CharField("номер", max_length=20, unique=True, null=True)
    sent_at = models.DateTimeField("отправлен", null=True, blank=True)
    saved_at = models.DateTimeField("сохранён", default=timezone.now)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = "акт наблюдения"
        verbose_name_plural = "акты наблюдения"
        ordering = ("-sent_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True, number__isnull=True)
                | Q(state="sent", sent_at__isnull=False, number__isnull=False),
                name="act_sent_with_number",
            )
        ]

    def __str__(self) -> str:
        return f"Акт № {self.number}" if self.number else f"Черновик акта: {self.assignment}"

    def get_absolute_url(self) -> str:
        return reverse("procedures:act", args=[self.pk])

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT


class Remark(models.Model):
    """What an observer has noticed, as a thing to work on; closed with what was done."""

    act = models.ForeignKey(Act, models.CASCADE, related_name="remarks")
    text = models.TextField("замечание", max_length=4000)
    answer = models.TextField("что сделано", max_length=2000, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("отработано", null=True, blank=True)

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        verbose_name = "замечание наблюдателя"
        verbose_name_plural = "замечания наблюдателей"
        ordering = ("closed_at", "-act__sent_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(answer=""), name="remark_closed_with_answer"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
