"""Files as they were handed over, schools as files call them, rows kept out of statistics."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Job, PrivateFile
from apps.organizations.models import Organization
from apps.procedures.models.works import Procedure
from apps.procedures.querysets import BatchQuerySet, ResultFileQuerySet


class ParticipatingSchool(models.Model):
    """A school as result files call it. Only schools of ours are linked to an organisation; others are benchmarks."""

    class System(models.TextChoices):
        FIS_OKO = "fis_oko", "ФИС ОКО"
        RIS_GIA9 = "ris_gia9", "РИС ГИА-9"
        RIS_GIA11 = "ris_gia11", "РИС ГИА-11"
        FORM = "form", "форма сбора без школы"
        MATRIX = "matrix", "матрица без логинов"

    system = models.CharField("система", max_length=12, choices=System.choices)
    digits = models.CharField("код", max_length=20)
    prefix = models.CharField("приставка логина", max_length=8, blank=True)
    name = models.CharField("название", max_length=300, blank=True)
    municipality_code = models.CharField("код муниципалитета", max_length=20, blank=True)
    municipality = models.CharField("муниципалитет", max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="participations", verbose_name="организация"
    )

    class Meta:
        verbose_name = "школа в файлах результатов"
        verbose_name_plural = "школы в файлах результатов"
        ordering = ("system", "digits")
        constraints = [models.UniqueConstraint(fields=("system", "digits"), name="one_participating_school")]

    def __str__(self) -> str:
        return self.name or f"{self.prefix}{self.digits}"

    @property
    def login(self) -> str:
        return f"{self.prefix}{self.digits}"


class Batch(models.Model):
    """Files that were handed over together, and the job that reads them."""

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("загружены", default=timezone.now)
    create_organizations = models.BooleanField("создавать организации для неизвестных школ", default=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    findings = models.JSONField("замечания", default=list)  # of an archive: what in it was no table

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "загрузка результатов"
        verbose_name_plural = "загрузки результатов"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"Загрузка от {timezone.localtime(self.created_at):%d.%m.%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("procedures:batch", args=[self.pk])


class ResultFile(models.Model):
    """One file of a batch: what it is, what was counted in it and what was found."""

    class State(models.TextChoices):
        WAITING = "waiting", "ожидает обработки"
        UNCLEAR = "unclear", "нужно указать работу"
        UNMAPPED = "unmapped", "нужно указать столбцы"
        DONE = "done", "загружен"
        REFUSED = "refused", "отклонён"
        UNDONE = "undone", "загрузка отменена"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+", verbose_name="файл")
    name = models.CharField("имя файла", max_length=200)
    # Of the file as it was handed over; when it carried names, only a copy without them is kept.
    sha256 = models.CharField("SHA-256", max_length=64)
    names_removed = models.BooleanField("имена удалены до сохранения", default=False)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.WAITING)
    family = models.CharField("вид файла", max_length=24, blank=True)
    # What a person said about the work, and what the file's name suggests.
    stated = models.JSONField("указано", default=dict)
    hint = models.JSONField("подсказка имени", default=dict)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    rows = models.PositiveIntegerField("строк", default=0)
    absent = models.PositiveIntegerField("отсутствовали", default=0)
    present = models.PositiveIntegerField("писали", default=0)
    schools = models.PositiveIntegerField("школ", default=0)
    unknown_schools = models.PositiveIntegerField("неизвестных школ", default=0)
    quarantined = models.PositiveIntegerField("в карантине", default=0)
    unchanged_schools = models.PositiveIntegerField("школ без изменений", default=0)
    findings = models.JSONField("замечания", default=list)
    procedures = models.ManyToManyField(Procedure, related_name="files", blank=True)
    marks_by_scale = models.BooleanField("отметки рассчитаны по шкале", default=False)
    # What a person said about the columns of a layout that the portal does not know (`procedures.mapping`).
    mapping = models.JSONField("столбцы", default=dict)
    finished_at = models.DateTimeField("обработан", null=True)

    objects = ResultFileQuerySet.as_manager()

    class Meta:
        verbose_name = "файл результатов"
        verbose_name_plural = "файлы результатов"
        ordering = ("batch", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def source_name(self) -> str:
        """Which report of which system the file is, in words."""
        from apps.procedures.readers.detect import FAMILIES

        return FAMILIES.get(self.family, "") or "файл результатов"


class QuarantinedRow(models.Model):
    """A row kept out of statistics until somebody releases or drops it."""

    class State(models.TextChoices):
        HELD = "held", "в карантине"
        RELEASED = "released", "учтена без ошибочных ячеек"
        FIXED = "fixed", "исправлена"
        DROPPED = "dropped", "исключена"

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="quarantined_rows")
    school = models.ForeignKey(ParticipatingSchool, models.PROTECT, related_name="+")
    file = models.ForeignKey(ResultFile, models.PROTECT, related_name="quarantined_rows")
    sheet = models.CharField("лист", max_length=60)
    sheet_row = models.PositiveIntegerField("строка")
    code = models.BigIntegerField("код участника", default=0)
    class_label = models.CharField("класс", max_length=40, blank=True)
    reason = models.CharField("причина", max_length=500)
    # scores (list of bytes), primary, mark, journal, variant, test score: as the matrix would hold them.
    payload = models.JSONField(default=dict)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.HELD)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("решено", null=True)

    class Meta:
        verbose_name = "строка в карантине"
        verbose_name_plural = "строки в карантине"
        ordering = ("file", "sheet", "sheet_row")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", decided_at__isnull=True) | ~Q(state="held") & Q(decided_at__isnull=False),
                name="quarantine_decided_when",
            )
        ]

    def __str__(self) -> str:
        return f"строка {self.sheet_row}: {self.reason}"
