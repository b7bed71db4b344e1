"""A meeting and the hours at which its groups gather."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.figures import plural
from apps.indicators.models import Indicator
from apps.organizations.models import Organization
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.meetings.querysets import MeetingQuerySet, PartQuerySet


class Meeting(models.Model):
    """A collegium, a meeting of heads or a seminar. Its hours are those of its subgroups; one there always is."""

    class Kind(models.TextChoices):
        COLLEGIUM = "collegium", "коллегия"
        MEETING = "meeting", "совещание"
        SEMINAR = "seminar", "семинар"

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        ANNOUNCED = "announced", "приглашения разосланы"
        HELD = "held", "состоялось"
        CANCELLED = "cancelled", "отменено"

    kind = models.CharField("вид", max_length=9, choices=Kind.choices, default=Kind.MEETING)
    theme = models.CharField("тема", max_length=500)
    audience = models.CharField("для кого", max_length=300, blank=True)
    purpose = models.TextField("о чём и зачем", max_length=5000, blank=True)
    place = models.CharField("место", max_length=300)
    base_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="на базе организации"
    )
    # The first start of all subgroups: lists are ordered by it.
    starts_at = models.DateTimeField("начало")
    headline = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="главный показатель качества"
    )
    state = models.CharField("состояние", max_length=9, choices=State.choices, default=State.DRAFT)
    cancel_reason = models.CharField("почему отменено", max_length=500, blank=True)
    announced_at = models.DateTimeField("объявлено", null=True, blank=True)
    held_at = models.DateTimeField("отмечено как состоявшееся", null=True, blank=True)
    chairman_name = models.CharField("председатель", max_length=150, blank=True)
    chairman_post = models.CharField("должность председателя", max_length=200, blank=True)
    secretary_name = models.CharField("секретарь", max_length=150, blank=True)
    secretary_post = models.CharField("должность секретаря", max_length=200, blank=True)
    protocol_number = models.CharField("номер протокола", max_length=40, blank=True)
    protocol_on = models.DateField("дата протокола", null=True, blank=True)
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, blank=True, related_name="meetings", verbose_name="решение"
    )
    published_at = models.DateTimeField("решение доведено до участников", null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто внёс")
    created_at = models.DateTimeField("внесено", default=timezone.now)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "совещание"
        verbose_name_plural = "совещания"
        ordering = ("-starts_at", "-pk")
        indexes = [models.Index(fields=("starts_at",), name="meeting_by_start")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""), name="meeting_cancelled_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(protocol_number="", protocol_on__isnull=True)
                | ~Q(protocol_number="") & Q(protocol_on__isnull=False),
                name="meeting_protocol_number_with_date",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state="held", protocol_on__isnull=False),
                name="meeting_published_with_protocol",
            ),
        ]

    def __str__(self) -> str:
        return self.theme

    def get_absolute_url(self) -> str:
        """The page of those who are invited; the authority's own page is `office_url`."""
        return reverse("roadmaps:own_meeting", args=[self.pk])

    @property
    def office_url(self) -> str:
        return reverse("roadmaps:meeting", args=[self.pk])

    @property
    def day(self) -> date:
        """The day in the municipality's time zone."""
        return timezone.localtime(self.starts_at).date()

    @property
    def title(self) -> str:
        return f"{self.get_kind_display().capitalize()} {self.day:%d.%m.%Y}"

    @property
    def genitive(self) -> str:
        return {"collegium": "коллегии", "meeting": "совещания", "seminar": "семинара"}[self.kind]

    @property
    def state_text(self) -> str:
        feminine = {"held": "состоялась", "cancelled": "отменена"}
        masculine = {"held": "состоялся", "cancelled": "отменён"}
        by_gender = {"collegium": feminine, "seminar": masculine}.get(self.kind, {})
        return by_gender.get(self.state, self.get_state_display())

    @property
    def tone(self) -> str:
        return {"draft": "neutral", "announced": "info", "held": "good", "cancelled": "warn"}[self.state]

    @property
    def protocol_text(self) -> str:
        """«протокол от 12.04.2026 № 2», empty while there is none."""
        if not self.protocol_on:
            return ""
        return f"протокол от {self.protocol_on:%d.%m.%Y} № {self.protocol_number}"

    @property
    def is_open(self) -> bool:
        """Its plan may be changed: not held, not cancelled."""
        return self.state in {self.State.DRAFT, self.State.ANNOUNCED}

    @property
    def left_text(self) -> str:
        """«через 3 дня», «сегодня»; empty when it is over."""
        days = (self.day - timezone.localdate()).days
        if days < 0 or not self.is_open:
            return ""
        return "сегодня" if not days else f"через {days} {plural(days, 'день', 'дня', 'дней')}"


class Subgroup(models.Model):
    """Those who gather at one hour; the agenda is the same for all subgroups of a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="subgroups", verbose_name="совещание")
    number = models.PositiveSmallIntegerField("номер")
    starts_at = models.DateTimeField("начало")
    place = models.CharField("место, если своё", max_length=300, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "подгруппа"
        verbose_name_plural = "подгруппы"
        ordering = ("meeting", "number")
        constraints = [models.UniqueConstraint(fields=("meeting", "number"), name="one_subgroup_number")]

    def __str__(self) -> str:
        return f"{self.number} подгруппа, {timezone.localtime(self.starts_at):%H:%M}"
