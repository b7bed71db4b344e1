"""Assessment procedures: works and their scales, imported files, results as matrices and their additive parts."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Job, Period, PrivateFile
from apps.organizations.models import Organization
from apps.procedures.querysets import AggregateQuerySet, BatchQuerySet, ProcedureQuerySet, ResultFileQuerySet


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

    class Level(models.TextChoices):
        FEDERAL = "federal", "федеральный"
        REGIONAL = "regional", "региональный"
        MUNICIPAL = "municipal", "муниципальный"
        SCHOOL = "school", "школьный"

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
    document = models.CharField("утверждающий документ", max_length=300, blank=True)
    is_public = models.BooleanField("показывать в открытом графике", default=True)
    max_score = models.PositiveSmallIntegerField("максимальный балл", null=True, blank=True)
    # Lowest primary scores of the marks 3, 4 and 5; empty when no scale is known.
    bounds = ArrayField(models.PositiveSmallIntegerField(), verbose_name="границы отметок", default=list, blank=True)
    scale_state = models.CharField(
        "состояние шкалы", max_length=12, choices=SourceState.choices, blank=True, default=SourceState.NONE
    )
    scale_source = models.CharField("источник шкалы", max_length=400, blank=True)
    items_state = models.CharField(
        "состояние перечня заданий", max_length=12, choices=SourceState.choices, blank=True, default=SourceState.NONE
    )
    items_source = models.CharField("источник перечня заданий", max_length=400, blank=True)
    note = models.CharField("пояснение", max_length=400, blank=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "процедура"
        verbose_name_plural = "процедуры"
        ordering = ("-year", "grade", "subject__name", "kind", "session")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "period", "subject", "grade", "session"),
                name="one_procedure",
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
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:detail", args=[self.pk])


class Item(models.Model):
    """A scored item of a work, in the order of the matrix columns."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("порядок")  # from 0
    number = models.CharField("номер задания", max_length=12)
    maximum = models.PositiveSmallIntegerField("максимальный балл", null=True, blank=True)
    level = models.CharField("уровень сложности", max_length=1, blank=True)  # Б, П, В
    skill = models.CharField("проверяемое умение", max_length=300, blank=True)

    class Meta:
        verbose_name = "задание"
        verbose_name_plural = "задания"
        ordering = ("procedure", "position")
        constraints = [models.UniqueConstraint(fields=("procedure", "position"), name="one_item_position")]

    def __str__(self) -> str:
        return f"{self.procedure}: {self.number}"


class ParticipatingSchool(models.Model):
    """A school as result files call it. Only schools of ours are linked to an organisation; others are benchmarks."""

    class System(models.TextChoices):
        FIS_OKO = "fis_oko", "ФИС ОКО"
        RIS_GIA9 = "ris_gia9", "РИС ГИА-9"
        RIS_GIA11 = "ris_gia11", "РИС ГИА-11"
        FORM = "form", "форма сбора без школы"

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
    finished_at = models.DateTimeField("обработан", null=True)

    objects = ResultFileQuerySet.as_manager()

    class Meta:
        verbose_name = "файл результатов"
        verbose_name_plural = "файлы результатов"
        ordering = ("batch", "pk")

    def __str__(self) -> str:
        return self.name


