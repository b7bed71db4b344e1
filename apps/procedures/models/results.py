"""Results as matrices, their additive parts, and lines of aggregate reports."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.procedures.models.files import ParticipatingSchool, ResultFile
from apps.procedures.models.works import Procedure
from apps.procedures.querysets import AggregateQuerySet


class ResultBlock(models.Model):
    """Participants of one class as a matrix: rows are participants, columns are items, a score is a byte."""

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="blocks", db_index=False)
    school = models.ForeignKey(ParticipatingSchool, models.PROTECT, related_name="blocks", db_index=False)
    file = models.ForeignKey(ResultFile, models.PROTECT, related_name="blocks")
    class_label = models.CharField("класс", max_length=40, blank=True)
    size = models.PositiveIntegerField("участников")
    matrix = models.BinaryField("баллы")  # size × items, row by row; 255 = X, 254 = «не пройд.», 253 = пусто
    codes = ArrayField(models.IntegerField(), verbose_name="коды")  # 0 = none, or longer than a code can be
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
    # By test score 0…100; empty for works without test scores.
    test_histogram = ArrayField(models.PositiveIntegerField(), verbose_name="по тестовым баллам", default=list)
    # Finer parts of items, packed (`statistics.details`): squares, products with totals, groups by marks.
    item_details = models.BinaryField("подробности заданий", default=b"")
    # Of what the file brought for this school: the same digest at a re-import means nothing to write.
    digest = models.CharField(max_length=64)

    objects = AggregateQuerySet.as_manager()

    class Meta:
        verbose_name = "итоги школы"
        verbose_name_plural = "итоги школ"
        constraints = [models.UniqueConstraint(fields=("procedure", "school"), name="one_result_aggregate")]

    def __str__(self) -> str:
        return f"{self.procedure}, {self.school}"


class ReplacedResult(models.Model):
    """What a file took the place of, kept so that taking the file back brings it again.

    Results of a school (or a line of an aggregate report) form a chain: `by_file` replaced what `file` had brought.
    """

    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="replaced", db_index=False)
    school = models.ForeignKey(ParticipatingSchool, models.PROTECT, related_name="+", null=True, db_index=False)
    file = models.ForeignKey(ResultFile, models.CASCADE, related_name="replaced_results")
    by_file = models.ForeignKey(ResultFile, models.CASCADE, related_name="replacements")
    group = models.CharField("строка сводного отчёта", max_length=400, blank=True)
    # Packed rows of the database (zlib of JSON); empty when the later file said the same.
    payload = models.BinaryField(default=b"")

    class Meta:
        verbose_name = "заменённые результаты"
        verbose_name_plural = "заменённые результаты"
        indexes = [models.Index(fields=("procedure", "school"), name="replaced_of_school")]
        constraints = [
            models.UniqueConstraint(
                fields=("procedure", "school", "by_file", "group"), name="one_replacement", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure}, {self.school or self.group}"


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
