"""A campaign: which forms are asked for which period, of whom and until when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.collection.models.forms import Form
from apps.collection.querysets import CampaignQuerySet
from apps.core.models import Period, PrivateFile


class Campaign(models.Model):
    """Dates are days in the time zone of the municipality; each ends at its midnight."""

    class State(models.TextChoices):
        OPEN = "open", "идёт"
        CLOSED = "closed", "завершена"

    title = models.CharField("название", max_length=200)
    period = models.ForeignKey(Period, models.PROTECT, related_name="campaigns", verbose_name="за какой период")
    forms = models.ManyToManyField(Form, related_name="campaigns", verbose_name="формы")
    instructions = models.TextField("указания", blank=True)
    contacts = models.CharField("к кому обращаться", max_length=400, blank=True)
    experts = models.TextField("эксперты и консультанты", blank=True)
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated", verbose_name="повторяет"
    )
    opens_on = models.DateField("открывается")
    due_on = models.DateField("срок сдачи")
    closes_on = models.DateField("приём прекращается")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.OPEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("создана", default=timezone.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("завершена", null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "сбор данных"
        verbose_name_plural = "сборы данных"
        ordering = ("-opens_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("closes_on")),
                name="campaign_days_in_order",
                violation_error_message="Срок сдачи — не раньше открытия, прекращение приёма — не раньше срока сдачи.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | Q(state="closed", closed_at__isnull=False),
                name="campaign_closed_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection:board", args=[self.pk])

    def is_accepting(self, today: date | None = None) -> bool:
        """Whether data may come in today."""
        today = today or timezone.localdate()
        return self.state == self.State.OPEN and self.opens_on <= today <= self.closes_on


class CampaignMaterial(models.Model):
    """A file that helps to fill the forms of a campaign: organisations that are asked may open it."""

    class Kind(models.TextChoices):
        INSTRUCTION = "instruction", "инструкция"
        EXAMPLE = "example", "пример заполнения"
        METHOD = "method", "методические материалы"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="materials", verbose_name="кампания")
    kind = models.CharField("что это", max_length=12, choices=Kind.choices)
    title = models.CharField("название", max_length=200)
    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+", verbose_name="файл")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField("добавлен", default=timezone.now)

    class Meta:
        verbose_name = "материал кампании"
        verbose_name_plural = "материалы кампаний"
        ordering = ("kind", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection:material", args=[self.pk])
