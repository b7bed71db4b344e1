"""A round of asking: a questionnaire, organisations, days, links."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.organizations.models import Organization
from apps.surveys.models.questionnaires import Questionnaire
from apps.surveys.querysets import PlaceQuerySet, SurveyQuerySet

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none is taken for another when a link is typed from paper


def new_token() -> str:
    """About 59 bits: nobody guesses a link, and it can still be typed by hand."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


def new_salt() -> str:
    return secrets.token_hex(16)


class Survey(models.Model):
    """Open from the first day to the last one inclusive, unless closed earlier by hand."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="surveys", verbose_name="анкета")
    title = models.CharField("название", max_length=200)
    purpose = models.TextField("зачем", max_length=1000, blank=True)
    opens_on = models.DateField("открыт с")
    closes_on = models.DateField("открыт по")
    # The link where a respondent chooses the organisation.
    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    # Devices are told apart by digests with this salt; it is emptied with them when the survey is over.
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    shared_devices = models.BooleanField("отвечают с общих компьютеров", default=False)
    closed_at = models.DateTimeField("закрыт", null=True, blank=True)
    closed_reason = models.CharField("почему закрыт раньше", max_length=300, blank=True)
    published_at = models.DateTimeField("результаты опубликованы", null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("создан", default=timezone.now)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "опрос"
        verbose_name_plural = "опросы"
        ordering = ("-opens_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="survey_days_in_order",
                violation_error_message="Последний день раньше первого.",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="survey_published_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("surveys:survey", args=[self.pk])

    def has_begun(self, today: date | None = None) -> bool:
        return self.opens_on <= (today or timezone.localdate())

    def is_over(self, today: date | None = None) -> bool:
        return self.closed_at is not None or self.closes_on < (today or timezone.localdate())

    def is_open(self, today: date | None = None) -> bool:
        return self.has_begun(today) and not self.is_over(today)

    @property
    def state_text(self) -> str:
        if self.is_over():
            return "итоги открыты" if self.published_at else "завершён"
        return "идёт" if self.has_begun() else "ещё не открыт"

    @property
    def tone(self) -> str:
        if self.is_over():
            return "good" if self.published_at else "neutral"
        return "info" if self.has_begun() else "warn"


class SurveyPlace(models.Model):
    """The link of one organisation in a survey."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="places")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="survey_places")
    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    invited = models.PositiveIntegerField("приглашено", null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "организация опроса"
        verbose_name_plural = "организации опросов"
        ordering = ("organization__kind", "organization__number", "organization__name_key")
        constraints = [models.UniqueConstraint(fields=("survey", "organization"), name="one_place_of_survey")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.survey}"
