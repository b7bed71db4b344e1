"""Normative acts, and what rests on each: any object of the portal."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.library.access import LIBRARY


class NormativeActQuerySet(models.QuerySet["Act"]):
    def visible_to(self, user: Any) -> "NormativeActQuerySet":
        """Acts are public documents: whoever opens the library reads the register."""
        return self if user.is_authenticated and user.role in LIBRARY else self.none()

    def in_order(self) -> "NormativeActQuerySet":
        """The higher level first, in each the newest; without a date last."""
        rank = Case(When(level="federal", then=0), When(level="regional", then=1), default=2)
        return self.order_by(rank, models.F("on").desc(nulls_last=True), "pk")


class Act(models.Model):
    """A law, decree, order or letter of some authority, with its edition and whether it is known to be in force."""

    class Level(models.TextChoices):
        FEDERAL = "federal", "федеральный"
        REGIONAL = "regional", "региональный"
        MUNICIPAL = "municipal", "муниципальный"

    class Kind(models.TextChoices):
        LAW = "law", "закон"
        DECREE = "decree", "постановление"
        ORDER = "order", "приказ"
        DIRECTIVE = "directive", "распоряжение"
        PROTOCOL = "protocol", "протокол"
        LETTER = "letter", "письмо"
        METHOD = "method", "методика или рекомендации"
        OTHER = "other", "другой документ"

    class State(models.TextChoices):
        IN_FORCE = "in_force", "действует"
        CHANGED = "changed", "изменён"
        VOID = "void", "утратил силу"
        UNCONFIRMED = "unconfirmed", "не подтверждено"

    level = models.CharField("уровень", max_length=10, choices=Level.choices)
    kind = models.CharField("вид", max_length=10, choices=Kind.choices)
    issuer = models.CharField("кем принят", max_length=250, blank=True)
    number = models.CharField("номер", max_length=60, blank=True)
    on = models.DateField("дата", null=True, blank=True)
    title = models.CharField("название", max_length=600)
    edition = models.CharField("редакция", max_length=200, blank=True)
    url = models.URLField("ссылка", max_length=500, blank=True)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл")
    state = models.CharField("состояние", max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    state_note = models.CharField("пояснение к состоянию", max_length=500, blank=True)
    # Who looked the state up last; a loaded act that nobody has looked up stays «не подтверждено».
    checked_on = models.DateField("состояние сверено", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем сверено"
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="чем заменён"
    )
    source = models.CharField("откуда запись", max_length=250, blank=True)
    created_at = models.DateTimeField("записан", default=timezone.now)

    objects = NormativeActQuerySet.as_manager()

    class Meta:
        verbose_name = "нормативный акт"
        verbose_name_plural = "нормативные акты"
        ordering = ("level", models.F("on").desc(nulls_last=True), "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "issuer", "number", "on"),
                condition=~Q(number="") & Q(on__isnull=False),
                name="one_act",
                violation_error_message="Акт с таким номером и датой уже есть в реестре.",
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by__isnull=True)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="act_checked_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state="unconfirmed") | Q(checked_on__isnull=False), name="act_state_is_checked"
            ),
        ]

    def __str__(self) -> str:
        return self.short

    def get_absolute_url(self) -> str:
        return reverse("library:act", args=[self.pk])

    @property
    def requisites(self) -> str:
        """«приказ от 22.09.2017 № 955»: what an act is called by."""
        parts = [self.get_kind_display()]
        if self.on:
            parts.append(f"от {self.on:%d.%m.%Y}")
        if self.number:
            parts.append(f"№ {self.number}")
        return " ".join(parts)

    @property
    def short(self) -> str:
        return f"{self.requisites} «{self.title}»" if self.number or self.on else self.title

    @property
    def tone(self) -> str:
        """Colour of the state; pages say it in words as well."""
        tones = {"in_force": "good", "changed": "warn", "void": "bad"}
        return tones.get(self.state, "warn")

    @property
    def day(self) -> date | None:
        return self.on


class ActUse(models.Model):
    """An object of the portal rests on an act."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="uses", verbose_name="акт")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="вид объекта")
    object_id = models.BigIntegerField("номер объекта")
    subject = GenericForeignKey("content_type", "object_id")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кто связал"
    )
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "применение акта"
        verbose_name_plural = "применение актов"
        ordering = ("content_type", "object_id")
        constraints = [models.UniqueConstraint(fields=("act", "content_type", "object_id"), name="one_act_use")]
        indexes = [models.Index(fields=("content_type", "object_id"), name="act_use_subject")]

    def __str__(self) -> str:
        return f"{self.act.requisites}: {self.content_type_id}/{self.object_id}"
