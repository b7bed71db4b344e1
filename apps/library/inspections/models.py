"""Control events at an organisation, and the remarks it has to mend by a term."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.organizations.models import Organization


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user: Any) -> "InspectionQuerySet":
        """The authority sees all, an organisation its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(organization=user.organization) if user.is_school and user.organization else self.none()


class Inspection(models.Model):
    """Licensing, accreditation or control of an organisation by somebody outside."""

    class Kind(models.TextChoices):
        LICENSING = "licensing", "лицензирование"
        ACCREDITATION = "accreditation", "государственная аккредитация"
        FEDERAL = "federal", "федеральный государственный контроль"
        OTHER = "other", "другая проверка"

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="inspections", verbose_name="организация"
    )
    kind = models.CharField("вид", max_length=13, choices=Kind.choices)
    body = models.CharField("кто проводит", max_length=250)
    subject = models.CharField("предмет", max_length=500)
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    act_number = models.CharField("номер и дата акта", max_length=120, blank=True)
    outcome = models.TextField("итог", max_length=5000, blank=True)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записано", default=timezone.now)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "контрольное мероприятие"
        verbose_name_plural = "контрольные мероприятия"
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="inspection_days_in_order",
                violation_error_message="Окончание раньше начала.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("library:inspection", args=[self.pk])


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, user: Any) -> "RemarkQuerySet":
        """The authority sees all, an organisation those to itself."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        own = self.filter(inspection__organization=user.organization)
        return own if user.is_school and user.organization else self.none()

    def awaiting_school(self) -> "RemarkQuerySet":
        return self.filter(state__in=[Remark.State.OPEN, Remark.State.RETURNED])

    def overdue(self) -> "RemarkQuerySet":
        return self.awaiting_school().filter(due_on__lt=timezone.localdate())


class Remark(models.Model):
    """What is to be mended and by when; the organisation answers, the office closes or gives back."""

    class State(models.TextChoices):
        OPEN = "open", "устраняется"
        ANSWERED = "answered", "ответ на проверке"
        RETURNED = "returned", "ответ возвращён"
        CLOSED = "closed", "устранено"

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="remarks", verbose_name="мероприятие")
    text = models.TextField("замечание", max_length=20_000)
    due_on = models.DateField("устранить до")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField("что сделано", max_length=20_000, blank=True)
    proof = models.ForeignKey(
        PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="подтверждение"
    )
    answered_at = models.DateTimeField("ответ дан", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    review = models.TextField("замечание к ответу", max_length=2000, blank=True)
    reviewed_at = models.DateTimeField("ответ рассмотрен", null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "замечание проверки"
        verbose_name_plural = "замечания проверок"
        ordering = ("due_on", "pk")
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{step}_at__isnull": True, f"{step}_by__isnull": True})
                    | Q(**{f"{step}_at__isnull": False, f"{step}_by__isnull": False}),
                    name=f"remark_{step}_by_whom",
                )
                for step in ("answered", "reviewed")
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(answered_at__isnull=False) & ~Q(answer=""), name="remark_answered_what"
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(review=""), name="remark_returned_why"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("library:remark", args=[self.pk])

    @property
    def awaits_school(self) -> bool:
        return self.state in {self.State.OPEN, self.State.RETURNED}

    @property
    def is_overdue(self) -> bool:
        """The last day is over in the municipality's time and the organisation has not answered."""
        return self.awaits_school and self.due_on < timezone.localdate()

    @property
    def was_late(self) -> bool:
        return self.answered_at is not None and timezone.localdate(self.answered_at) > self.due_on

    @property
    def state_text(self) -> str:
        if self.is_overdue:
            return f"{self.get_state_display()}, срок прошёл"
        return f"{self.get_state_display()}, с опозданием" if self.was_late else self.get_state_display()

    @property
    def tone(self) -> str:
        if self.is_overdue:
            return "bad"
        return {"answered": "info", "returned": "warn", "closed": "good"}.get(self.state, "neutral")
