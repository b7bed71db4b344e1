"""Shortcomings that the operator found, and what an organisation does about each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.noko.models.assessments import Assessment
from apps.noko.querysets import MeasureQuerySet, ShortcomingQuerySet


class Shortcoming(models.Model):
    class Origin(models.TextChoices):
        OPERATOR = "operator", "назван оператором"
        CHECKLIST = "checklist", "условие отсутствует по чек-листу оператора"

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="shortcomings")
    indicator = models.CharField("показатель", max_length=20, blank=True)  # «2.1.o3», without the pack
    text = models.CharField("недостаток", max_length=500)
    origin = models.CharField("откуда", max_length=10, choices=Origin.choices, default=Origin.OPERATOR)

    objects = ShortcomingQuerySet.as_manager()

    class Meta:
        verbose_name = "недостаток"
        verbose_name_plural = "недостатки"
        ordering = ("assessment", "indicator", "pk")

    def __str__(self) -> str:
        return self.text


class Measure(models.Model):
    """What an organisation will do about a shortcoming, who and by when; the authority accepts the proof."""

    class State(models.TextChoices):
        PLANNED = "planned", "запланирована"
        REPORTED = "reported", "отчёт на проверке"
        RETURNED = "returned", "отчёт на доработке"
        DONE = "done", "недостаток устранён"

    shortcoming = models.ForeignKey(Shortcoming, models.PROTECT, related_name="measures")
    text = models.CharField("мера", max_length=500)
    responsible = models.CharField("ответственный (должность)", max_length=150)
    due_on = models.DateField("срок")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.PLANNED)
    report_text = models.TextField("что сделано", max_length=2000, blank=True)
    proof_url = models.URLField("ссылка на подтверждение", blank=True)
    proof = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField("отчёт направлен", null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    review_text = models.TextField("замечание", max_length=2000, blank=True)
    reviewed_at = models.DateTimeField("рассмотрен", null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("внесена", default=timezone.now)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "мера по устранению недостатка"
        verbose_name_plural = "меры по устранению недостатков"
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned") | Q(reported_at__isnull=False) & ~Q(report_text=""),
                name="noko_measure_reported_what",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "returned"]) | Q(reviewed_at__isnull=False),
                name="noko_measure_reviewed_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(review_text=""), name="noko_measure_returned_why"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("noko:measure", args=[self.pk])

    @property
    def awaits_organization(self) -> bool:
        return self.state in {self.State.PLANNED, self.State.RETURNED}

    @property
    def is_overdue(self) -> bool:
        return self.awaits_organization and self.due_on < timezone.localdate()

    @property
    def tone(self) -> str:
        if self.is_overdue:
            return "bad"
        return {"done": "good", "reported": "info", "returned": "warn"}.get(self.state, "neutral")

    @property
    def state_text(self) -> str:
        return f"{self.get_state_display()}, срок прошёл" if self.is_overdue else self.get_state_display()
