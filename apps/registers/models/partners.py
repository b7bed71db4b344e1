"""Agreements with partners, joint actions of departments, professions that are needed and chosen."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from apps.organizations.models import Organization
from apps.registers.models.base import Entry
from apps.registers.querysets import AgreementQuerySet, EntryQuerySet, OpenQuerySet

YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class Agreement(Entry):
    """An agreement with a partner, and the schools that work by it."""

    register_code = "agreements"

    class Kind(models.TextChoices):
        COLLEGE = "college", "профессиональная образовательная организация"
        ENTERPRISE = "enterprise", "предприятие"
        UNIVERSITY = "university", "вуз"
        OTHER = "other", "другой партнёр"

    partner = models.CharField("партнёр", max_length=250)
    kind = models.CharField("вид партнёра", max_length=10, choices=Kind.choices)
    subject = models.CharField("о чём", max_length=300)
    signed_on = models.DateField("заключено")
    ends_on = models.DateField("действует по", null=True, blank=True, help_text="Пусто — бессрочно.")
    schools = models.ManyToManyField(Organization, related_name="agreements", verbose_name="школы")

    objects = AgreementQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = "соглашение"
        verbose_name_plural = "соглашения с партнёрами"
        ordering = ("partner", "signed_on")
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=("organization", "partner", "signed_on"),
                condition=Q(archived_at__isnull=True),
                name="one_agreement",
                violation_error_message="Соглашение с этим партнёром от этой даты уже внесено.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("signed_on")),
                name="agreement_days_in_order",
                violation_error_message="Окончание раньше дня, когда соглашение заключено.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}, {self.signed_on:%d.%m.%Y}" if self.signed_on else self.partner

    @property
    def term(self) -> str:
        """Until when it is in force, for the list."""
        if self.ends_on is None:
            return "бессрочно"
        over = self.ends_on < timezone.localdate()
        return f"{'истекло' if over else 'по'} {self.ends_on:%d.%m.%Y}"


class JointAction(Entry):
    """An action of the authority together with another department."""

    register_code = "joint-actions"

    class Direction(models.TextChoices):
        SPORT = "sport", "спорт"
        CULTURE = "culture", "культура"
        YOUTH = "youth", "молодёжная политика"
        HEALTH = "health", "здравоохранение"
        OTHER = "other", "другое"

    partner = models.CharField("партнёр (ведомство)", max_length=250)
    direction = models.CharField("направление", max_length=8, choices=Direction.choices)
    title = models.CharField("что проведено", max_length=300)
    held_on = models.DateField("дата")
    result = models.TextField("результат", max_length=1000, blank=True, help_text="Сколько детей, что получилось.")

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = "межведомственное действие"
        verbose_name_plural = "межведомственные действия"
        ordering = ("-held_on", "title")
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=("partner", "title", "held_on"),
                condition=Q(archived_at__isnull=True),
                name="one_joint_action",
                violation_error_message="Это действие уже внесено.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProfessionGroup(models.TextChoices):
    """Enlarged groups of professions: the portal's own proposal, wide enough to compare needs with choices."""

    ENGINEERING = "engineering", "инженерное дело, промышленность"
    BUILDING = "building", "строительство"
    TRANSPORT = "transport", "транспорт"
    COMPUTING = "computing", "информационные технологии"
    AGRICULTURE = "agriculture", "сельское хозяйство"
    HEALTH = "health", "здравоохранение"
    TEACHING = "teaching", "образование и педагогика"
    ECONOMICS = "economics", "экономика и управление"
    LAW = "law", "право и безопасность"
    SERVICES = "services", "торговля и услуги"
    CULTURE = "culture", "культура и искусство"
    OTHER = "other", "другое"


class LabourNeed(Entry):
    """How many people of a group of professions the region needs in a year, by the source that says so."""

    register_code = "labour-needs"

    group = models.CharField("группа профессий", max_length=12, choices=ProfessionGroup.choices)
    year = models.PositiveSmallIntegerField("год", validators=YEARS)
    count = models.PositiveIntegerField("нужно человек")
    source = models.CharField("источник", max_length=300, help_text="Прогноз, письмо службы занятости, его дата.")

    objects = OpenQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = "потребность рынка труда"
        verbose_name_plural = "потребности рынка труда"
        ordering = ("-year", "group")
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=("group", "year"),
                condition=Q(archived_at__isnull=True),
                name="one_labour_need",
                violation_error_message="Потребность этой группы за этот год уже внесена.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}, {self.year}"


class GraduateChoice(Entry):
    """How many graduates of a school chose a group of professions: counts only."""

    register_code = "graduate-choices"

    class After(models.TextChoices):
        NINTH = "9", "после 9 класса"
        ELEVENTH = "11", "после 11 класса"

    group = models.CharField("группа профессий", max_length=12, choices=ProfessionGroup.choices)
    year = models.PositiveSmallIntegerField("год выпуска", validators=YEARS)
    after = models.CharField("выпуск", max_length=2, choices=After.choices)
    count = models.PositiveIntegerField("выбрали человек")

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = "выбор выпускников"
        verbose_name_plural = "выбор выпускников"
        ordering = ("-year", "organization", "after", "group")
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=("organization", "year", "after", "group"),
                condition=Q(archived_at__isnull=True),
                name="one_graduate_choice",
                violation_error_message="Выбор этой группы за этот год и выпуск уже внесён.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}, {self.year}, {self.get_after_display()}"
