"""What is measured: directions, packs, indicators and their versions with the terms of formulas."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.core.models import Period
from apps.indicators.querysets import DirectionQuerySet, IndicatorQuerySet, PackQuerySet, VersionQuerySet
from apps.organizations.models import Kind, Programme


class EducationLevel(models.TextChoices):
    """Levels that data are marked with; «ОВЗ» stands across the others."""

    PRESCHOOL = "preschool", "дошкольное (ДО)"
    PRIMARY = "primary", "начальное общее (НОО)"
    BASIC = "basic", "основное общее (ООО)"
    SECONDARY = "secondary", "среднее общее (СОО)"
    ADDITIONAL = "additional", "дополнительное"
    SPECIAL = "special", "дети с ОВЗ"


class Direction(models.Model):
    """A direction of the quality system (план концепции); each can be switched off."""

    code = models.CharField("код", max_length=20, unique=True)  # «1.1», «ОБ»
    name = models.CharField("название", max_length=250)
    block = models.CharField("блок", max_length=250, blank=True)
    order = models.PositiveSmallIntegerField("порядок", default=0)
    purpose = models.TextField("назначение", blank=True)
    is_active = models.BooleanField("включено", default=True)
    switch_reason = models.CharField("почему включено или выключено", max_length=300, blank=True)
    switched_at = models.DateTimeField("когда включено или выключено", null=True, blank=True)
    switched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто"
    )

    objects = DirectionQuerySet.as_manager()

    class Meta:
        verbose_name = "направление"
        verbose_name_plural = "направления"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:direction", args=[self.code])


class Pack(models.Model):
    """A set of indicators from one act: for which period and by which organisations it is filled."""

    code = models.SlugField("код", max_length=40, unique=True)  # «so_oo», the `pack` of its indicators
    title = models.CharField("название", max_length=300)
    short_title = models.CharField("краткое название", max_length=120)
    act = models.CharField("акт", max_length=600, blank=True)
    note = models.TextField("примечание", blank=True)
    period_kind = models.CharField("вид периода", max_length=16, choices=Period.Kind.choices)
    # An organisation is expected to report when its kind and one of its programmes are named; empty means any.
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Kind.choices), verbose_name="виды организаций", default=list, blank=True
    )
    programmes = ArrayField(
        models.CharField(max_length=12, choices=Programme.choices), verbose_name="программы", default=list, blank=True
    )
    order = models.PositiveSmallIntegerField("порядок", default=0)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = "набор показателей"
        verbose_name_plural = "наборы показателей"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.short_title


class Indicator(models.Model):
    """A node of the tree: a heading (`is_group`) or a measured indicator. What it means stands in its versions."""

    code = models.CharField("код", max_length=40, unique=True)  # «so_oo.1.10»
    pack = models.SlugField("набор", max_length=40)  # «so_oo»
    number = models.CharField("номер в наборе", max_length=30)  # «1.10»
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    direction = models.ForeignKey(Direction, models.PROTECT, null=True, blank=True, related_name="indicators")
    is_group = models.BooleanField("заголовок", default=False)
    order = models.PositiveIntegerField("порядок", default=0)
    is_active = models.BooleanField("используется", default=True)
    # By the department, not because the row left its pack; periods that ended before keep their figures.
    switched_off_on = models.DateField("выключен", null=True, blank=True)
    # Whom it is about; a mark to choose by, no part of the method.
    education_levels = ArrayField(
        models.CharField(max_length=10, choices=EducationLevel.choices),
        verbose_name="уровни образования",
        default=list,
        blank=True,
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "показатель"
        verbose_name_plural = "показатели"
        ordering = ("pack", "order")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("indicators:passport", args=[self.code])


class IndicatorVersion(models.Model):
    """What an indicator means from a date on. A change makes a new version; figures of a release keep theirs."""

    class ValueType(models.TextChoices):
        INTEGER = "int", "целое число"
        DECIMAL = "decimal", "число"
        PERCENT = "percent", "процент"
        BOOLEAN = "bool", "да / нет"
        TEXT = "text", "текст"

    class Polarity(models.TextChoices):
        HIGHER = "higher", "больше — лучше"
        LOWER = "lower", "меньше — лучше"
        NEUTRAL = "neutral", "без направления"

    class Aggregation(models.TextChoices):
        SUM = "sum", "сумма"
        RATIO = "ratio", "сумма числителей / сумма знаменателей"
        WEIGHTED_MEAN = "weighted_mean", "взвешенное среднее"
        MEAN = "mean", "среднее по организациям"
        SHARE_YES = "share_yes", "доля ответивших «да»"
        DISTRIBUTION = "distribution", "распределение"
        FORMULA = "formula", "формула над сводными числами"
        NONE = "none", "не складывается"

    class Source(models.TextChoices):
        OFFICIAL = "official", "официальный акт"
        MUNICIPAL = "municipal", "приказ муниципалитета"
        PROPOSAL = "proposal", "предложение"
        UNCONFIRMED = "unconfirmed", "не подтверждено"

    class Level(models.TextChoices):
        FEDERAL = "federal", "федеральный"
        REGIONAL = "regional", "региональный"
        MUNICIPAL = "municipal", "муниципальный"
        INSTITUTIONAL = "institutional", "уровень организации"

    class Object(models.TextChoices):
        RESULTS = "results", "результаты"
        PROGRAMMES = "programmes", "программы"
        CONDITIONS = "conditions", "условия"
        MANAGEMENT = "management", "управление"

    class Maker(models.TextChoices):
        PACK = "pack", "из файла набора"
        SITE = "site", "на портале"

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions", verbose_name="показатель")
    number = models.PositiveSmallIntegerField("версия", default=1)
    valid_from = models.DateField("действует с", null=True, blank=True)
    valid_to = models.DateField("действует по", null=True, blank=True)
    name = models.CharField("название", max_length=600)
    unit = models.CharField("единица", max_length=100, blank=True)
    value_type = models.CharField("тип", max_length=8, choices=ValueType.choices, blank=True)
    decimals = models.PositiveSmallIntegerField("знаков после запятой", default=0)
    polarity = models.CharField("направленность", max_length=8, choices=Polarity.choices, default=Polarity.NEUTRAL)
    aggregation = models.CharField("сложение", max_length=14, choices=Aggregation.choices, default=Aggregation.NONE)
    # Of a derived indicator: text of the formula language, e.g. `100 * [so_oo.1.5] / [so_oo.1.1]`.
    formula = models.TextField("формула", blank=True)
    # What the quotient of the terms is multiplied by: 100 for a share in percent.
    scale = models.DecimalField("множитель", max_digits=20, decimal_places=6, default=Decimal(1))
    is_derived = models.BooleanField("вычисляется", default=False)
    is_auxiliary = models.BooleanField("вспомогательный, в акте его нет", default=False)
    minimum = models.DecimalField("наименьшее", max_digits=20, decimal_places=6, null=True, blank=True)
    maximum = models.DecimalField("наибольшее", max_digits=20, decimal_places=6, null=True, blank=True)
    source_state = models.CharField("состояние источника", max_length=12, choices=Source.choices)
    act = models.CharField("акт", max_length=600, blank=True)
    evidence = models.CharField("чем подтверждено", max_length=600, blank=True)
    data_source = models.CharField("откуда берутся данные", max_length=300, blank=True)
    note = models.TextField("примечание", blank=True)
    level = models.CharField("уровень", max_length=13, choices=Level.choices, blank=True)
    object = models.CharField("объект оценки", max_length=10, choices=Object.choices, blank=True)
    # A figure beyond it, on the worse side, needs attention; without a direction there is no worse side.
    attention = models.DecimalField("порог внимания", max_digits=20, decimal_places=6, null=True, blank=True)
    weight = models.DecimalField("вес в балле", max_digits=8, decimal_places=4, null=True, blank=True)
    review_due = models.DateField("проверить до", null=True, blank=True)
    # A version made on the portal has two persons; one from a file has the developers of the file.
    made_by = models.CharField("как появилась", max_length=4, choices=Maker.choices, default=Maker.PACK)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField("проверено", null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "версия показателя"
        verbose_name_plural = "версии показателей"
        ordering = ("indicator", "-number")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "number"), name="one_version_number"),
            models.UniqueConstraint(
                fields=("indicator",), condition=Q(valid_to__isnull=True), name="one_current_version"
            ),
            models.CheckConstraint(condition=Q(is_derived=False) | ~Q(formula=""), name="derived_has_formula"),
            models.CheckConstraint(
                condition=Q(made_by="pack") | Q(author__isnull=False, checker__isnull=False, checked_at__isnull=False),
                name="version_of_the_site_has_two_persons",
            ),
            models.CheckConstraint(condition=~Q(author=F("checker")), name="version_by_two_persons"),
            models.CheckConstraint(
                condition=Q(attention__isnull=True) | ~Q(polarity="neutral"), name="attention_has_a_worse_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.number} {self.name}"


class Term(models.Model):
    """A linear part of a compiled formula: `coefficient × input` in the numerator or the denominator.

    A weighted mean has one term: its weight, in the denominator.
    """

    class Part(models.TextChoices):
        NUMERATOR = "n", "числитель"
        DENOMINATOR = "d", "знаменатель"

    version = models.ForeignKey(IndicatorVersion, models.CASCADE, related_name="terms")
    part = models.CharField("часть", max_length=1, choices=Part.choices)
    input = models.ForeignKey(Indicator, models.PROTECT, related_name="used_in_terms")
    coefficient = models.DecimalField("множитель", max_digits=20, decimal_places=6)

    class Meta:
        verbose_name = "слагаемое формулы"
        verbose_name_plural = "слагаемые формул"
        constraints = [models.UniqueConstraint(fields=("version", "part", "input"), name="one_term")]

    def __str__(self) -> str:
        return f"{self.coefficient} × {self.input}"
