"""The register of people: who they are, what they may do, accreditation and training as recorded from elsewhere."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Invitation, User
from apps.organizations.models import Organization
from apps.procedures.people.querysets import PersonQuerySet


class Capacity(models.TextChoices):
    """What a person does at a procedure."""

    OBSERVER = "observer", "наблюдатель"
    EXPERT = "expert", "эксперт"
    COORDINATOR = "coordinator", "координатор"
    PUBLIC = "public", "представитель общественности"


class Person(models.Model):
    """A person of the register; no more personal data than the work needs: a name, a place of work, a work contact.

    `avoids` are organisations where the person must not be sent; why (a child, a relative) is not kept.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "предложен"
        ACTIVE = "active", "в реестре"
        DECLINED = "declined", "отклонён"
        ARCHIVED = "archived", "в архиве"

    last_name = models.CharField("фамилия", max_length=80)
    first_name = models.CharField("имя", max_length=80)
    patronymic = models.CharField("отчество", max_length=80, blank=True)
    capacities = ArrayField(models.CharField(max_length=12, choices=Capacity.choices), verbose_name="кем участвует")
    workplace = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="место работы"
    )
    employer = models.CharField("другое место работы или общественная организация", max_length=200, blank=True)
    email = models.EmailField("рабочая почта", blank=True)
    phone = models.CharField("рабочий телефон", max_length=40, blank=True)
    subjects = models.ManyToManyField("procedures.Subject", blank=True, related_name="+", verbose_name="предметы")
    avoids = models.ManyToManyField(
        Organization, blank=True, related_name="+", verbose_name="организации, куда не назначать"
    )
    consent_on = models.DateField("согласие на обработку персональных данных получено")
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.ACTIVE)
    # A school registers public participants of its own, a leader of an association nominates experts.
    registered_by = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField("обоснование", max_length=2000, blank=True)
    decision = models.TextField("причина решения", max_length=1000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("решение принято", null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("внесён", default=timezone.now)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "участник процедур"
        verbose_name_plural = "участники процедур"
        ordering = ("last_name", "first_name", "patronymic", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(capacities__len__gte=1), name="person_has_capacity"),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(decided_at__isnull=False) & ~Q(decision=""),
                name="person_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)

    def get_absolute_url(self) -> str:
        return reverse("procedures:person", args=[self.pk])

    @property
    def short_name(self) -> str:
        """«Фамилия И. О.»"""
        initials = " ".join(f"{name[0]}." for name in (self.first_name, self.patronymic) if name)
        return f"{self.last_name} {initials}".strip()

    @property
    def capacities_text(self) -> str:
        return ", ".join(Capacity(capacity).label for capacity in self.capacities)

    @property
    def works_at(self) -> str:
        return str(self.workplace) if self.workplace else self.employer

    @property
    def account(self) -> User | None:
        """Who logs in as this person: linked at once, or through an accepted invitation."""
        if self.user_id:
            return self.user
        return self.invitation.accepted_by if self.invitation else None

    @property
    def tone(self) -> str:
        return {"proposed": "warn", "active": "good", "declined": "bad"}.get(self.state, "neutral")

    def accreditation_state(self, day: date | None = None) -> str:
        """`valid`, `soon` (ends within 30 days), `expired` or `none`; reads prefetched accreditations."""
        on = day or timezone.localdate()
        known = list(self.accreditations.all())
        holding = [each for each in known if each.valid_from <= on <= each.valid_to]
        if holding:
            return "soon" if max(each.valid_to for each in holding) <= on + Accreditation.SOON else "valid"
        return "expired" if known else "none"


class Accreditation(models.Model):
    """An accreditation as its issuing body gave it: the portal only records it."""

    SOON = timedelta(days=30)

    person = models.ForeignKey(Person, models.CASCADE, related_name="accreditations")
    issuer = models.CharField("кем выдана", max_length=200)
    number = models.CharField("номер", max_length=60)
    valid_from = models.DateField("действует с")
    valid_to = models.DateField("действует по")

    class Meta:
        verbose_name = "аккредитация"
        verbose_name_plural = "аккредитации"
        ordering = ("-valid_to", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="accreditation_days_in_order",
                violation_error_message="Окончание срока раньше начала.",
            ),
            models.UniqueConstraint(fields=("person", "issuer", "number"), name="one_accreditation"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} ({self.issuer}), {self.valid_from:%d.%m.%Y}–{self.valid_to:%d.%m.%Y}"


class Training(models.Model):
    """A course or instruction that the person has passed."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="trainings")
    title = models.CharField("обучение", max_length=200)
    completed_on = models.DateField("пройдено")

    class Meta:
        verbose_name = "обучение участника"
        verbose_name_plural = "обучение участников"
        ordering = ("-completed_on", "-pk")

    def __str__(self) -> str:
        return f"{self.title}, {self.completed_on:%d.%m.%Y}"
