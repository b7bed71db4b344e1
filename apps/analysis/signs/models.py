"""The yearly list of schools with signs of problems: computed, looked through by people, approved by an order."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.analysis.models.signs import SignRule
from apps.analysis.signs.kinds import BY_CODE, SignKind
from apps.core.models import Job, Period, PrivateFile
from apps.organizations.models import Organization


class SignListQuerySet(models.QuerySet["SignList"]):
    def visible_to(self, user: Any) -> "SignListQuerySet":
        """The list names schools: only the authority reads it as a whole."""
        return self if user.is_authenticated and user.is_authority else self.none()


class SignList(models.Model):
    """The list of a school year, by versions. Once approved it is frozen with the digest of its content."""

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        APPROVED = "approved", "утверждён"
        SUPERSEDED = "superseded", "заменён"

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    version = models.PositiveSmallIntegerField("версия", default=1)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("начат", default=timezone.now)
    counted_at = models.DateTimeField("посчитан", null=True, blank=True)
    # From here on each school sees its own signs and may answer.
    shown_at = models.DateTimeField("показан школам", null=True, blank=True)
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    order_number = models.CharField("номер приказа", max_length=40, blank=True)
    order_on = models.DateField("дата приказа", null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField("утверждён", null=True, blank=True)
    document = models.JSONField("утверждённое содержание", null=True, blank=True)
    digest = models.CharField("SHA-256 утверждённого", max_length=64, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    pdf_digest = models.CharField("SHA-256 напечатанного", max_length=64, blank=True)

    objects = SignListQuerySet.as_manager()

    class Meta:
        verbose_name = "перечень школ с признаками"
        verbose_name_plural = "перечни школ с признаками"
        ordering = ("-period__starts_on", "-version")
        constraints = [
            models.UniqueConstraint(fields=("period", "version"), name="one_sign_list_version"),
            models.UniqueConstraint(fields=("period",), condition=Q(state="draft"), name="one_sign_list_draft"),
            models.UniqueConstraint(fields=("period",), condition=Q(state="approved"), name="one_sign_list_approved"),
            models.CheckConstraint(
                condition=Q(state="draft", approved_at__isnull=True, document__isnull=True)
                | ~Q(state="draft")
                & Q(approved_at__isnull=False, order_on__isnull=False, document__isnull=False)
                & ~Q(order_number=""),
                name="sign_list_approved_by_order",
            ),
        ]

    def __str__(self) -> str:
        return f"Перечень за {self.period}, версия {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("analysis:sign_list", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def tone(self) -> str:
        return {"draft": "info", "approved": "good"}.get(self.state, "neutral")

    @property
    def order_text(self) -> str:
        return f"приказ от {self.order_on:%d.%m.%Y} № {self.order_number}" if self.order_on else ""


class SignQuerySet(models.QuerySet["Sign"]):
    def visible_to(self, user: Any) -> "SignQuerySet":
        """The authority sees all; a school its own, once the list was shown to schools or approved."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not (user.is_school and user.organization):
            return self.none()
        open_lists = Q(sign_list__shown_at__isnull=False) | Q(sign_list__state="approved")
        return self.filter(open_lists, organization=user.organization).exclude(sign_list__state="superseded")

    def marked(self) -> "SignQuerySet":
        return self.filter(result=Sign.Result.MARKED)

    def with_details(self) -> "SignQuerySet":
        return self.select_related("sign_list__period", "organization", "rule", "decided_by")


class Sign(models.Model):
    """What a sign says of a school in a list, and what a person decided about it."""

    class Result(models.TextChoices):
        MARKED = "marked", "требует проверки"
        CLEAR = "clear", "признака нет"
        UNASSESSED = "unassessed", "не оценивается"

    class Decision(models.TextChoices):
        WAITING = "waiting", "ждёт решения"
        CONFIRMED = "confirmed", "подтверждён"
        REJECTED = "rejected", "отклонён"

    sign_list = models.ForeignKey(SignList, models.CASCADE, related_name="signs", verbose_name="перечень")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="signs", verbose_name="школа")
    code = models.CharField("признак", max_length=40, choices=SignRule.Code.choices)
    rule = models.ForeignKey(SignRule, models.PROTECT, related_name="+", verbose_name="правило")
    result = models.CharField("что показал расчёт", max_length=10, choices=Result.choices)
    written = models.CharField("значение", max_length=400)
    value = models.DecimalField("число", max_digits=12, decimal_places=4, null=True)
    n = models.PositiveIntegerField("человек", null=True)
    cases = models.JSONField("из чего сложилось", default=list)
    decision = models.CharField("решение", max_length=9, choices=Decision.choices, blank=True)
    reason = models.CharField("основание решения", max_length=1000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("решено", null=True, blank=True)

    objects = SignQuerySet.as_manager()

    class Meta:
        verbose_name = "признак школы"
        verbose_name_plural = "признаки школ"
        ordering = ("sign_list", "organization__number", "organization__name_key", "code")
        constraints = [
            models.UniqueConstraint(fields=("sign_list", "organization", "code"), name="one_sign_of_school"),
            # Only what the computation marked is decided, and always with a reason and a person.
            models.CheckConstraint(
                condition=Q(result="marked") & ~Q(decision="") | ~Q(result="marked") & Q(decision=""),
                name="marked_sign_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "waiting"], decided_at__isnull=True, decided_by__isnull=True, reason="")
                | Q(decision__in=["confirmed", "rejected"], decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(reason=""),
                name="sign_decision_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.kind.title}"

    def get_absolute_url(self) -> str:
        return reverse("analysis:sign", args=[self.pk])

    @property
    def kind(self) -> SignKind:
        return BY_CODE[self.code]

    @property
    def is_marked(self) -> bool:
        return self.result == self.Result.MARKED

    @property
    def is_confirmed(self) -> bool:
        return self.decision == self.Decision.CONFIRMED

    @property
    def is_waiting(self) -> bool:
        return self.decision == self.Decision.WAITING

    @property
    def words(self) -> str:
        """What a table says of it."""
        return self.get_decision_display() if self.decision else self.get_result_display()

    @property
    def tone(self) -> str:
        tones = {"confirmed": "warn", "rejected": "good", "waiting": "info"}
        return tones.get(self.decision, "neutral")


class SignAnswer(models.Model):
    """What a school says about its sign. Never changed: a further one is added."""

    sign = models.ForeignKey(Sign, models.CASCADE, related_name="answers", verbose_name="признак")
    text = models.TextField("пояснение школы", max_length=3000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("дано", default=timezone.now)

    class Meta:
        verbose_name = "пояснение школы"
        verbose_name_plural = "пояснения школ"
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.sign}: {self.text[:60]}"
