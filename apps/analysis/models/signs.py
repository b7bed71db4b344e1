"""Rules by which the portal asks to look at an organisation closer. A rule is reviewed data, not code."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.indicators.models import IndicatorVersion


class SignRuleQuerySet(models.QuerySet["SignRule"]):
    def current(self, code: str) -> "SignRule":
        """The rule in force: the newest version of the code."""
        return self.filter(code=code).latest("version")

    def history(self, code: str) -> "SignRuleQuerySet":
        """All versions, newest first."""
        return self.filter(code=code).select_related("author").order_by("-version")

    def visible_to(self, user: Any) -> "SignRuleQuerySet":
        """Thresholds are open to everybody: what is asked of a school it must be able to read."""
        return self


class SignRule(models.Model):
    """A version of a sign of problems: threshold, least number of participants and further settings, with its source.

    What the threshold means and which `parameters` there are stands in `signs.kinds`. A change makes a new version;
    recommendations and lists keep the version they were made by.
    """

    class Code(models.TextChoices):
        LOW_EXAMS = "low_exams", "низкие результаты ГИА"
        BIASED_RESULTS = "biased_results", "необъективные результаты ВПР"
        UNSTABLE = "unstable", "нестабильные результаты, отрицательная динамика"
        FAILING_SHARE = "failing_share", "доля «2» не ниже порога"
        CONTESTS = "contests", "низкое участие в интеллектуальных конкурсах"
        SOCIAL = "social", "неблагоприятные социальные условия"
        LOW_RESULTS = "low_results", "школа с низкими результатами (ШНОР)"

    code = models.CharField("признак", max_length=40, choices=Code.choices)
    version = models.PositiveSmallIntegerField("версия", default=1)
    title = models.CharField("название", max_length=200)
    threshold = models.DecimalField(
        "порог",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    minimum_participants = models.PositiveSmallIntegerField(
        "наименьшее число участников",
        default=10,
        validators=[MinValueValidator(5), MaxValueValidator(1000)],
        help_text="При меньшем числе участников доля не показывается: данных мало.",
    )
    # Further settings of the kind as text, by key: see `signs.kinds`.
    parameters = models.JSONField("настройки", default=dict, blank=True)
    source_state = models.CharField("источник", max_length=12, choices=IndicatorVersion.Source.choices)
    act = models.CharField("на чём основано", max_length=600, blank=True)
    reason = models.CharField("почему изменено", max_length=300, blank=True)
    valid_from = models.DateField("действует с", default=timezone.localdate)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SignRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "правило признака"
        verbose_name_plural = "правила признаков"
        ordering = ("code", "-version")
        constraints = [
            models.UniqueConstraint(fields=("code", "version"), name="one_sign_rule_version"),
            models.CheckConstraint(condition=Q(threshold__gte=1, threshold__lte=100), name="sign_threshold_is_percent"),
            models.CheckConstraint(condition=Q(minimum_participants__gte=5), name="sign_minimum_participants"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, версия {self.version}"

    @property
    def is_confirmed(self) -> bool:
        """Whether an act stands behind the rule; otherwise pages say «не подтверждено»."""
        return self.source_state in {IndicatorVersion.Source.OFFICIAL, IndicatorVersion.Source.MUNICIPAL}
