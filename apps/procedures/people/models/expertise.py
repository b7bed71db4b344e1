"""What experts are asked to look at, by which criteria, and the sheets they fill."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.procedures.models.works import Procedure, Subject
from apps.procedures.people.models.register import Person
from apps.procedures.people.querysets import SheetQuerySet


class ExpertTask(models.Model):
    """An event or work under expertise: criteria, term, those who fill a sheet."""

    title = models.CharField("что оценивается", max_length=200)
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="процедура"
    )
    subject = models.ForeignKey(
        Subject, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="предмет"
    )
    instruction = models.TextField("что сделать эксперту", max_length=2000)
    due_on = models.DateField("заполнить до")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("создано", default=timezone.now)

    class Meta:
        verbose_name = "экспертиза"
        verbose_name_plural = "экспертизы"
        ordering = ("-due_on", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:expert_task", args=[self.pk])


class Criterion(models.Model):
    """A line of the sheet: what is judged, from nought to how many points."""

    task = models.ForeignKey(ExpertTask, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField("порядок")
    text = models.CharField("критерий", max_length=300)
    maximum = models.PositiveSmallIntegerField("максимум баллов")

    class Meta:
        verbose_name = "критерий экспертизы"
        verbose_name_plural = "критерии экспертизы"
        ordering = ("task", "position")
        constraints = [
            models.UniqueConstraint(fields=("task", "position"), name="one_criterion_position"),
            models.CheckConstraint(condition=Q(maximum__gte=1, maximum__lte=100), name="criterion_maximum"),
        ]

    def __str__(self) -> str:
        return self.text


class ExpertSheet(models.Model):
    """One expert's sheet: points and remarks by criterion; a draft until sent, then it never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", "не отправлен"
        SENT = "sent", "отправлен"

    task = models.ForeignKey(ExpertTask, models.CASCADE, related_name="sheets")
    person = models.ForeignKey(Person, models.PROTECT, related_name="sheets")
    state = models.CharField("состояние", max_length=5, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField("баллы и замечания", default=dict)  # pk of a criterion: [points or null, remark]
    conclusion = models.TextField("вывод", max_length=4000, blank=True)
    number = models.CharField("номер", max_length=20, unique=True, null=True)
    sent_at = models.DateTimeField("отправлен", null=True, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "экспертный лист"
        verbose_name_plural = "экспертные листы"
        ordering = ("task", "person__last_name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("task", "person"), name="one_sheet"),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True, number__isnull=True)
                | Q(state="sent", sent_at__isnull=False, number__isnull=False),
                name="sheet_sent_with_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.person.short_name}"

    def get_absolute_url(self) -> str:
        return reverse("procedures:own_sheet", args=[self.pk])

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT

    def points(self, criterion: Criterion) -> Decimal | None:
        given = self.answers.get(str(criterion.pk), [None, ""])[0]
        return None if given is None else Decimal(given)
