"""What was measured: values of organisations and the aggregates of scopes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.core.models import Period
from apps.indicators.models.measures import IndicatorVersion
from apps.indicators.querysets import AggregateQuerySet, ValueQuerySet
from apps.organizations.models import Organization


class Value(models.Model):
    """One number of one organisation, indicator version and period, or the reason why it is absent.

    Absent is not zero: `number` is null exactly when `absence_reason` is given.
    """

    class Source(models.TextChoices):
        COLLECTION = "collection", "форма организации"
        PROCEDURES = "procedures", "оценочная процедура"
        MANUAL = "manual", "внесено специалистом"
        STATISTICS = "statistics", "федеральная статистика"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="values")
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="values")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    breakdown = models.CharField("разрез", max_length=60, blank=True)
    source = models.CharField("источник", max_length=12, choices=Source.choices)
    number = models.DecimalField("число", max_digits=20, decimal_places=6, null=True)
    absence_reason = models.CharField("почему нет", max_length=200, blank=True)
    # Where it came from: «collection.Submission», its id, and the cell or field there.
    origin = models.CharField("откуда", max_length=64, blank=True)
    origin_id = models.CharField("номер", max_length=64, blank=True)
    origin_place = models.CharField("место", max_length=120, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("записано", default=timezone.now)

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = "значение"
        verbose_name_plural = "значения"
        constraints = [
            models.UniqueConstraint(
                fields=("period", "version", "organization", "breakdown", "source"),
                include=("number",),
                name="one_value",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False, absence_reason="") | Q(number__isnull=True) & ~Q(absence_reason=""),
                name="value_or_reason",
            ),
        ]
        indexes = [models.Index(fields=("organization", "period"), name="value_of_organization")]

    def __str__(self) -> str:
        return f"{self.version}: {self.number if self.number is not None else self.absence_reason}"


class Aggregate(models.Model):
    """A version's figure of a scope and period: numerator and denominator, divided last; quantiles are read."""

    class Scope(models.TextChoices):
        ORGANIZATION = "organization", "организация"
        GROUP = "group", "группа"
        KIND = "kind", "вид организаций"
        LOCALITY = "locality", "местность"
        MUNICIPALITY = "municipality", "муниципалитет"

    version = models.ForeignKey(IndicatorVersion, models.CASCADE, related_name="aggregates")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    scope = models.CharField("охват", max_length=12, choices=Scope.choices)
    # Organisation or group id, kind or locality code; empty for the municipality.
    scope_key = models.CharField("ключ охвата", max_length=40, blank=True)
    numerator = models.DecimalField("числитель", max_digits=32, decimal_places=12, null=True)
    denominator = models.DecimalField("знаменатель", max_digits=32, decimal_places=12, null=True)
    value = models.DecimalField("значение", max_digits=32, decimal_places=12, null=True)
    # Why there is no value: «нет данных», «деление на ноль».
    absence_reason = models.CharField("почему нет", max_length=100, blank=True)
    reported = models.PositiveIntegerField("сообщили", default=0)
    expected = models.PositiveIntegerField("ожидались", default=0)
    minimum = models.DecimalField(max_digits=32, decimal_places=12, null=True)
    lower_quartile = models.DecimalField(max_digits=32, decimal_places=12, null=True)
    median = models.DecimalField(max_digits=32, decimal_places=12, null=True)
    upper_quartile = models.DecimalField(max_digits=32, decimal_places=12, null=True)
    maximum = models.DecimalField(max_digits=32, decimal_places=12, null=True)
    computed_at = models.DateTimeField("вычислено", default=timezone.now)

    objects = AggregateQuerySet.as_manager()

    class Meta:
        verbose_name = "агрегат"
        verbose_name_plural = "агрегаты"
        constraints = [
            models.UniqueConstraint(fields=("period", "version", "scope", "scope_key"), name="one_aggregate"),
            models.CheckConstraint(condition=Q(reported__lte=F("expected")), name="reported_within_expected"),
        ]
        # One row in twenty: what a recount of one organisation compares.
        indexes = [
            models.Index(fields=("period",), condition=~Q(scope="organization"), name="aggregate_of_wider_scopes")
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.get_scope_display()} {self.scope_key}: {self.value}"


class Recount(models.Model):
    """When the aggregates of a period were counted last; rows that did not change keep their own time."""

    period = models.OneToOneField(Period, models.CASCADE, related_name="+", verbose_name="период")
    computed_at = models.DateTimeField("вычислено")
    # Digest of the register, the packs and the formulas that it was counted with.
    ground = models.CharField("основание", max_length=64, blank=True)

    class Meta:
        verbose_name = "пересчёт"
        verbose_name_plural = "пересчёты"

    def __str__(self) -> str:
        return f"{self.period}: {self.computed_at:%d.%m.%Y %H:%M}"


class ChangedOrganization(models.Model):
    """An organisation whose values of a period changed since the aggregates were counted.

    Written in the transaction of the values, taken away in that of the recount. Never updated and not unique: a row
    that another transaction has not committed yet must outlive a recount that cannot see its values.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="+", verbose_name="период")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name="организация")

    class Meta:
        verbose_name = "организация с новыми значениями"
        verbose_name_plural = "организации с новыми значениями"

    def __str__(self) -> str:
        return f"{self.period}: {self.organization}"
