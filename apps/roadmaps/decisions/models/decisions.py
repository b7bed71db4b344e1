"""Orders, protocols, instructions and decisions of schools; their items, annexes and steps of approval."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.indicators.models import Direction
from apps.library.models import DocumentVersion
from apps.organizations.models import Group, Organization
from apps.organizations.models import Kind as OrganizationKind
from apps.procedures.people.models import Association
from apps.roadmaps.decisions.querysets import DecisionQuerySet, ItemQuerySet

LONGEST = 20_000  # letters of a free text


class Decision(models.Model):
    """An act with items. A draft is free; in force only execution changes, the words stand as signed."""

    class Kind(models.TextChoices):
        ORDER = "order", "приказ"
        PROTOCOL = "protocol", "протокол"
        INSTRUCTION = "instruction", "распоряжение"
        SCHOOL = "school", "решение организации"

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        ON_APPROVAL = "on_approval", "на согласовании"
        IN_FORCE = "in_force", "действует"
        CANCELLED = "cancelled", "отменено"

    kind = models.CharField("вид", max_length=12, choices=Kind.choices, default=Kind.ORDER)
    # None: the authority's own register.
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="own_decisions", verbose_name="чьё решение"
    )
    number = models.CharField("номер", max_length=40, blank=True)
    signed_on = models.DateField("дата подписания", null=True, blank=True)
    title = models.CharField("о чём", max_length=500)
    preamble = models.TextField("вводная часть", blank=True)
    signer = models.CharField("кто подписал", max_length=200, blank=True)
    place = models.CharField("место издания", max_length=120, blank=True)
    controller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="контролирует"
    )
    control_text = models.CharField("пункт о контроле", max_length=500, blank=True)
    state = models.CharField("состояние", max_length=12, choices=State.choices, default=State.DRAFT)
    basis = models.TextField("на чём основано", blank=True)
    reason_without_analysis = models.CharField("почему без анализа", max_length=500, blank=True)
    directions = models.ManyToManyField(Direction, related_name="decisions", blank=True, verbose_name="направления")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name="во исполнение"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записано", default=timezone.now)
    signed_at = models.DateTimeField("введено в действие", null=True, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_on = models.DateField("отменено", null=True, blank=True)
    cancel_reason = models.CharField("почему отменено", max_length=500, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "решение"
        verbose_name_plural = "решения и приказы"
        ordering = ("-signed_on", "-pk")
        indexes = [models.Index(fields=("state", "signed_on"), name="decision_register")]
        constraints = [
            models.UniqueConstraint(
                "kind", "organization", "number", ExtractYear("signed_on"),
                name="one_decision_number_a_year", nulls_distinct=False,
                condition=Q(state__in=["in_force", "cancelled"]),
                violation_error_message="Такой номер в этом году уже есть.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "cancelled"])
                | Q(signed_on__isnull=False, signed_at__isnull=False, signed_by__isnull=False) & ~Q(number=""),
                name="decision_in_force_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_on__isnull=False) & ~Q(cancel_reason=""),
                name="decision_cancelled_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind="school") | Q(organization__isnull=False), name="decision_of_school_has_organization"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.short}. {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:decision", args=[self.pk])

    @property
    def short(self) -> str:
        """«приказ № 390 от 24.03.2022»; a draft has neither."""
        number = f" № {self.number}" if self.number else ""
        day = f" от {self.signed_on:%d.%m.%Y}" if self.signed_on else ""
        return f"{self.get_kind_display()}{number}{day}"

    @property
    def act_text(self) -> str:
        """As acts are cited: «приказ от 15.12.2022 № 283»."""
        day = f" от {self.signed_on:%d.%m.%Y}" if self.signed_on else ""
        return f"{self.get_kind_display()}{day}" + (f" № {self.number}" if self.number else "")

    @property
    def is_draft(self) -> bool:
        return self.state in {self.State.DRAFT, self.State.ON_APPROVAL}

    @property
    def is_in_force(self) -> bool:
        return self.state == self.State.IN_FORCE

    @property
    def tone(self) -> str:
        tones = {self.State.IN_FORCE: "good", self.State.ON_APPROVAL: "info", self.State.CANCELLED: "warn"}
        return tones.get(self.State(self.state), "neutral")


class DecisionAnnex(models.Model):
    """A document that the act approves or carries; approved when the act is signed, open when it is published."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="annexes", verbose_name="решение")
    title = models.CharField("документ", max_length=300)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    # A document of the library instead of a file of its own.
    version = models.ForeignKey(
        DocumentVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annexes",
        verbose_name="документ библиотеки",
    )
    # Approved by the act, not only attached to it.
    is_approved_by_act = models.BooleanField("утверждается этим решением", default=True)
    approved_on = models.DateField("утверждено", null=True, blank=True)
    published_at = models.DateTimeField("опубликовано", null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "приложение к решению"
        verbose_name_plural = "приложения к решениям"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="annex_published_by_whom",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kept(self) -> PrivateFile | None:
        """The file, its own or of the version in the library."""
        return self.file or (self.version.file if self.version else None)

    @property
    def text(self) -> str:
        """The text of the version in the library."""
        return self.version.text if self.version else ""

    @property
    def state_text(self) -> str:
        if self.approved_on:
            return f"утверждено {self.approved_on:%d.%m.%Y}, {self.decision.act_text}"
        return "проект" if self.decision.is_draft else "приложено"


class DecisionItem(models.Model):
    """What is to be done, by whom, by when. Numbers are free: repeated and compound ones are real."""

    class Kind(models.TextChoices):
        OBLIGE = "oblige", "обязать"
        RECOMMEND = "recommend", "рекомендовать"
        NOTE = "note", "принять к сведению"

    class Proof(models.TextChoices):
        REPORT = "report", "отчёт, при необходимости с файлом"
        ACQUAINTANCE = "acquaintance", "отметка об ознакомлении педагогов"
        PUBLICATION = "publication", "публикация документа в открытом разделе"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="items", verbose_name="решение")
    position = models.PositiveIntegerField("место")
    number = models.CharField("номер пункта", max_length=30, blank=True)
    text = models.TextField("текст пункта")
    is_heading = models.BooleanField("только объединяет пункты под собой", default=False)
    kind = models.CharField("вид", max_length=10, choices=Kind.choices, default=Kind.OBLIGE)
    due_on = models.DateField("срок", null=True, blank=True)
    term_text = models.CharField("пояснение к сроку", max_length=200, blank=True)
    executor = models.CharField("исполнитель, как в тексте", max_length=300, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="исполнитель"
    )
    kinds = ArrayField(
        models.CharField(max_length=12, choices=OrganizationKind.choices),
        verbose_name="все организации вида",
        default=list,
        blank=True,
    )
    groups = models.ManyToManyField(Group, related_name="+", blank=True, verbose_name="группы и кластеры")
    organizations = models.ManyToManyField(Organization, related_name="+", blank=True, verbose_name="организации")
    associations = models.ManyToManyField(Association, related_name="+", blank=True, verbose_name="объединения")
    proof = models.CharField("чем подтверждается", max_length=12, choices=Proof.choices, default=Proof.REPORT)
    publishes = models.ForeignKey(
        DecisionAnnex, models.SET_NULL, null=True, blank=True, related_name="publishing", verbose_name="что публикуется"
    )
    outside_title = models.CharField("внешнее решение", max_length=300, blank=True)
    outside_item = models.CharField("пункт внешнего решения", max_length=40, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "пункт решения"
        verbose_name_plural = "пункты решений"
        ordering = ("decision", "position", "pk")

    def __str__(self) -> str:
        return f"{self.number} {self.text}".strip()

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:decision_item", args=[self.pk])

    @property
    def level(self) -> int:
        """How deep the number is: «1» and «1.» are 0, «1.2.» is 1."""
        return min(3, self.number.strip(". ").count("."))

    @property
    def outside(self) -> str:
        """«пункт 3.2: решение коллегии…»; empty when it fulfils nothing from outside."""
        point = f"пункт {self.outside_item}: " if self.outside_item else ""
        return f"{point}{self.outside_title}" if self.outside_title else ""


class ApprovalStep(models.Model):
    """One person's look at a draft: agreed, or returned with a remark. Steps go in their order."""

    class State(models.TextChoices):
        WAITING = "waiting", "ожидает"
        AGREED = "agreed", "согласовано"
        RETURNED = "returned", "возвращено с замечанием"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="steps", verbose_name="решение")
    position = models.PositiveSmallIntegerField("очередь")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто согласует")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.WAITING)
    remark = models.TextField("замечание", blank=True)
    decided_at = models.DateTimeField("когда", null=True, blank=True)

    class Meta:
        verbose_name = "шаг согласования"
        verbose_name_plural = "шаги согласования"
        ordering = ("decision", "position")
        constraints = [
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(remark=""), name="approval_returned_why"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_at__isnull=False), name="approval_decided_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_state_display()}"

    @property
    def tone(self) -> str:
        return {"agreed": "good", "returned": "warn"}.get(self.state, "neutral")
