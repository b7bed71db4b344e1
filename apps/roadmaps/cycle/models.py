"""What people say of the cycle itself: tracks, terms, criteria with marks, and what of it was made public."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.core.models import Period
from apps.indicators.models import Direction, IndicatorVersion
from apps.organizations.models import Organization
from apps.roadmaps.links.registry import POSITIONS

NUMBERS = [(number, f"{number}. {title}") for number, title in POSITIONS.items()]


class TrackQuerySet(models.QuerySet["Track"]):
    def current(self) -> "TrackQuerySet":
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: Any) -> "TrackQuerySet":
        """The authority sees all; an organisation those of the municipality and its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not (user.is_school and user.organization):
            return self.none()
        return self.filter(Q(organization__isnull=True) | Q(organization=user.organization), direction__is_active=True)


class Track(models.Model):
    """A part of a direction with a cycle of its own, full or partial (measures, decisions, effect)."""

    direction = models.ForeignKey(Direction, models.PROTECT, related_name="tracks", verbose_name="направление")
    # Empty: of the municipality.
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="tracks", verbose_name="организация"
    )
    title = models.CharField("название", max_length=250)
    is_full = models.BooleanField("полный цикл", default=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("заведён", default=timezone.now)
    ended_at = models.DateTimeField("закрыт", null=True, blank=True)
    end_reason = models.CharField("почему закрыт", max_length=300, blank=True)

    objects = TrackQuerySet.as_manager()

    class Meta:
        verbose_name = "трек"
        verbose_name_plural = "треки"
        ordering = ("direction", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="track_ended_why",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def positions(self) -> tuple[int, ...]:
        """Which of the nine it has."""
        return tuple(POSITIONS) if self.is_full else (7, 8, 9)


class TrackObject(models.Model):
    """An object of the cycle that belongs to a track; named as in the links: «app.Model» and its key."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="objects_of")
    subject = models.CharField("предмет", max_length=64)
    subject_id = models.CharField("номер предмета", max_length=64)

    class Meta:
        verbose_name = "объект трека"
        verbose_name_plural = "объекты треков"
        constraints = [models.UniqueConstraint(fields=("track", "subject", "subject_id"), name="one_track_object")]

    def __str__(self) -> str:
        return f"{self.track}: {self.subject} {self.subject_id}"


class PositionTerm(models.Model):
    """Who fills a position and by which day of each school year. Empty direction: of all directions."""

    class Scope(models.TextChoices):
        OFFICE = "office", "муниципалитет"
        SCHOOL = "school", "организации"

    scope = models.CharField("чей цикл", max_length=6, choices=Scope.choices, default=Scope.OFFICE)
    direction = models.ForeignKey(Direction, models.PROTECT, null=True, blank=True, related_name="position_terms")
    position = models.PositiveSmallIntegerField("позиция", choices=NUMBERS)
    month = models.PositiveSmallIntegerField("месяц")
    day = models.PositiveSmallIntegerField("день")
    role = models.CharField("кто заполняет", max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="сотрудник"
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("изменён", default=timezone.now)

    class Meta:
        verbose_name = "срок позиции"
        verbose_name_plural = "сроки позиций"
        ordering = ("scope", "direction", "position")
        constraints = [
            models.UniqueConstraint(
                fields=("scope", "direction", "position"), name="one_position_term", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=9, month__gte=1, month__lte=12, day__gte=1, day__lte=31),
                name="position_term_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()}: до {self.day:02d}.{self.month:02d}"


class Criterion(models.Model):
    """By what a position is judged; the words are data with their source."""

    position = models.PositiveSmallIntegerField("позиция", choices=NUMBERS)
    text = models.CharField("критерий", max_length=400)
    source_state = models.CharField(
        "состояние источника",
        max_length=12,
        choices=IndicatorVersion.Source.choices,
        default=IndicatorVersion.Source.UNCONFIRMED,
    )
    act = models.CharField("откуда взят", max_length=600, blank=True)
    order = models.PositiveSmallIntegerField("порядок", default=0)
    is_active = models.BooleanField("применяется", default=True)

    class Meta:
        verbose_name = "критерий самооценки"
        verbose_name_plural = "критерии самооценки"
        ordering = ("position", "order", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=9), name="criterion_position"),
            models.CheckConstraint(
                condition=~Q(source_state__in=("official", "municipal")) | ~Q(act=""),
                name="confirmed_criterion_has_act",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PositionMark(models.Model):
    """The specialist's own level of a position of a direction in a year, with words. The portal only proposes one."""

    class Level(models.IntegerChoices):
        NONE = 0, "не представлено"
        PART = 1, "представлено частично"
        WHOLE = 2, "представлено полностью"

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    direction = models.ForeignKey(Direction, models.PROTECT, related_name="position_marks")
    position = models.PositiveSmallIntegerField("позиция", choices=NUMBERS)
    level = models.PositiveSmallIntegerField("уровень", choices=Level.choices)
    words = models.CharField("пояснение", max_length=1000, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField("отмечено", default=timezone.now)

    class Meta:
        verbose_name = "самооценка позиции"
        verbose_name_plural = "самооценка позиций"
        ordering = ("period", "direction", "position")
        constraints = [
            models.UniqueConstraint(fields=("period", "direction", "position"), name="one_position_mark"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=9, level__gte=0, level__lte=2), name="position_mark_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction.code}, позиция {self.position}: {self.get_level_display()}"


class CyclePublication(models.Model):
    """What of the cycle of a year stands on the open pages: frozen, the newest one that was not taken back is shown."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    document = models.JSONField("содержание")
    digest = models.CharField("SHA-256 содержания", max_length=64)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField("опубликовано", default=timezone.now)
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField("почему снято", max_length=300, blank=True)

    class Meta:
        verbose_name = "открытая страница цикла"
        verbose_name_plural = "открытые страницы цикла"
        ordering = ("-published_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="cycle_publication_withdrawn_why",
            )
        ]

    def __str__(self) -> str:
        return f"Цикл управления, {self.period}"
