"""Organisations of a project: application, results by level, products and what experts say of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.organizations.models import Organization, Programme
from apps.roadmaps.projects.models.projects import STORY, Project
from apps.roadmaps.projects.querysets import MemberQuerySet, OfMemberQuerySet

LEVELS = (Programme.PRESCHOOL, Programme.PRIMARY, Programme.BASIC, Programme.SECONDARY)


class Member(models.Model):
    """An organisation that asked to take part, and what became of it."""

    class State(models.TextChoices):
        APPLIED = "applied", "заявка на рассмотрении"
        ACCEPTED = "accepted", "участник"
        DECLINED = "declined", "заявка отклонена"
        LEFT = "left", "вышла из проекта"

    project = models.ForeignKey(Project, models.PROTECT, related_name="members", verbose_name="проект")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="project_memberships", verbose_name="организация"
    )
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.APPLIED)
    motive = models.TextField("почему хотим участвовать", max_length=STORY)
    contact = models.CharField("кто отвечает в организации", max_length=200)
    applied_at = models.DateTimeField("заявка подана", default=timezone.now)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто подал")
    decided_at = models.DateTimeField("рассмотрена", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто рассмотрел"
    )
    reason = models.CharField("почему", max_length=1000, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "участник проекта"
        verbose_name_plural = "участники проектов"
        ordering = ("project", "organization__kind", "organization__number", "pk")
        constraints = [
            models.UniqueConstraint(fields=("project", "organization"), name="one_membership_of_project"),
            models.CheckConstraint(
                condition=Q(state="applied", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state="applied") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="application_decided_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "left"]) | ~Q(reason=""), name="application_declined_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.project}"

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:project_member", args=[self.pk])

    @property
    def tone(self) -> str:
        return {"applied": "info", "accepted": "good", "declined": "bad"}.get(self.state, "neutral")

    @property
    def levels(self) -> list[str]:
        """Levels of education that the organisation delivers; key results are defined for each."""
        return [str(level) for level in LEVELS if level in self.organization.programmes]


class LevelResults(models.Model):
    """The key results of education that a member has singled out on a level."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="level_results", verbose_name="участник")
    level = models.CharField("уровень", max_length=12, choices=Programme.choices)
    text = models.TextField("ключевые результаты", max_length=STORY)
    changed_at = models.DateTimeField("изменено", default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "ключевые результаты уровня"
        verbose_name_plural = "ключевые результаты уровней"
        ordering = ("member", "level")
        constraints = [models.UniqueConstraint(fields=("member", "level"), name="one_text_of_a_level")]

    def __str__(self) -> str:
        return f"{self.member}, {self.get_level_display()}"


class Product(models.Model):
    """What a member has made: a model of quality management, a procedure, an instrument, a local act."""

    class Kind(models.TextChoices):
        MODEL = "model", "модель управления качеством образования"
        PROCEDURE = "procedure", "описание процедуры оценки"
        INSTRUMENT = "instrument", "диагностический инструмент"
        LOCAL_ACT = "local_act", "локальный нормативный акт"
        MATERIAL = "material", "методический материал"

    member = models.ForeignKey(Member, models.PROTECT, related_name="products", verbose_name="участник")
    kind = models.CharField("вид", max_length=10, choices=Kind.choices)
    title = models.CharField("название", max_length=300)
    text = models.TextField("описание", max_length=STORY, blank=True)
    file = models.ForeignKey(
        PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="схема или файл"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    created_at = models.DateTimeField("приложен", default=timezone.now)
    changed_at = models.DateTimeField("изменён", default=timezone.now)

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "продукт участника"
        verbose_name_plural = "продукты участников"
        ordering = ("member", "kind", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | Q(file__isnull=False), name="product_has_content")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:project_product", args=[self.pk])

    @property
    def opinion(self) -> "Opinion | None":
        """The newest opinion about what stands now; one about an earlier state does not count."""
        found = [one for one in self.opinions.all() if one.at >= self.changed_at]
        return max(found, key=lambda one: one.at, default=None)

    @property
    def state_text(self) -> str:
        opinion = self.opinion
        return opinion.get_verdict_display() if opinion else "ждёт экспертного мнения"

    @property
    def tone(self) -> str:
        opinion = self.opinion
        return opinion.tone if opinion else "info"


class Opinion(models.Model):
    """What an expert of the authority says of a product. Never changed."""

    class Verdict(models.TextChoices):
        GOOD = "good", "рекомендуется к распространению"
        FIT = "fit", "соответствует задаче"
        MEND = "mend", "требует доработки"

    product = models.ForeignKey(Product, models.CASCADE, related_name="opinions", verbose_name="продукт")
    verdict = models.CharField("заключение", max_length=4, choices=Verdict.choices)
    text = models.TextField("экспертное мнение", max_length=STORY)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="эксперт")
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "экспертное мнение"
        verbose_name_plural = "экспертные мнения"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.product}: {self.get_verdict_display()}"

    @property
    def tone(self) -> str:
        return "warn" if self.verdict == self.Verdict.MEND else "good"
