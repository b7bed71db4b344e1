"""Documents with versions. A version is a draft until it is approved; an approved one never changes."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.models import PrivateFile
from apps.indicators.models import Direction
from apps.library.access import READERS
from apps.library.acts.models import Act
from apps.organizations.models import Feature, Kind, Organization


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """The authority sees all; others those with an approved version, the council also drafts opened to it."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        versions = DocumentVersion.objects.filter(document=OuterRef("pk"))
        approved = Exists(versions.filter(state=DocumentVersion.State.APPROVED))
        if user.role == Role.PUBLIC_REPRESENTATIVE:
            return self.filter(approved | Exists(versions.filter(discussions__isnull=False)))
        if user.role in READERS:
            return self.filter(approved)
        return self.none()


class LightManager(models.Manager[Any]):
    """Leaves the search index in the database: it is asked, never shown."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().defer("search")


class Category(models.Model):
    """A shelf of the library."""

    name = models.CharField("рубрика", max_length=80, unique=True)

    class Meta:
        verbose_name = "рубрика библиотеки"
        verbose_name_plural = "рубрики библиотеки"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """What the municipality wrote: concept, regulation, method of a plan, guide, material."""

    class Kind(models.TextChoices):
        CONCEPT = "concept", "концепция или программа"
        REGULATION = "regulation", "положение о МСОКО"
        METHOD = "method", "методика плана или направления"
        PLATFORM = "platform", "положение о площадке или проекте"
        RECOMMENDATIONS = "advice", "методические рекомендации"
        GUIDE = "guide", "руководство по использованию результатов"
        MATERIAL = "material", "материалы"

    # These come into force by an act; the others are published by the methodologist.
    BY_ACT = frozenset({"concept", "regulation", "method", "platform"})

    kind = models.CharField("вид", max_length=10, choices=Kind.choices)
    title = models.CharField("название", max_length=300)
    summary = models.TextField("о чём", max_length=2000, blank=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="рубрика"
    )
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="направление"
    )
    # The document of the level above: a regulation of the municipal system rests on the regional one.
    above = models.ForeignKey(
        Act, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="региональный документ"
    )
    # The object that it regulates, a platform for one.
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("content_type", "object_id")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записан", default=timezone.now)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="russian")
        + SearchVector("summary", weight="B", config="russian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = LightManager.from_queryset(DocumentQuerySet)()

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        ordering = ("kind", "title", "pk")
        indexes = [
            GinIndex(fields=("search",), name="document_search"),
            models.Index(fields=("content_type", "object_id"), name="document_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(content_type__isnull=True, object_id__isnull=True)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="document_subject_whole",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:document", args=[self.pk])

    @property
    def needs_act(self) -> bool:
        return self.kind in self.BY_ACT


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def visible_to(self, user: Any) -> "DocumentVersionQuerySet":
        """The authority sees all, others approved and past ones, the council drafts opened to it besides."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        standing = ~Q(state=DocumentVersion.State.DRAFT)
        if user.role == Role.PUBLIC_REPRESENTATIVE:
            opened = Exists(DocumentVersion.objects.filter(pk=OuterRef("pk"), discussions__isnull=False))
            return self.filter(standing | opened)
        return self.filter(standing) if user.role in READERS else self.none()


class DocumentVersion(models.Model):
    """A text or a file of a document, as of a day."""

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        APPROVED = "approved", "утверждена"
        VOID = "void", "утратила силу"

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name="документ")
    number = models.PositiveIntegerField("версия")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.DRAFT)
    dated_on = models.DateField("дата текста", default=timezone.localdate)
    text = models.TextField("текст", max_length=100_000, blank=True)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    changes = models.CharField("что изменено", max_length=500, blank=True)
    act_text = models.CharField("чем утверждена", max_length=500, blank=True)
    approved_on = models.DateField("утверждена", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кто записал"
    )
    voided_on = models.DateField("утратила силу", null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записана", default=timezone.now)
    search = models.GeneratedField(
        expression=SearchVector("text", weight="C", config="russian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = LightManager.from_queryset(DocumentVersionQuerySet)()

    class Meta:
        verbose_name = "версия документа"
        verbose_name_plural = "версии документов"
        ordering = ("document", "-number")
        indexes = [GinIndex(fields=("search",), name="version_search")]
        constraints = [
            models.UniqueConstraint(fields=("document", "number"), name="one_document_version"),
            models.UniqueConstraint(
                fields=("document",), condition=Q(state="approved"), name="one_approved_document_version"
            ),
            models.CheckConstraint(condition=~Q(text="") | Q(file__isnull=False), name="document_version_has_content"),
            models.CheckConstraint(
                condition=Q(state="draft", approved_on__isnull=True, approved_by__isnull=True)
                | ~Q(state="draft") & Q(approved_on__isnull=False, approved_by__isnull=False),
                name="document_version_approved_when",
            ),
            models.CheckConstraint(
                condition=Q(state="void", voided_on__isnull=False) | ~Q(state="void") & Q(voided_on__isnull=True),
                name="document_version_voided_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, версия {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("library:version", args=[self.pk])

    @property
    def tone(self) -> str:
        return {"approved": "good", "void": "neutral"}.get(self.state, "warn")

    @property
    def state_text(self) -> str:
        """«утверждена 15.12.2022: приказ № 283», «опубликована 01.09.2026», «проект»."""
        if self.state == self.State.DRAFT or self.approved_on is None:
            return self.get_state_display()
        if self.state == self.State.VOID:
            return f"утратила силу {self.voided_on:%d.%m.%Y}"
        return (
            f"утверждена {self.approved_on:%d.%m.%Y}" if self.act_text else f"опубликована {self.approved_on:%d.%m.%Y}"
        )


class Adaptation(models.Model):
    """How a method reads for organisations of some kinds or features. Empty means any."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="adaptations", verbose_name="версия")
    title = models.CharField("для кого", max_length=200)
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Kind.choices), verbose_name="виды организаций", default=list, blank=True
    )
    features = ArrayField(
        models.CharField(max_length=16, choices=Feature.choices), verbose_name="особенности", default=list, blank=True
    )
    text = models.TextField("что иначе", max_length=20_000, blank=True)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записана", default=timezone.now)

    class Meta:
        verbose_name = "адаптация методики"
        verbose_name_plural = "адаптации методик"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | Q(file__isnull=False), name="adaptation_has_content"),
            models.CheckConstraint(condition=~Q(kinds=[]) | ~Q(features=[]), name="adaptation_for_whom"),
        ]

    def __str__(self) -> str:
        return self.title

    def fits(self, organization: Organization) -> bool:
        """Whether the organisation is of one of the kinds and has one of the features; an empty list asks nothing."""
        of_kind = not self.kinds or organization.kind in self.kinds
        return of_kind and (not self.features or bool(organization.all_features & set(self.features)))


class Reading(models.Model):
    """The first time that a person opened a version."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="readings", verbose_name="версия")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="организация")
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "прочтение"
        verbose_name_plural = "прочтения"
        ordering = ("at", "pk")
        constraints = [models.UniqueConstraint(fields=("version", "user"), name="one_reading")]

    def __str__(self) -> str:
        return f"{self.user}: {self.at:%d.%m.%Y}"
