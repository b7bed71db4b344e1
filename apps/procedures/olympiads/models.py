"""Stages of the olympiad and what organisations achieved in them, as counts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Period, PrivateFile
from apps.organizations.models import Organization
from apps.procedures.models.files import ResultFile
from apps.procedures.models.works import Subject


class Olympiad(models.Model):
    """One subject of one stage in a school year (or another contest, named)."""

    class Stage(models.TextChoices):
        SCHOOL = "school", "школьный этап"
        MUNICIPAL = "municipal", "муниципальный этап"
        REGIONAL = "regional", "региональный этап"
        FINAL = "final", "заключительный этап"
        CONTEST = "contest", "иной конкурс"

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="учебный год")
    stage = models.CharField("этап", max_length=10, choices=Stage.choices)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="olympiads", verbose_name="предмет")
    contest = models.CharField("название конкурса", max_length=160, blank=True)
    held_on = models.DateField("дата", null=True, blank=True)
    sites = models.CharField("места проведения", max_length=400, blank=True)
    observers = models.CharField("наблюдатели", max_length=300, blank=True)  # how many and from where; no names
    document = models.CharField("приказ", max_length=300, blank=True)
    protocol = models.ForeignKey(
        PrivateFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="протокол"
    )
    note = models.CharField("пояснение", max_length=400, blank=True)

    class Meta:
        verbose_name = "этап олимпиады"
        verbose_name_plural = "этапы олимпиады"
        ordering = ("-period__starts_on", "stage", "subject__name", "contest")
        constraints = [
            models.UniqueConstraint(
                fields=("period", "stage", "subject", "contest"),
                name="one_olympiad",
                violation_error_message="Этот предмет в этом этапе уже есть.",
            ),
            models.CheckConstraint(
                condition=~Q(stage="contest") | ~Q(contest=""),
                name="contest_is_named",
                violation_error_message="Укажите название конкурса.",
            ),
        ]

    def __str__(self) -> str:
        named = f"«{self.contest}», {self.subject}" if self.contest else f"ВсОШ, {self.get_stage_display()}"
        return named if self.contest else f"{named}: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("procedures:olympiad", args=[self.pk])


class OlympiadCount(models.Model):
    """Participants, prize-winners and winners of one organisation and grade."""

    olympiad = models.ForeignKey(Olympiad, models.CASCADE, related_name="counts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="olympiad_counts")
    grade = models.PositiveSmallIntegerField("класс", default=0)  # in which they study; 0 = not told
    participants = models.PositiveIntegerField("участников")
    prize_winners = models.PositiveIntegerField("призёров", default=0)
    winners = models.PositiveIntegerField("победителей", default=0)
    file = models.ForeignKey(ResultFile, models.PROTECT, null=True, blank=True, related_name="olympiad_counts")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField("внесено", default=timezone.now)

    class Meta:
        verbose_name = "итоги организации в олимпиаде"
        verbose_name_plural = "итоги организаций в олимпиадах"
        constraints = [
            models.UniqueConstraint(fields=("olympiad", "organization", "grade"), name="one_olympiad_count"),
            models.CheckConstraint(
                condition=Q(participants__gte=F("winners") + F("prize_winners")),
                name="olympiad_winners_took_part",
                violation_error_message="Победителей и призёров не может быть больше, чем участников.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.olympiad}, {self.organization}"


class OlympiadPupils(models.Model):
    """Distinct pupils of an organisation in a stage, where a file has a code of the pupil for all subjects."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    stage = models.CharField("этап", max_length=10, choices=Olympiad.Stage.choices)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="olympiad_pupils")
    pupils = models.PositiveIntegerField("разных учеников")
    file = models.ForeignKey(ResultFile, models.PROTECT, related_name="olympiad_pupils")

    class Meta:
        verbose_name = "разные ученики в олимпиаде"
        verbose_name_plural = "разные ученики в олимпиадах"
        constraints = [models.UniqueConstraint(fields=("period", "stage", "organization"), name="one_olympiad_pupils")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.pupils}"
