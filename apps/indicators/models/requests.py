"""What external users ask for and what is given to them: requests, exports, the log of what was sent."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Job, PrivateFile
from apps.indicators.models.measures import Indicator
from apps.organizations.models import Organization


class RequestQuerySet(models.QuerySet["InformationRequest"]):
    def visible_to(self, user: Any) -> "RequestQuerySet":
        """The authority's own correspondence."""
        return self if user.is_authenticated and user.is_authority else self.none()

    def overdue(self) -> "RequestQuerySet":
        return self.filter(state=InformationRequest.State.OPEN, due_on__lt=timezone.localdate())


class InformationRequest(models.Model):
    """A body asks for information: what, what for, until when, and what was answered. Never a private person's data."""

    class Asker(models.TextChoices):
        REGION = "region", "орган управления региона"
        FEDERAL = "federal", "федеральный орган"
        MUNICIPAL = "municipal", "орган местного самоуправления"
        ORGANIZATION = "organization", "организация системы образования"
        PUBLIC = "public", "общественная организация, СМИ"
        OTHER = "other", "другая организация"

    class Need(models.TextChoices):
        ONCE = "once", "разово"
        REGULAR = "regular", "регулярно"
        FUTURE = "future", "понадобится в будущем"

    class State(models.TextChoices):
        OPEN = "open", "в работе"
        ANSWERED = "answered", "отвечено"
        DECLINED = "declined", "отказано"

    asker = models.CharField("кто запрашивает", max_length=250)
    asker_kind = models.CharField("вид запрашивающего", max_length=12, choices=Asker.choices)
    subject = models.TextField("что запрошено", max_length=2000)
    purpose = models.CharField("для чего нужно", max_length=500)
    need = models.CharField("как часто нужно", max_length=8, choices=Need.choices, default=Need.ONCE)
    received_on = models.DateField("получен", default=timezone.localdate)
    due_on = models.DateField("ответить до")
    indicators = models.ManyToManyField(
        Indicator, related_name="information_requests", blank=True, verbose_name="показатели"
    )
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField("ответ", max_length=4000, blank=True)
    answered_at = models.DateTimeField("отвечено", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("внесён", default=timezone.now)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = "запрос информации"
        verbose_name_plural = "запросы информации"
        ordering = ("-received_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True) | ~Q(state="open") & Q(answered_at__isnull=False),
                name="request_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("received_on")),
                name="request_days_in_order",
                violation_error_message="Срок ответа — не раньше дня, когда запрос получен.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker}, {self.received_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:request", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        return self.state == self.State.OPEN and self.due_on < timezone.localdate()

    @property
    def tone(self) -> str:
        if self.is_overdue:
            return "bad"
        return {self.State.OPEN: "info", self.State.ANSWERED: "good"}.get(self.State(self.state), "neutral")

    @property
    def state_text(self) -> str:
        return f"{self.get_state_display()}, срок прошёл" if self.is_overdue else str(self.get_state_display())


class ExportQuerySet(models.QuerySet["DataExport"]):
    def visible_to(self, user: Any) -> "ExportQuerySet":
        """The authority sees the authority's exports, a school those of its own people."""
        if not user.is_authenticated or user.organization is None:
            return self.none()
        if user.is_authority or user.is_school:
            return self.filter(organization=user.organization)
        return self.none()


class DataExport(models.Model):
    """A file of values that was made once and never changes; what it holds stands in `selection`."""

    class Kind(models.TextChoices):
        XLSX = "xlsx", "Excel (xlsx)"
        CSV = "csv", "csv (UTF-8)"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    selection = models.JSONField("что выбрано")
    title = models.CharField("что в файле", max_length=1000)
    kind = models.CharField("вид файла", max_length=4, choices=Kind.choices)
    rows = models.PositiveIntegerField("строк", default=0)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, related_name="+")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("сделана", default=timezone.now)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "выгрузка"
        verbose_name_plural = "выгрузки"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"Выгрузка № {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:export_detail", args=[self.pk])


class DispatchQuerySet(models.QuerySet["DataDispatch"]):
    def visible_to(self, user: Any) -> "DispatchQuerySet":
        return self if user.is_authenticated and user.is_authority else self.none()


class DataDispatch(models.Model):
    """A line of the log: what was given to whom, on which ground and when. Never changed; a slip is withdrawn."""

    export = models.ForeignKey(DataExport, models.PROTECT, related_name="dispatches", verbose_name="выгрузка")
    request = models.ForeignKey(
        InformationRequest, models.PROTECT, null=True, blank=True, related_name="dispatches", verbose_name="запрос"
    )
    addressee = models.CharField("кому передано", max_length=250)
    ground = models.CharField("основание", max_length=400)
    sent_on = models.DateField("когда передано", default=timezone.localdate)
    note = models.CharField("примечание", max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("записано", default=timezone.now)
    withdrawn_reason = models.CharField("почему запись ошибочна", max_length=400, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("признана ошибочной", null=True, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "передача данных"
        verbose_name_plural = "передачи данных"
        ordering = ("-sent_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="dispatch_withdrawn_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.addressee}, {self.sent_on:%d.%m.%Y}"
