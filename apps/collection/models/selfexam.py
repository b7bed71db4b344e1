"""The report on self-examination: texts of the analytical part, the steps it has gone, its printed copies."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.collection.querysets import SelfExaminationQuerySet
from apps.collection.selfexam.steps import ORDER, TONES, Step
from apps.core.models import Job, Period, PrivateFile
from apps.organizations.models import Organization

TEXT_LIMIT = 30_000


class SelfExamination(models.Model):
    """The report of an organisation for a calendar year. `document` is what the head approved: it changes no more."""

    Step = Step

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="self_examinations")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="за какой год")
    step = models.CharField("состояние", max_length=10, choices=Step.choices, default=Step.DRAFT)
    due_on = models.DateField("направить до")
    sent_on = models.DateField("направлен", null=True, blank=True)
    document = models.JSONField("утверждённое содержание", null=True, blank=True)
    digest = models.CharField("SHA-256 утверждённого", max_length=64, blank=True)
    created_at = models.DateTimeField("начат", default=timezone.now)

    objects = SelfExaminationQuerySet.as_manager()

    class Meta:
        verbose_name = "отчёт о самообследовании"
        verbose_name_plural = "отчёты о самообследовании"
        ordering = ("-period__starts_on", "organization")
        constraints = [
            models.UniqueConstraint(fields=("organization", "period"), name="one_self_examination"),
            models.CheckConstraint(
                condition=Q(step__in=("draft", "discussed"), document__isnull=True, digest="")
                | Q(step__in=("approved", "published", "sent"), document__isnull=False) & ~Q(digest=""),
                name="approved_examination_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(step="sent", sent_on__isnull=False) | ~Q(step="sent") & Q(sent_on__isnull=True),
                name="sent_examination_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Отчёт о самообследовании за {self.period}, {self.organization}"

    @property
    def is_sent(self) -> bool:
        return self.step == Step.SENT

    @property
    def is_approved(self) -> bool:
        """Whether texts and figures are fixed."""
        return ORDER[Step(self.step)] >= ORDER[Step.APPROVED]

    @property
    def tone(self) -> str:
        return TONES[Step(self.step)]

    def is_late(self, today: date | None = None) -> bool:
        """Sent after its day, or the day is over and it is not sent."""
        return (self.sent_on or today or timezone.localdate()) > self.due_on


class SelfExamSection(models.Model):
    """The text of a section. Of two people who edit it the second is told by `revision`."""

    examination = models.ForeignKey(SelfExamination, models.CASCADE, related_name="sections")
    code = models.SlugField("раздел", max_length=20)
    text = models.TextField("текст", max_length=TEXT_LIMIT, blank=True)
    # Taken from last year's report and neither changed nor confirmed yet.
    is_copied = models.BooleanField("текст прошлого года", default=False)
    # A person has looked at what resembles personal data and says that it is nobody's secret.
    is_cleared = models.BooleanField("персональных данных нет", default=False)
    revision = models.PositiveIntegerField("редакция", default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("изменён", default=timezone.now)

    class Meta:
        verbose_name = "раздел отчёта о самообследовании"
        verbose_name_plural = "разделы отчётов о самообследовании"
        constraints = [models.UniqueConstraint(fields=("examination", "code"), name="one_examination_section")]

    def __str__(self) -> str:
        return f"{self.examination}: {self.code}"


class SelfExamStep(models.Model):
    """A step taken: by whom, when, on which paper. An undone one stays with its reason."""

    examination = models.ForeignKey(SelfExamination, models.CASCADE, related_name="steps")
    step = models.CharField("шаг", max_length=10, choices=Step.choices)
    happened_on = models.DateField("дата")
    body = models.CharField("орган", max_length=150, blank=True)
    number = models.CharField("номер документа", max_length=40, blank=True)
    url = models.URLField("ссылка", max_length=500, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField("отмечен", default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField("отменён", null=True, blank=True)
    undo_reason = models.CharField("почему отменён", max_length=500, blank=True)

    class Meta:
        verbose_name = "шаг отчёта о самообследовании"
        verbose_name_plural = "шаги отчётов о самообследовании"
        ordering = ("taken_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("examination", "step"), condition=Q(undone_at__isnull=True), name="one_standing_step"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undo_reason="") | Q(undone_at__isnull=False) & ~Q(undo_reason=""),
                name="undone_step_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.examination}: {self.get_step_display()}"


class SelfExamAttachment(models.Model):
    """A file beside the report."""

    examination = models.ForeignKey(SelfExamination, models.CASCADE, related_name="attachments")
    title = models.CharField("название", max_length=200)
    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField("приложен", default=timezone.now)

    class Meta:
        verbose_name = "приложение к отчёту о самообследовании"
        verbose_name_plural = "приложения к отчётам о самообследовании"
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return self.title


class SelfExamPrint(models.Model):
    """A printed copy: one content as PDF and DOCX. Equal content is not printed twice."""

    examination = models.ForeignKey(SelfExamination, models.CASCADE, related_name="prints")
    document = models.JSONField("содержание")
    digest = models.CharField("SHA-256 содержания", max_length=64)
    is_draft = models.BooleanField("черновик")
    pdf = models.ForeignKey(PrivateFile, models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(PrivateFile, models.PROTECT, null=True, related_name="+")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField("запрошен", default=timezone.now)

    class Meta:
        verbose_name = "печатная копия отчёта"
        verbose_name_plural = "печатные копии отчётов"
        ordering = ("-asked_at", "-pk")
        constraints = [models.UniqueConstraint(fields=("examination", "digest"), name="one_print_of_content")]

    def __str__(self) -> str:
        return f"{self.examination}, {self.digest[:12]}"

    @property
    def is_ready(self) -> bool:
        return self.pdf_id is not None and self.docx_id is not None
