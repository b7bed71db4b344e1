"""What is asked: a questionnaire with sections and questions, versioned."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.indicators.models import IndicatorVersion


class Audience(models.TextChoices):
    PARENTS = "parents", "родители"
    PUPILS = "pupils", "обучающиеся"
    TEACHERS = "teachers", "педагоги"
    ANYONE = "anyone", "все желающие"


class Questionnaire(models.Model):
    """One version of a questionnaire. From the first survey on it is frozen; a change makes the next version."""

    code = models.SlugField("код", max_length=40)  # the same in all versions
    version = models.PositiveSmallIntegerField("версия", default=1)
    title = models.CharField("название", max_length=200)
    introduction = models.TextField("обращение к отвечающему", max_length=2000, blank=True)
    audience = models.CharField("кто отвечает", max_length=8, choices=Audience.choices, default=Audience.PARENTS)
    is_template = models.BooleanField("образец", default=False)
    source_state = models.CharField(
        "состояние источника",
        max_length=12,
        choices=IndicatorVersion.Source.choices,
        default=IndicatorVersion.Source.PROPOSAL,
    )
    source = models.CharField("источник", max_length=600, blank=True)
    frozen_at = models.DateTimeField("используется с", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("создана", default=timezone.now)

    class Meta:
        verbose_name = "анкета"
        verbose_name_plural = "анкеты"
        ordering = ("-is_template", "title", "-version")
        constraints = [models.UniqueConstraint(fields=("code", "version"), name="one_questionnaire_version")]

    def __str__(self) -> str:
        return f"{self.title}, версия {self.version}" if self.version > 1 else self.title

    def get_absolute_url(self) -> str:
        return reverse("surveys:questionnaire", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.frozen_at is None and not self.is_template


class Section(models.Model):
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField("порядок")
    title = models.CharField("название раздела", max_length=200)
    note = models.CharField("пояснение", max_length=500, blank=True)

    class Meta:
        verbose_name = "раздел анкеты"
        verbose_name_plural = "разделы анкет"
        ordering = ("questionnaire", "position", "pk")

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """A question; the answer «3» is the third option, or the third step of the scale."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", "да / нет"
        SINGLE = "single", "один вариант"
        MULTIPLE = "multiple", "несколько вариантов"
        SCALE = "scale", "шкала"
        NUMBER = "number", "число"
        TEXT = "text", "свободный ответ"

    YES, NO = 1, 2

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("порядок")
    kind = models.CharField("вид ответа", max_length=8, choices=Kind.choices)
    text = models.CharField("вопрос", max_length=500)
    note = models.CharField("подсказка", max_length=300, blank=True)
    is_required = models.BooleanField("обязательный", default=True)
    options = ArrayField(models.CharField(max_length=200), verbose_name="варианты", default=list, blank=True)
    minimum = models.IntegerField("от", null=True, blank=True)  # of a number or the first step of a scale
    maximum = models.IntegerField("до", null=True, blank=True)
    # A filter: asked only of those who chose one of `depends_options` in the question `depends_on`.
    depends_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="dependents", verbose_name="задаётся после вопроса"
    )
    depends_options = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    # What the count of «да» stands for in a formula: the code of an indicator, e.g. «noko.2.3.u».
    symbol = models.CharField("обозначение", max_length=40, blank=True)

    class Meta:
        verbose_name = "вопрос анкеты"
        verbose_name_plural = "вопросы анкет"
        ordering = ("section__position", "section_id", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(maximum__gt=models.F("minimum")),
                name="question_bounds_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def choices(self) -> list[tuple[int, str]]:
        """What may be chosen, in order; empty for numbers and texts."""
        match self.kind:
            case self.Kind.YES_NO:
                return [(self.YES, "Да"), (self.NO, "Нет")]
            case self.Kind.SINGLE | self.Kind.MULTIPLE:
                return list(enumerate(self.options, start=1))
            case self.Kind.SCALE:
                first, last = self.minimum or 1, self.maximum or 5
                return [(step, str(step)) for step in range(first, last + 1)]
        return []
