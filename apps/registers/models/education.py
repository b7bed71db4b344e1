"""Programmes of organisations, teachers of talented children, practices of upbringing."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.organizations.models import Programme
from apps.registers.models.base import Entry
from apps.registers.querysets import EntryQuerySet, PracticeQuerySet

TRAINING_LASTS = timedelta(days=3 * 365)  # teachers are trained every three years (273-ФЗ, article 47)


class EducationalProgramme(Entry):
    """A programme that an organisation teaches, with the result of its expertise."""

    register_code = "programmes"

    class Demand(models.TextChoices):
        FULL = "full", "соответствует запросу"
        PARTLY = "partly", "соответствует частично"
        NONE = "none", "не соответствует"
        UNKNOWN = "unknown", "не изучено"

    class Expertise(models.TextChoices):
        NOT_YET = "not_yet", "не проводилась"
        APPROVED = "approved", "рекомендована"
        REMARKS = "remarks", "есть замечания"
        DECLINED = "declined", "не рекомендована"

    class Materials(models.TextChoices):
        FULL = "full", "обеспечена полностью"
        PARTLY = "partly", "обеспечена частично"
        NONE = "none", "не обеспечена"

    name = models.CharField("название программы", max_length=250)
    level = models.CharField("уровень", max_length=12, choices=Programme.choices)
    demand = models.CharField("запрос семей", max_length=8, choices=Demand.choices, default=Demand.UNKNOWN)
    technologies = models.CharField("технологии", max_length=400, blank=True, help_text="Какие применяются.")
    expertise = models.CharField("экспертиза", max_length=8, choices=Expertise.choices, default=Expertise.NOT_YET)
    expertise_on = models.DateField("дата экспертизы", null=True, blank=True)
    materials = models.CharField("учебно-методический комплект", max_length=8, choices=Materials.choices)
    materials_note = models.CharField("чего не хватает", max_length=300, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = "программа"
        verbose_name_plural = "программы"
        ordering = ("organization", "level", "name")
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=("organization", "level", "name"),
                condition=Q(archived_at__isnull=True),
                name="one_programme",
                violation_error_message="Такая программа этого уровня у организации уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(expertise="not_yet") | Q(expertise_on__isnull=False),
                name="expertise_has_day",
                violation_error_message="Экспертиза проведена — укажите её дату.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TalentTeacher(Entry):
    """A teacher who works with talented children: name and post only, never results of pupils."""

    register_code = "talent-teachers"

    person = models.CharField("фамилия, имя, отчество", max_length=150)
    post = models.CharField("должность", max_length=150)
    work = models.CharField("с кем и как работает", max_length=300, help_text="Кружок, олимпиада, научное общество.")
    awards = models.CharField("награды", max_length=400, blank=True, help_text="Награды самого педагога.")
    practices = models.CharField("опубликованные практики", max_length=400, blank=True, help_text="Название и где.")
    training = models.CharField("обучение работе с талантливыми детьми", max_length=300, blank=True)
    trained_on = models.DateField("дата обучения", null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = "педагог"
        verbose_name_plural = "педагоги, работающие с талантливыми детьми"
        ordering = ("organization", "person")
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=("organization", "person"),
                condition=Q(archived_at__isnull=True),
                name="one_talent_teacher",
                violation_error_message="Этот педагог у организации уже внесён.",
            ),
            models.CheckConstraint(
                condition=Q(training="", trained_on__isnull=True) | ~Q(training="") & Q(trained_on__isnull=False),
                name="training_has_day",
                violation_error_message="Обучение и его дата указываются вместе.",
            ),
        ]

    def __str__(self) -> str:
        return self.person

    @property
    def training_state(self) -> str:
        """What the list says about training, with its date."""
        if self.trained_on is None:
            return "не обучен"
        day = f"{self.trained_on:%d.%m.%Y}"
        return f"{day}, больше трёх лет назад" if self.trained_on < fresh_since() else day


def fresh_since() -> date:
    """The first day whose training is not yet three years old."""
    return timezone.localdate() - TRAINING_LASTS


class UpbringingPractice(Entry):
    """A practice of upbringing offered to the bank; a methodologist accepts it or gives it back."""

    register_code = "practices"

    class Direction(models.TextChoices):
        CIVIC = "civic", "гражданское"
        PATRIOTIC = "patriotic", "патриотическое"
        MORAL = "moral", "духовно-нравственное"
        AESTHETIC = "aesthetic", "эстетическое"
        PHYSICAL = "physical", "физическое, здоровье"
        LABOUR = "labour", "трудовое"
        ECOLOGICAL = "ecological", "экологическое"
        KNOWLEDGE = "knowledge", "ценности научного познания"

    class State(models.TextChoices):
        PROPOSED = "proposed", "предложена"
        ACCEPTED = "accepted", "принята в банк"
        RETURNED = "returned", "возвращена"

    title = models.CharField("название", max_length=200)
    direction = models.CharField("направление воспитания", max_length=12, choices=Direction.choices)
    text = models.TextField("суть практики", max_length=3000, help_text="Что делается, для кого, что получилось.")
    link = models.URLField("ссылка на материалы", blank=True)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.PROPOSED, editable=False)
    remark = models.CharField("замечание методиста", max_length=500, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reviewed_at = models.DateTimeField("рассмотрена", null=True, blank=True, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = "практика воспитания"
        verbose_name_plural = "практики воспитания"
        ordering = ("direction", "title")
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=("organization", "title"),
                condition=Q(archived_at__isnull=True),
                name="one_practice",
                violation_error_message="Практика с таким названием у организации уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(reviewed_at__isnull=False), name="practice_reviewed_when"
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(remark=""), name="practice_returned_why"),
        ]

    def __str__(self) -> str:
        return self.title
