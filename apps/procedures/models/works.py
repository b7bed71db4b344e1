"""Works: subjects, procedures with their scales and windows, items."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from apps.core.models import Period, PrivateFile
from apps.organizations.models import Organization
from apps.procedures.querysets import ProcedureQuerySet


class Subject(models.Model):
    """A school subject by its own name."""

    name = models.CharField("название", max_length=120, unique=True)

    class Meta:
        verbose_name = "предмет"
        verbose_name_plural = "предметы"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class SourceState(models.TextChoices):
    OFFICIAL = "official", "официальный документ"
    FILE = "file", "указано в файле"
    MUNICIPAL = "municipal", "внесено муниципалитетом"
    UNCONFIRMED = "unconfirmed", "не подтверждено"
    NONE = "", "нет"


class Procedure(models.Model):
    """One work: a kind, school year, subject and grade; some kinds keep each day (`session`) apart."""

    class Kind(models.TextChoices):
        VPR = "vpr", "ВПР"
        OGE = "oge", "ОГЭ"
        EGE = "ege", "ЕГЭ"
        GVE = "gve", "ГВЭ"
        NIKO = "niko", "НИКО"
        RDR = "rdr", "РДР"
        MDR = "mdr", "МДР"
        VSOKO = "vsoko", "работа ВСОКО"
        VSOSH = "vsosh", "ВсОШ"
        INTERNATIONAL = "intl", "международное исследование"

    class Level(models.TextChoices):
        FEDERAL = "federal", "федеральный"
        REGIONAL = "regional", "региональный"
        MUNICIPAL = "municipal", "муниципальный"
        SCHOOL = "school", "школьный"
        WORLD = "world", "международный"

    kind = models.CharField("вид", max_length=8, choices=Kind.choices)
    level = models.CharField("уровень", max_length=10, choices=Level.choices, default=Level.FEDERAL)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    year = models.PositiveSmallIntegerField("год в названии")  # «ВПР 2021»
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="procedures", verbose_name="предмет")
    grade = models.PositiveSmallIntegerField("класс")
    session = models.CharField("срок", max_length=20, blank=True)
    title = models.CharField("название", max_length=200)
    held_on = models.DateField("дата проведения", null=True, blank=True)
    window_starts_on = models.DateField("проводится с", null=True, blank=True)
    window_ends_on = models.DateField("проводится по", null=True, blank=True)
    # Whose own work it is; empty for works of the municipality, the region and the federation.
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="own_procedures", verbose_name="организация"
    )
    document = models.CharField("утверждающий документ", max_length=300, blank=True)
    document_file = models.ForeignKey(
        PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл документа"
    )
    cancelled_on = models.DateField("снята с графика", null=True, blank=True)
    cancel_reason = models.CharField("почему снята", max_length=300, blank=True)
    is_public = models.BooleanField("показывать в открытом графике", default=True)
    max_score = models.PositiveSmallIntegerField("максимальный балл", null=True, blank=True)
    # Lowest primary scores of the marks 3, 4 and 5; empty when no scale is known.
    bounds = ArrayField(models.PositiveSmallIntegerField(), verbose_name="границы отметок", default=list, blank=True)
    # What a mark needs besides the primary score: [{"mark": 4, "items": ["ГК1", …], "least": 6, "label": "…"}].
    conditions = models.JSONField("дополнительные условия отметок", default=list, blank=True)
    pass_score = models.PositiveSmallIntegerField("минимальный тестовый балл", null=True, blank=True)
    scale_state = models.CharField(
        "состояние шкалы", max_length=12, choices=SourceState.choices, blank=True, default=SourceState.NONE
    )
    scale_source = models.CharField("источник шкалы", max_length=400, blank=True)
    items_state = models.CharField(
        "состояние перечня заданий", max_length=12, choices=SourceState.choices, blank=True, default=SourceState.NONE
    )
    items_source = models.CharField("источник перечня заданий", max_length=400, blank=True)
    note = models.CharField("пояснение", max_length=400, blank=True)
    # Bounds as the marks of files show them: `scales.observing.Observed.as_json`; empty when no file has marks.
    observed = models.JSONField("границы по отметкам файлов", default=dict, blank=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "процедура"
        verbose_name_plural = "процедуры"
        ordering = ("-year", "grade", "subject__name", "kind", "session")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "period", "subject", "grade", "session", "organization"),
                name="one_procedure",
                nulls_distinct=False,
                violation_error_message="Такая процедура уже есть.",
            ),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=12), name="procedure_grade"),
            models.CheckConstraint(
                condition=Q(window_starts_on__isnull=True)
                | Q(window_ends_on__isnull=True)
                | Q(window_ends_on__gte=models.F("window_starts_on")),
                name="procedure_window_in_order",
                violation_error_message="Окончание раньше начала.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | ~Q(cancel_reason=""), name="procedure_cancelled_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its results; the plan (days, document, people, readiness) is at `plan_url`."""
        return reverse("procedures:detail", args=[self.pk])

    @property
    def loaded_files(self) -> models.QuerySet[Any]:
        """Files that results come from, with who handed them over and when; the newest first."""
        return self.files.filter(state="done").select_related("batch__created_by").order_by("-batch__created_at", "pk")

    @property
    def plan_url(self) -> str:
        return reverse("procedures:plan", args=[self.pk])


class Item(models.Model):
    """A scored item of a work, in the order of the matrix columns."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("порядок")  # from 0
    number = models.CharField("номер задания", max_length=12)
    maximum = models.PositiveSmallIntegerField("максимальный балл", null=True, blank=True)
    level = models.CharField("уровень сложности", max_length=1, blank=True)  # Б, П, В
    skill = models.CharField("проверяемое умение", max_length=300, blank=True)
    content = models.CharField("коды элементов содержания", max_length=200, blank=True)  # through «, »
    requirement = models.CharField("коды требований", max_length=200, blank=True)
    block = models.CharField("блок планируемых результатов", max_length=300, blank=True)

    class Meta:
        verbose_name = "задание"
        verbose_name_plural = "задания"
        ordering = ("procedure", "position")
        constraints = [models.UniqueConstraint(fields=("procedure", "position"), name="one_item_position")]

    def __str__(self) -> str:
        return f"{self.procedure}: {self.number}"
