"""Runs of the objectivity analysis, the evidence they found, explanations of schools, preventive cases."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.analysis.objectivity.signs import OWN_SIGNS, SIGNS, Sign
from apps.core.models import Job, Period
from apps.organizations.models import Organization
from apps.procedures.models import Procedure


def _own_rows(rows: Any, user: Any) -> Any:
    """The authority sees all, an organisation its own, nobody else any."""
    if not user.is_authenticated:
        return rows.none()
    if user.is_authority:
        return rows
    return rows.filter(organization=user.organization) if user.is_school and user.organization else rows.none()


class ObjectivityRule(models.Model):
    """A version of the limits of all tests. A change makes a new version; runs keep theirs."""

    version = models.PositiveSmallIntegerField("версия", unique=True)
    participants = models.PositiveSmallIntegerField(
        "наименьшее число участников школы",
        default=10,
        validators=[MinValueValidator(5), MaxValueValidator(100)],
        help_text="Школы с меньшим числом участников не проверяются.",
    )
    schools = models.PositiveSmallIntegerField(
        "наименьшее число школ в сравнении",
        default=10,
        validators=[MinValueValidator(5), MaxValueValidator(500)],
        help_text="Сколько школ с достаточным числом участников нужно, чтобы было с кем сравнивать.",
    )
    reference = models.PositiveIntegerField(
        "наименьшее число участников в сравнении",
        default=200,
        validators=[MinValueValidator(50), MaxValueValidator(100_000)],
    )
    items = models.PositiveSmallIntegerField(
        "наименьшее число заданий",
        default=8,
        validators=[MinValueValidator(6), MaxValueValidator(60)],
        help_text="Строки ответов более короткой работы не сравниваются: они совпадают и случайно.",
    )
    q = models.DecimalField(
        "доля ложных отметок",
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.05"),
        validators=[MinValueValidator(Decimal("0.001")), MaxValueValidator(Decimal("0.2"))],
        help_text="Какая доля отмеченных сравнений может быть ложной; 0,05 — одно из двадцати.",
    )
    whole_region = models.BooleanField(
        "в файлах все школы региона",
        default=False,
        help_text="Отметьте, если загружаются файлы всего региона: тогда среднее региона считается по ним. Иначе нужны "
        "чужие школы в файлах или строка региона в сводном отчёте.",
    )
    reason = models.CharField("почему изменено", max_length=300, blank=True)
    valid_from = models.DateField("действует с", default=timezone.localdate)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "правило проверки объективности"
        verbose_name_plural = "правила проверки объективности"
        ordering = ("-version",)
        constraints = [
            models.CheckConstraint(condition=Q(q__gt=0, q__lte=Decimal("0.2")), name="objectivity_q"),
            models.CheckConstraint(condition=Q(participants__gte=5), name="objectivity_participants"),
        ]

    def __str__(self) -> str:
        return f"Правило проверки объективности, версия {self.version}"

    @property
    def q_text(self) -> str:
        return f"{self.q.normalize():f}".replace(".", ",")


class RunQuerySet(models.QuerySet[Any]):
    def finished(self) -> "RunQuerySet":
        return self.filter(finished_at__isnull=False)


class ObjectivityRun(models.Model):
    """One analysis of a school year, or of one work of it. A new one never replaces an older one."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    procedure = models.ForeignKey(Procedure, models.CASCADE, null=True, blank=True, related_name="objectivity_runs")
    rule = models.ForeignKey(ObjectivityRule, models.PROTECT, related_name="runs")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField("начат", default=timezone.now)
    finished_at = models.DateTimeField("окончен", null=True, blank=True)
    comparisons = models.PositiveIntegerField("сравнений", default=0)
    marked = models.PositiveIntegerField("отмечено", default=0)
    # Of each work: with whom it was compared, the ratios at its bounds, the tests that were off and why.
    summary = models.JSONField("сведения о работах", default=dict)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "расчёт объективности"
        verbose_name_plural = "расчёты объективности"
        ordering = ("-started_at", "-pk")

    def __str__(self) -> str:
        return f"Расчёт от {timezone.localtime(self.started_at):%d.%m.%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return f"{reverse('analysis:objectivity')}?run={self.pk}"


class EvidenceQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "EvidenceQuerySet":
        return _own_rows(self, user)


class Evidence(models.Model):
    """What one test found of one organisation in one work, marked or not. A marker, never a conclusion."""

    run = models.ForeignKey(ObjectivityRun, models.CASCADE, related_name="evidence", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="objectivity_evidence")
    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="+")
    test = models.CharField("проверка", max_length=8, choices=[(code, sign.title) for code, sign in SIGNS.items()])
    statistic = models.DecimalField("значение", max_digits=14, decimal_places=4)
    n = models.PositiveIntegerField("участников")
    # Probabilities span many magnitudes, so they are kept as they were counted.
    p = models.FloatField("вероятность у честной школы", null=True)
    q = models.FloatField("с поправкой на число сравнений", null=True)
    marked = models.BooleanField("отмечено", default=False)
    words = models.CharField("словами", max_length=400)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "признак"
        verbose_name_plural = "признаки"
        ordering = ("organization__number", "organization__name_key", "procedure", "test")
        constraints = [
            models.UniqueConstraint(fields=("run", "organization", "procedure", "test"), name="one_evidence")
        ]
        indexes = [models.Index(fields=("run",), condition=Q(marked=True), name="marked_evidence")]

    def __str__(self) -> str:
        return f"{self.organization}, {self.procedure}: {self.get_test_display()}"

    @property
    def sign(self) -> Sign:
        return SIGNS[self.test]

    @property
    def is_own(self) -> bool:
        return self.test in OWN_SIGNS


class Explanation(models.Model):
    """What a school says of its results; a later one stands beside the earlier, nothing is replaced."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="objectivity_explanations")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    procedure = models.ForeignKey(Procedure, models.CASCADE, null=True, blank=True, related_name="+")
    text = models.TextField("пояснение", max_length=3000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField("написано", default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "пояснение школы"
        verbose_name_plural = "пояснения школ"
        ordering = ("-written_at", "-pk")

    def __str__(self) -> str:
        return f"{self.organization}, {self.period}"


class PreventiveCase(models.Model):
    """Preventive work with one school: why it was begun, what is done, with what it ended."""

    class State(models.TextChoices):
        OPEN = "open", "открыт"
        CLOSED = "closed", "завершён"

    class Outcome(models.TextChoices):
        EXPLAINED = "explained", "результаты объяснены школой"
        HELPED = "helped", "оказана помощь, порядок проверки изменён"
        NOT_REPEATED = "not_repeated", "признаки не повторились"
        REPEATED = "repeated", "признаки повторились, работа продолжится"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="preventive_cases")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    run = models.ForeignKey(ObjectivityRun, models.PROTECT, null=True, blank=True, related_name="cases")
    # The marked evidence in words, as it stood when the case was opened.
    basis = models.JSONField("на чём основан", default=list)
    reason = models.TextField("почему открыт", max_length=2000)
    plan = models.TextField("что сделать", max_length=2000)
    due_on = models.DateField("срок")
    state = models.CharField("состояние", max_length=6, choices=State.choices, default=State.OPEN)
    outcome = models.CharField("итог", max_length=12, choices=Outcome.choices, blank=True)
    result = models.TextField("результат", max_length=3000, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("открыт", default=timezone.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("завершён", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "случай профилактики"
        verbose_name_plural = "случаи профилактики"
        ordering = ("state", "due_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, outcome="", result="")
                | Q(state="closed", closed_at__isnull=False) & ~Q(outcome="") & ~Q(result=""),
                name="preventive_case_closed_with_result",
            ),
            models.UniqueConstraint(
                fields=("organization", "period"), condition=Q(state="open"), name="one_open_preventive_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("analysis:preventive_case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def tone(self) -> str:
        if not self.is_open:
            return "good"
        return "bad" if self.is_late else "warn"
