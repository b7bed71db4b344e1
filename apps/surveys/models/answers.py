"""What was answered, and what keeps one device from answering twice. Nothing here names a person or an address.

A response knows its day, not its time; free texts are kept apart from the other answers, already masked; marks of
devices and of networks hang on nothing.
"""

import uuid

from django.db import models

from apps.surveys.models.questionnaires import Question
from apps.surveys.models.surveys import Survey, SurveyPlace
from apps.surveys.querysets import FreeTextQuerySet


class Response(models.Model):
    """One filled questionnaire. The key is random, so that the order of rows tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(SurveyPlace, models.PROTECT, related_name="responses")
    day = models.DateField("день")
    # Question id → number of the option, list of them, or a number as text; what was not asked is not there.
    answers = models.JSONField("ответы", default=dict)

    class Meta:
        verbose_name = "заполненная анкета"
        verbose_name_plural = "заполненные анкеты"

    def __str__(self) -> str:
        return f"{self.place}, {self.day:%d.%m.%Y}"


class FreeText(models.Model):
    """A free answer without its author's other answers: contacts and names are masked before it is stored."""

    class State(models.TextChoices):
        NEW = "new", "не просмотрен"
        KEPT = "kept", "просмотрен"
        HIDDEN = "hidden", "скрыт"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(SurveyPlace, models.PROTECT, related_name="texts")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    text = models.TextField("текст", max_length=2500)
    masked = models.PositiveSmallIntegerField("замаскировано", default=0)
    state = models.CharField("состояние", max_length=6, choices=State.choices, default=State.NEW)

    objects = FreeTextQuerySet.as_manager()

    class Meta:
        verbose_name = "свободный ответ"
        verbose_name_plural = "свободные ответы"

    def __str__(self) -> str:
        return self.text[:60]


class DeviceMark(models.Model):
    """A device has answered: a salted digest of a random cookie; deleted when the survey is over."""

    digest = models.CharField(primary_key=True, max_length=40)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="device_marks")

    class Meta:
        verbose_name = "метка устройства"
        verbose_name_plural = "метки устройств"

    def __str__(self) -> str:
        return self.digest[:8]


class DaySalt(models.Model):
    """The salt of a day: when it is deleted, the digests of that day can be traced to no address by anybody."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=32)

    class Meta:
        verbose_name = "соль дня"
        verbose_name_plural = "соли дней"

    def __str__(self) -> str:
        return f"{self.day}"


class NetworkCount(models.Model):
    """How many questionnaires came from one network within an hour: a short salted digest, gone the next day."""

    day = models.DateField()
    hour = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=12)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "счётчик сети"
        verbose_name_plural = "счётчики сетей"
        constraints = [models.UniqueConstraint(fields=("day", "hour", "digest"), name="one_network_count")]

    def __str__(self) -> str:
        return f"{self.count}"
