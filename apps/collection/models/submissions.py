"""What an organisation hands in: the submission, its answers with their history, and the uploaded workbooks."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.collection.entries import plain
from apps.collection.models.campaigns import Campaign
from apps.collection.models.forms import Form, FormField
from apps.collection.querysets import SubmissionQuerySet, UploadQuerySet
from apps.collection.states import TONES, State
from apps.core.models import Period, PrivateFile
from apps.organizations.models import Organization


def _person() -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


def _both_or_none(field: str) -> models.CheckConstraint:
    when, who = f"{field}_at", f"{field}_by"
    condition = Q(**{f"{when}__isnull": True, f"{who}__isnull": True}) | Q(
        **{f"{when}__isnull": False, f"{who}__isnull": False}
    )
    return models.CheckConstraint(condition=condition, name=f"submission_{field}_by_whom")


class Submission(models.Model):
    """One form of one organisation in one campaign. Moves between states by services only."""

    State = State

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="submissions", verbose_name="сбор данных")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="submissions", verbose_name="организация"
    )
    form = models.ForeignKey(Form, models.PROTECT, related_name="submissions", verbose_name="форма")
    # The campaign's period, repeated so that the database refuses to ask the same twice.
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="период")
    state = models.CharField("состояние", max_length=12, choices=State.choices, default=State.NOT_STARTED)
    # Grows with every change of answers or state: who acts on an older one is told.
    revision = models.PositiveIntegerField("редакция", default=0)
    number = models.CharField("номер квитанции", max_length=24, unique=True, null=True, blank=True)
    submitted_at = models.DateTimeField("отправлена", null=True, blank=True)
    submitted_by = _person()
    # The state's words of today's rule: decided at the moment of handing in and kept.
    submitted_late = models.BooleanField("отправлена после срока", default=False)
    returned_at = models.DateTimeField("возвращена", null=True, blank=True)
    returned_by = _person()
    return_comment = models.TextField("что исправить", blank=True)
    accepted_at = models.DateTimeField("принята", null=True, blank=True)
    accepted_by = _person()
    # A term of its own for one organisation, given by the department for a reason.
    extended_to = models.DateField("срок продлён до", null=True, blank=True)
    extension_reason = models.CharField("почему продлён", max_length=500, blank=True)
    extended_at = models.DateTimeField("когда продлён", null=True, blank=True)
    extended_by = _person()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "форма организации"
        verbose_name_plural = "формы организаций"
        ordering = ("campaign", "organization", "form")
        constraints = [
            models.UniqueConstraint(fields=("campaign", "organization", "form"), name="one_submission"),
            models.UniqueConstraint(fields=("organization", "form", "period"), name="asked_once_a_period"),
            *(_both_or_none(field) for field in ("submitted", "returned", "accepted", "extended")),
            models.CheckConstraint(
                condition=~Q(state__in=("submitted", "accepted")) | Q(submitted_at__isnull=False, number__isnull=False),
                name="submitted_has_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False), name="accepted_has_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(returned_at__isnull=False) & ~Q(return_comment="")),
                name="returned_has_comment",
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True, extended_at__isnull=True)
                | (Q(extended_to__isnull=False, extended_at__isnull=False) & ~Q(extension_reason="")),
                name="extension_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form.short_title}, {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("collection:submission", args=[self.pk])

    @property
    def awaits_organization(self) -> bool:
        """Not handed in: the organisation has to act."""
        return self.state in {State.NOT_STARTED, State.DRAFT, State.RETURNED}

    @property
    def due_on(self) -> date:
        """The day of delivery: the campaign's, or the organisation's own."""
        return self.extended_to or self.campaign.due_on

    @property
    def closes_on(self) -> date:
        """The last day on which it is taken in."""
        return max(self.campaign.closes_on, self.extended_to or self.campaign.closes_on)

    def is_overdue(self, today: date | None = None) -> bool:
        """Whether the day of delivery is over."""
        return (today or timezone.localdate()) > self.due_on

    def days_left(self, today: date | None = None) -> int:
        return (self.due_on - (today or timezone.localdate())).days

    @property
    def is_late(self) -> bool:
        """Due passed and not handed in."""
        return self.awaits_organization and self.is_overdue()

    @property
    def state_text(self) -> str:
        """The state in words; being late is said beside it and not instead of it."""
        text = self.get_state_display()
        return f"{text}, просрочено" if self.is_late else text

    @property
    def tone(self) -> str:
        """How the state is shown: good, warn, bad, info or neutral."""
        return "bad" if self.is_late else TONES[State(self.state)]

    @property
    def is_open(self) -> bool:
        """Whether the organisation may change it now."""
        return self.awaits_organization and self.is_accepting()

    def is_accepting(self, today: date | None = None) -> bool:
        """Whether data may come in today."""
        day = today or timezone.localdate()
        campaign = self.campaign
        return campaign.state == Campaign.State.OPEN and campaign.opens_on <= day <= self.closes_on


class Answer(models.Model):
    """The answer to one row: a number («да» is 1, «нет» is 0), a text, or the reason why there is none."""

    class Origin(models.TextChoices):
        WEB = "web", "страница портала"
        WORKBOOK = "workbook", "книга Excel"
        SOURCE = "source", "другой источник портала"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="answers")
    field = models.ForeignKey(FormField, models.PROTECT, related_name="answers")
    number = models.DecimalField("число", max_digits=20, decimal_places=6, null=True, blank=True)
    text = models.TextField("текст", blank=True)
    absence_reason = models.CharField("почему нет данных", max_length=200, blank=True)
    explanation = models.CharField("пояснение", max_length=500, blank=True)
    origin = models.CharField("откуда", max_length=8, choices=Origin.choices)
    cell = models.CharField("ячейка", max_length=60, blank=True)
    changed_by = _person()
    changed_at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "ответ"
        verbose_name_plural = "ответы"
        constraints = [
            models.UniqueConstraint(fields=("submission", "field"), name="one_answer"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(absence_reason=""), name="answer_number_or_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.number if self.number is not None else self.text or self.absence_reason}"


class AnswerChange(models.Model):
    """What an answer was before, who changed it, when and from where. Never rewritten."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="changes")
    field = models.ForeignKey(FormField, models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField("редакция")
    old_number = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    old_text = models.TextField(blank=True)
    old_absence_reason = models.CharField(max_length=200, blank=True)
    old_explanation = models.CharField(max_length=500, blank=True)
    new_number = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    new_text = models.TextField(blank=True)
    new_absence_reason = models.CharField(max_length=200, blank=True)
    new_explanation = models.CharField(max_length=500, blank=True)
    origin = models.CharField("откуда", max_length=8, choices=Answer.Origin.choices)
    cell = models.CharField("ячейка", max_length=60, blank=True)
    changed_by = _person()
    changed_at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "изменение ответа"
        verbose_name_plural = "изменения ответов"
        ordering = ("-changed_at", "-pk")
        indexes = [models.Index(fields=("submission", "revision"), name="change_of_submission")]

    def __str__(self) -> str:
        return f"{self.field}: {self.old_number} → {self.new_number}"

    @property
    def old_words(self) -> str:
        return _words(self.old_number, self.old_text, self.old_absence_reason, self.old_explanation)

    @property
    def new_words(self) -> str:
        return _words(self.new_number, self.new_text, self.new_absence_reason, self.new_explanation)


def _words(number: Decimal | None, text: str, reason: str, explanation: str) -> str:
    """A stored answer in words; absent is said with its reason."""
    said = plain(number) if number is not None else text
    if said:
        return f"{said} ({explanation})" if explanation else said
    return f"нет данных: {reason}" if reason else "не заполнено"


class SubmissionUpload(models.Model):
    """An uploaded workbook and exactly what its preview showed; confirming writes that and nothing else."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "проверена, ждёт подтверждения"
        CONFIRMED = "confirmed", "подтверждена"
        REFUSED = "refused", "с ошибками"
        OUTDATED = "outdated", "устарела"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="uploads")
    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+")
    book_revision = models.PositiveIntegerField("редакция при скачивании книги", default=0)
    base_revision = models.PositiveIntegerField("редакция при проверке")
    digest = models.CharField("отпечаток показанного", max_length=64)
    values = models.JSONField("прочитанное", default=dict)
    findings = models.JSONField("замечания", default=list)
    state = models.CharField("состояние", max_length=10, choices=State.choices)
    uploaded_by = _person()
    uploaded_at = models.DateTimeField("загружена", default=timezone.now)
    confirmed_by = _person()
    confirmed_at = models.DateTimeField("подтверждена", null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "загруженная книга"
        verbose_name_plural = "загруженные книги"
        ordering = ("-uploaded_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="upload_confirmed_when"
            )
        ]

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        return reverse("collection:upload", args=[self.submission_id, self.pk])

    @property
    def tone(self) -> str:
        """How the state is shown."""
        return {"confirmed": "good", "refused": "bad", "previewed": "info"}.get(self.state, "neutral")


class ReceiptCounter(models.Model):
    """The last number given under a prefix («СО-2025»); its row is locked while the next is taken."""

    prefix = models.CharField("приставка", max_length=20, unique=True)
    last = models.PositiveIntegerField("последний номер", default=0)

    class Meta:
        verbose_name = "счётчик квитанций"
        verbose_name_plural = "счётчики квитанций"

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last}"