class ResultBlock(models.Model):
    """Participants of one class as a matrix: rows are participants, columns are items, a score is a byte."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="blocks", db_index=False)
    school = models.ForeignKey(ParticipatingSchool, models.PROTECT, related_name="blocks", db_index=False)
    file = models.ForeignKey(ResultFile, models.PROTECT, related_name="blocks")
    class_label = models.CharField("класс", max_length=40, blank=True)
    size = models.PositiveIntegerField("участников")
    matrix = models.BinaryField("баллы")  # size × items, row by row; 255 = X, 254 = «не пройд.», 253 = пусто
    codes = ArrayField(models.BigIntegerField(), verbose_name="коды")
    primary = ArrayField(models.SmallIntegerField(), verbose_name="первичные баллы")
    variants = models.BinaryField("варианты")  # a byte each; 0 = none
    marks = models.BinaryField("отметки")
    journal = models.BinaryField("отметки по журналу")
    test_scores = ArrayField(models.SmallIntegerField(), verbose_name="тестовые баллы", null=True)

    class Meta:
        verbose_name = "результаты класса"
        verbose_name_plural = "результаты классов"
        constraints = [models.UniqueConstraint(fields=("procedure", "school", "class_label"), name="one_result_block")]

    def __str__(self) -> str:
        return f"{self.procedure}, {self.school}, {self.class_label}"


class ResultAggregate(models.Model):
    """Additive parts of a school's results: every figure of every level is a sum over these, divided last."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="aggregates", db_index=False)
    school = models.ForeignKey(ParticipatingSchool, models.PROTECT, related_name="aggregates")
    file = models.ForeignKey(ResultFile, models.PROTECT, related_name="aggregates")
    participants = models.PositiveIntegerField("писали")
    absent = models.PositiveIntegerField("отсутствовали", default=0)
    marks = ArrayField(models.PositiveIntegerField(), verbose_name="отметки 2, 3, 4, 5", size=4)
    score_sum = models.PositiveBigIntegerField("сумма первичных баллов")
    score_squares = models.PositiveBigIntegerField("сумма квадратов")
    histogram = ArrayField(models.PositiveIntegerField(), verbose_name="число участников по баллам")
    item_counts = ArrayField(models.PositiveIntegerField(), verbose_name="участников с заданием")
    item_sums = ArrayField(models.PositiveIntegerField(), verbose_name="сумма баллов за задание")
    item_full = ArrayField(models.PositiveIntegerField(), verbose_name="полный балл")
    item_zero = ArrayField(models.PositiveIntegerField(), verbose_name="ноль баллов")
    item_skipped = ArrayField(models.PositiveIntegerField(), verbose_name="не приступали")
    journal_lower = models.PositiveIntegerField("ниже журнала", default=0)
    journal_equal = models.PositiveIntegerField("как в журнале", default=0)
    journal_higher = models.PositiveIntegerField("выше журнала", default=0)
    journal_gap = models.PositiveIntegerField("расхождение два балла и более", default=0)
    test_sum = models.PositiveBigIntegerField("сумма тестовых баллов", default=0)
    test_count = models.PositiveIntegerField("с тестовым баллом", default=0)
    # Of what the file brought for this school: the same digest at a re-import means nothing to write.
    digest = models.CharField(max_length=64)

    objects = AggregateQuerySet.as_manager()

    class Meta:
        verbose_name = "итоги школы"
        verbose_name_plural = "итоги школ"
        constraints = [models.UniqueConstraint(fields=("procedure", "school"), name="one_result_aggregate")]

    def __str__(self) -> str:
        return f"{self.procedure}, {self.school}"


class QuarantinedRow(models.Model):
    """A row kept out of statistics until somebody releases or drops it."""

    class State(models.TextChoices):
        HELD = "held", "в карантине"
        RELEASED = "released", "учтена без ошибочных ячеек"
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


class GroupResult(models.Model):
    """A line of an aggregate report of ФИС ОКО: a benchmark (country, region, municipality, school), never added up."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="group_results")
    file = models.ForeignKey(ResultFile, models.PROTECT, related_name="group_results")
    report = models.CharField("отчёт", max_length=12)  # marks, journal, items, primary, other
    level = models.CharField("уровень", max_length=12)
    name = models.CharField("группа", max_length=300)
    code = models.CharField("код", max_length=20, blank=True)
    schools = models.PositiveIntegerField("школ", null=True)
    participants = models.PositiveIntegerField("участников", null=True)
    values = models.JSONField("значения", default=dict)

    class Meta:
        verbose_name = "строка сводного отчёта"
        verbose_name_plural = "строки сводных отчётов"
        constraints = [
            models.UniqueConstraint(fields=("procedure", "report", "level", "name", "code"), name="one_group_result")
        ]

    def __str__(self) -> str:
        return f"{self.procedure}: {self.name}"

    @property
    def mark_values(self) -> list[float | None]:
        """Percent of the marks 2, 3, 4, 5."""
        return [self.values.get(mark) for mark in "2345"]


from apps.procedures.studies.models import Study, StudyRequest  # noqa: E402, F401 - models of the room
