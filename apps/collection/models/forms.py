"""Forms: which indicators are asked, in which order, and which rules join them. Web page and workbook render them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.indicators.models import IndicatorVersion
from apps.organizations.models import Kind, Programme


class Form(models.Model):
    """One version of a form. A change of its fields makes a new version; campaigns keep theirs."""

    code = models.SlugField("код", max_length=40)
    version = models.PositiveSmallIntegerField("версия", default=1)
    title = models.CharField("название", max_length=300)
    short_title = models.CharField("краткое название", max_length=80)
    pack = models.SlugField("набор показателей", max_length=40)
    # An organisation fills it when its kind and one of its programmes are named; empty means any.
    programmes = ArrayField(
        models.CharField(max_length=12, choices=Programme.choices),
        verbose_name="для организаций с программами",
        default=list,
        blank=True,
    )
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Kind.choices),
        verbose_name="только для видов организаций",
        default=list,
        blank=True,
    )
    legal_basis = models.CharField("основание", max_length=600)
    is_confirmed = models.BooleanField("сверена с официальным текстом", default=False)
    receipt_prefix = models.CharField("приставка квитанции", max_length=8, default="СО")
    is_active = models.BooleanField("действует", default=True)
    created_at = models.DateTimeField("создана", default=timezone.now)

    class Meta:
        verbose_name = "форма"
        verbose_name_plural = "формы"
        ordering = ("code", "-version")
        constraints = [
            models.UniqueConstraint(fields=("code", "version"), name="one_form_version"),
            models.UniqueConstraint(fields=("code",), condition=Q(is_active=True), name="one_active_form"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="form_has_legal_basis"),
        ]

    def __str__(self) -> str:
        return self.title


class FormField(models.Model):
    """A row of a form: one indicator version, typed by it. Derived rows are computed, not asked."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="fields", verbose_name="форма")
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="form_fields")
    section = models.CharField("раздел", max_length=300)
    # Of a row under a heading of its own: that heading, since «До 5 лет» says nothing by itself.
    context = models.CharField("к чему относится", max_length=600, blank=True)
    order = models.PositiveIntegerField("порядок")
    is_required = models.BooleanField("обязательно", default=True)
    help = models.CharField("подсказка", max_length=600, blank=True)
    example = models.CharField("пример", max_length=120, blank=True)

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
