"""Forms: which indicators are asked, in which order, and which rules join them. Web page and workbook render them."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.collection.preparing import Preparer
from apps.collection.querysets import FormQuerySet
from apps.core.models import Period
from apps.indicators.models import Indicator, IndicatorVersion
from apps.organizations.models import Feature, Kind, Programme

# The portal's own estimate of the minutes that one row takes: to find the number, check it and enter it.
MINUTES = {"int": Decimal(2), "decimal": Decimal(3), "percent": Decimal(3), "bool": Decimal(1), "text": Decimal(10)}


def _kinds() -> "ArrayField[list[str], list[str]]":
    return ArrayField(
        models.CharField(max_length=12, choices=Kind.choices), verbose_name="только для видов организаций",
        default=list, blank=True,
    )  # fmt: skip


def _programmes() -> "ArrayField[list[str], list[str]]":
    return ArrayField(
        models.CharField(max_length=12, choices=Programme.choices), verbose_name="для организаций с программами",
        default=list, blank=True,
    )  # fmt: skip


class Form(models.Model):
    """One version of a form. A change of its fields makes a new version; campaigns keep theirs."""

    code = models.SlugField("код", max_length=40)
    version = models.PositiveSmallIntegerField("версия", default=1)
    title = models.CharField("название", max_length=300)
    short_title = models.CharField("краткое название", max_length=80)
    pack = models.SlugField("набор показателей", max_length=40, blank=True)  # of an own form: empty
    is_own = models.BooleanField("составлена на портале", default=False)  # files of packs do not renew it
    period_kind = models.CharField(
        "за какой период", max_length=16, choices=Period.Kind.choices, default=Period.Kind.CALENDAR_YEAR
    )
    # An organisation fills it when its kind and one of its programmes are named; empty means any.
    programmes = _programmes()
    kinds = _kinds()
    legal_basis = models.CharField("основание", max_length=600)
    basis_point = models.CharField("пункт, часть, приложение", max_length=200, blank=True)
    basis_url = models.URLField("ссылка на текст", max_length=500, blank=True)
    source_state = models.CharField(
        "состояние источника",
        max_length=12,
        choices=IndicatorVersion.Source.choices,
        default=IndicatorVersion.Source.UNCONFIRMED,
    )
    prepared_by = models.CharField("кто готовит", max_length=12, choices=Preparer.choices, default=Preparer.DEPUTY)
    # Of a form that a teacher prepares: which document of the list it is.
    teacher_document = models.SlugField("документ перечня", max_length=40, blank=True)
    instructions = models.TextField("как заполнять", blank=True)
    is_confirmed = models.BooleanField("сверена с официальным текстом", default=False)
    receipt_prefix = models.CharField("приставка квитанции", max_length=8, default="СО")
    is_active = models.BooleanField("действует", default=True)
    created_at = models.DateTimeField("создана", default=timezone.now)
    # A draft has none; what was published is never changed again: a change makes the next version.
    published_at = models.DateTimeField("опубликована", null=True, blank=True, default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = FormQuerySet.as_manager()

    class Meta:
        verbose_name = "форма"
        verbose_name_plural = "формы"
        ordering = ("code", "-version")
        constraints = [
            models.UniqueConstraint(fields=("code", "version"), name="one_form_version"),
            models.UniqueConstraint(fields=("code",), condition=Q(is_active=True), name="one_active_form"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="form_has_legal_basis"),
            models.UniqueConstraint(fields=("code",), condition=Q(published_at__isnull=True), name="one_form_draft"),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(published_at__isnull=False), name="active_form_is_published"
            ),
            models.CheckConstraint(
                condition=~Q(prepared_by="teacher") | ~Q(teacher_document=""), name="teacher_form_is_listed"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collection:form", args=[self.code])

    @property
    def basis_text(self) -> str:
        """The act with its point."""
        return f"{self.legal_basis}, {self.basis_point}" if self.basis_point else self.legal_basis

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def state_text(self) -> str:
        if self.is_draft:
            return "черновик"
        return "действует" if self.is_active else "прежняя версия"

    @property
    def tone(self) -> str:
        """How the state is shown."""
        return "info" if self.is_draft else "good" if self.is_active else "neutral"


class FormField(models.Model):
    """A row of a form: one indicator version, typed by it. Derived rows are computed, not asked."""

    class Reuse(models.TextChoices):
        ASK = "ask", "спросить"
        CONFIRM = "confirm", "показать собранное, организация подтверждает"
        TAKE = "take", "взять собранное, не спрашивать"

    form = models.ForeignKey(Form, models.CASCADE, related_name="fields", verbose_name="форма")
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="form_fields")
    section = models.CharField("раздел", max_length=300)
    # Of a row under a heading of its own: that heading, since «До 5 лет» says nothing by itself.
    context = models.CharField("к чему относится", max_length=600, blank=True)
    order = models.PositiveIntegerField("порядок")
    is_required = models.BooleanField("обязательно", default=True)
    help = models.CharField("подсказка", max_length=600, blank=True)
    example = models.CharField("пример", max_length=120, blank=True)
    # Asked only where the organisation is of one of the kinds, programmes and features; empty means any.
    kinds = _kinds()
    programmes = _programmes()
    features = ArrayField(
        models.CharField(max_length=16, choices=Feature.choices), verbose_name="только при особенностях",
        default=list, blank=True,
    )  # fmt: skip
    minutes_own = models.DecimalField("минут на строку", max_digits=5, decimal_places=1, null=True, blank=True)
    # What another form of the same period asks already is taken over, or asked anew for a stated reason.
    reuse = models.CharField("если уже собрано", max_length=8, choices=Reuse.choices, default=Reuse.ASK)
    duplicate_reason = models.CharField("почему спрашиваем ещё раз", max_length=300, blank=True)

    class Meta:
        verbose_name = "строка формы"
        verbose_name_plural = "строки форм"
        ordering = ("form", "order")
        constraints = [
            models.UniqueConstraint(fields=("form", "version"), name="one_field_per_indicator"),
            models.UniqueConstraint(fields=("form", "order"), name="one_field_per_place"),
        ]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def minutes(self) -> Decimal:
        """What the row costs an organisation; computed and taken rows cost nothing."""
        if self.version.is_derived or self.reuse == self.Reuse.TAKE:
            return Decimal(0)
        if self.minutes_own is not None:
            return self.minutes_own
        usual = MINUTES.get(self.version.value_type, Decimal(2))
        return min(usual, Decimal(1)) if self.reuse == self.Reuse.CONFIRM else usual

    @property
    def is_asked(self) -> bool:
        """Whether an organisation has to do anything in it."""
        return not self.version.is_derived and self.reuse != self.Reuse.TAKE

    @property
    def is_conditional(self) -> bool:
        return bool(self.kinds or self.programmes or self.features)

    def concerns(self, organization: Any) -> bool:
        """Whether the organisation has anything to say in this row."""
        return (
            (not self.kinds or organization.kind in self.kinds)
            and (not self.programmes or bool(set(self.programmes) & set(organization.programmes)))
            and (not self.features or bool(set(self.features) & organization.all_features))
        )


class SameIndicators(models.Model):
    """Two indicators that the authority holds for the same number, asked under different codes."""

    first = models.ForeignKey(Indicator, models.CASCADE, related_name="+", verbose_name="показатель")
    second = models.ForeignKey(Indicator, models.CASCADE, related_name="+", verbose_name="тот же показатель")
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "одинаковые показатели"
        verbose_name_plural = "одинаковые показатели"
        constraints = [
            models.UniqueConstraint(fields=("first", "second"), name="one_sameness"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="sameness_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}"


class FormRule(models.Model):
    """A rule between fields in the formula language; what breaks it is an error or a query."""

    class Severity(models.TextChoices):
        ERROR = "error", "ошибка"
        QUERY = "query", "вопрос"
        NOTICE = "notice", "к сведению"

    form = models.ForeignKey(Form, models.CASCADE, related_name="rules", verbose_name="форма")
    order = models.PositiveSmallIntegerField("порядок")
    rule = models.TextField("правило")
    severity = models.CharField("строгость", max_length=8, choices=Severity.choices)
    message = models.CharField("что не так", max_length=500)
    place = models.CharField("у какой строки показать", max_length=40, blank=True)  # code of its indicator

    class Meta:
        verbose_name = "правило формы"
        verbose_name_plural = "правила форм"
        ordering = ("form", "order")
        constraints = [models.UniqueConstraint(fields=("form", "order"), name="one_rule_per_place")]

    def __str__(self) -> str:
        return self.message
