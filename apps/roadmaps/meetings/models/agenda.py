"""What is on the agenda, who speaks, what is voted for and approved."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.indicators.models import Direction
from apps.library.models import DocumentVersion, Practice
from apps.organizations.models import Organization
from apps.roadmaps.meetings.models.meetings import Meeting
from apps.roadmaps.meetings.querysets import PartQuerySet


class AgendaItem(models.Model):
    """A question of the agenda, or the opening and closing words."""

    class Kind(models.TextChoices):
        OPENING = "opening", "вступительное слово"
        QUESTION = "question", "вопрос"
        TASK = "task", "практическое задание"
        CLOSING = "closing", "подведение итогов"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name="совещание")
    order = models.PositiveSmallIntegerField("порядок")
    kind = models.CharField("вид", max_length=8, choices=Kind.choices, default=Kind.QUESTION)
    text = models.CharField("о чём", max_length=1000)
    speaker = models.CharField("кто выступает", max_length=200, blank=True)
    post = models.CharField("должность", max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField("минут")
    directions = models.ManyToManyField(Direction, related_name="+", blank=True, verbose_name="направления")
    # Why it is on the agenda: the figures of the sign or the term from which it was proposed.
    reason = models.CharField("почему в повестке", max_length=1000, blank=True)
    reason_key = models.CharField(max_length=100, blank=True)
    heard = models.TextField("слушали, выступили", max_length=10_000, blank=True)
    resolved = models.TextField("решили", max_length=5000, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "вопрос повестки"
        verbose_name_plural = "вопросы повестки"
        ordering = ("meeting", "order", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="agenda_minutes"),
            models.UniqueConstraint(
                fields=("meeting", "reason_key"), condition=~Q(reason_key=""), name="one_proposal_on_agenda"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_numbered(self) -> bool:
        """Opening and closing words bear no number on an agenda."""
        return self.kind in {self.Kind.QUESTION, self.Kind.TASK}

    @property
    def who(self) -> str:
        return ", ".join(part for part in (self.speaker, self.post) if part)


class Talk(models.Model):
    """A report of an organisation about its practice."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="talks", verbose_name="совещание")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="talks", verbose_name="вопрос повестки"
    )
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="организация")
    theme = models.CharField("тема сообщения", max_length=500)
    speaker = models.CharField("кто выступает", max_length=200)
    post = models.CharField("должность", max_length=300, blank=True)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    practice = models.ForeignKey(
        Practice, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="практика в банке"
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "сообщение об опыте"
        verbose_name_plural = "сообщения об опыте"
        ordering = ("meeting", "pk")

    def __str__(self) -> str:
        return self.theme

    @property
    def who(self) -> str:
        return ", ".join(part for part in (self.speaker, self.post) if part)


class Material(models.Model):
    """A file that participants of a meeting read."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="materials", verbose_name="совещание")
    title = models.CharField("название", max_length=300)
    file = models.ForeignKey(PrivateFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("добавлено", default=timezone.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "материал совещания"
        verbose_name_plural = "материалы совещания"
        ordering = ("meeting", "pk")

    def __str__(self) -> str:
        return self.title


class Vote(models.Model):
    """What was put to the vote and how many were for it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="votes", verbose_name="совещание")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="votes", verbose_name="вопрос повестки"
    )
    question = models.CharField("за что голосовали", max_length=1000)
    in_favour = models.PositiveSmallIntegerField("за")
    against = models.PositiveSmallIntegerField("против", default=0)
    abstained = models.PositiveSmallIntegerField("воздержались", default=0)
    is_adopted = models.BooleanField("принято")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "голосование"
        verbose_name_plural = "голосования"
        ordering = ("meeting", "pk")

    def __str__(self) -> str:
        return self.question

    @property
    def counted(self) -> str:
        return f"за — {self.in_favour}, против — {self.against}, воздержались — {self.abstained}"


class ApprovedDocument(models.Model):
    """A document that a vote approved; it bears number and date of the protocol."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="documents", verbose_name="голосование")
    title = models.CharField("документ", max_length=500)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    # The draft of the library that came into force by it.
    version = models.ForeignKey(DocumentVersion, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "утверждённый документ"
        verbose_name_plural = "утверждённые документы"
        ordering = ("vote", "pk")

    def __str__(self) -> str:
        return self.title
