"""How definitions change: one person proposes or compares with the act, another one decides."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.indicators.models.measures import Direction, Indicator, IndicatorVersion
from apps.indicators.querysets import ApprovedSetQuerySet


class TwoPersons(models.Model):
    """Something that one person asks for and another one decides; its author may take it back."""

    class State(models.TextChoices):
        OPEN = "open", "ждёт второго человека"
        ACCEPTED = "accepted", "принято"
        DECLINED = "declined", "отклонено"
        WITHDRAWN = "withdrawn", "отозвано автором"

    state = models.CharField("состояние", max_length=9, choices=State.choices, default=State.OPEN)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("создано", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="решил"
    )
    decided_at = models.DateTimeField("решено", null=True)
    decision_note = models.CharField("примечание к решению", max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")), name="%(class)s_by_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"], decided_by__isnull=True)
                | Q(state__in=["accepted", "declined"], decided_by__isnull=False, decided_at__isnull=False),
                name="%(class)s_decided_by_somebody",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def tone(self) -> str:
        return {"open": "warn", "accepted": "good", "declined": "bad"}.get(self.state, "neutral")


class Proposal(TwoPersons):
    """A new indicator, a new version or the end of an indicator, waiting for a second person."""

    class Kind(models.TextChoices):
        NEW = "new", "новый показатель"
        VERSION = "version", "новая версия"
        ARCHIVE = "archive", "вывести из работы"

    kind = models.CharField("что предлагается", max_length=8, choices=Kind.choices)
    # Empty until a new indicator is accepted.
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="proposals")
    # The version that the author saw; another one in force by then is a reason to look again.
    base = models.ForeignKey(IndicatorVersion, models.PROTECT, null=True, related_name="+", verbose_name="исходная")
    code = models.CharField("код", max_length=40)
    place = models.JSONField("место в дереве", default=dict)  # of a new indicator: pack, number, parent, direction
    definition = models.JSONField("поля версии", default=dict)  # as text, see `services.definitions`
    reason = models.CharField("почему", max_length=500)
    valid_from = models.DateField("действует с")
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, null=True, related_name="+", verbose_name="версия")

    class Meta(TwoPersons.Meta):
        verbose_name = "предложение"
        verbose_name_plural = "предложения"
        ordering = ("-created_at", "-pk")
        constraints = [
            *TwoPersons.Meta.constraints,
            models.UniqueConstraint(fields=("code",), condition=Q(state="open"), name="one_open_proposal"),
            models.CheckConstraint(
                condition=Q(kind="new") | Q(indicator__isnull=False, base__isnull=False), name="proposal_has_indicator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.code}"


class Comparison(models.Model):
    """An act that a person has compared rows with: which text, where it can be seen, on which day."""

    class Outcome(models.TextChoices):
        OFFICIAL = "official", "официальный акт"
        MUNICIPAL = "municipal", "приказ муниципалитета"

    outcome = models.CharField("чем станет источник", max_length=12, choices=Outcome.choices)
    act = models.CharField("акт", max_length=600)
    evidence = models.CharField("чем подтверждено", max_length=600)
    compared_on = models.DateField("сверено")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="сверил")
    created_at = models.DateTimeField("создано", default=timezone.now)

    class Meta:
        verbose_name = "сверка с официальным текстом"
        verbose_name_plural = "сверки с официальным текстом"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.act}: {self.evidence}"


class Confirmation(TwoPersons):
    """A row of a comparison. Accepted by a second person it makes the source of the version confirmed."""

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="rows")
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="confirmations")
    # What stands in the act, where the row says it otherwise; empty means as it is.
    name = models.CharField("название по акту", max_length=600, blank=True)
    unit = models.CharField("единица по акту", max_length=100, blank=True)

    class Meta(TwoPersons.Meta):
        verbose_name = "строка сверки"
        verbose_name_plural = "строки сверки"
        ordering = ("version__indicator",)
        constraints = [
            *TwoPersons.Meta.constraints,
            models.UniqueConstraint(fields=("version",), condition=Q(state="open"), name="one_open_confirmation"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_state_display()}"


class LevelLink(models.Model):
    """The same thing measured one level above (region, federation) and one below (municipality, organisation)."""

    upper = models.ForeignKey(Indicator, models.PROTECT, related_name="links_below", verbose_name="выше")
    lower = models.ForeignKey(Indicator, models.PROTECT, related_name="links_above", verbose_name="ниже")
    note = models.CharField("пояснение", max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("создано", default=timezone.now)

    class Meta:
        verbose_name = "связь уровней"
        verbose_name_plural = "связи уровней"
        ordering = ("upper__pack", "upper__order", "lower__pack", "lower__order")
        constraints = [
            models.UniqueConstraint(fields=("upper", "lower"), name="one_level_link"),
            models.CheckConstraint(condition=~Q(upper=F("lower")), name="level_link_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.upper} ↑ {self.lower}"


class ApprovedSet(models.Model):
    """The indicators of a direction as an act approved them; what changed since then is compared with it."""

    direction = models.ForeignKey(Direction, models.PROTECT, related_name="approvals")
    act = models.CharField("чем утверждён", max_length=300)
    approved_on = models.DateField("утверждён")
    versions = models.ManyToManyField(IndicatorVersion, related_name="+", verbose_name="показатели")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("записано", default=timezone.now)

    objects = ApprovedSetQuerySet.as_manager()

    class Meta:
        verbose_name = "утверждённый набор"
        verbose_name_plural = "утверждённые наборы"
        ordering = ("-approved_on", "-pk")

    def __str__(self) -> str:
        return f"{self.direction}: {self.act}"
