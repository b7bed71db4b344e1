"""Who is invited and came; who answers for the assessment of quality in each organisation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.organizations.models import Organization
from apps.procedures.people.models import Association
from apps.roadmaps.meetings.models.meetings import Meeting, Subgroup
from apps.roadmaps.meetings.querysets import InviteeQuerySet, OfficerQuerySet


class Invitee(models.Model):
    """An organisation, or an association by its leader, at a meeting: subgroup, who came, was the decision read."""

    class Attendance(models.TextChoices):
        UNKNOWN = "unknown", "не отмечено"
        PRESENT = "present", "участвовал"
        EXCUSED = "excused", "нет, причина известна"
        ABSENT = "absent", "не участвовал"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitees", verbose_name="совещание")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="организация"
    )
    association = models.ForeignKey(
        Association, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="методическое объединение"
    )
    subgroup = models.ForeignKey(Subgroup, models.PROTECT, related_name="invitees", verbose_name="подгруппа")
    # The person who is asked to come; empty: the head of the organisation.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.CharField("кто приглашён", max_length=200, blank=True)
    # The name it was invited by, when the organisation has since joined another one.
    invited_as = models.CharField("приглашена как", max_length=200, blank=True)
    attendance = models.CharField("участие", max_length=8, choices=Attendance.choices, default=Attendance.UNKNOWN)
    came = models.CharField("кто участвовал", max_length=200, blank=True)
    read_at = models.DateTimeField("решение прочитано", null=True, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = "участник совещания"
        verbose_name_plural = "участники совещаний"
        ordering = ("meeting", "pk")
        indexes = [models.Index(fields=("organization", "meeting"), name="invitee_of_organization")]
        constraints = [
            models.UniqueConstraint(fields=("meeting", "organization"), name="one_invitee"),
            models.UniqueConstraint(fields=("meeting", "association"), name="one_invited_association"),
            models.CheckConstraint(
                condition=Q(organization__isnull=False, association__isnull=True)
                | Q(organization__isnull=True, association__isnull=False),
                name="invitee_is_one_of_two",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="invitee_read_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return str(self.association or self.organization)

    @property
    def whom(self) -> str:
        """Who is asked to come, in words."""
        if self.association:
            leader = self.association.leader
            return f"{leader}, руководитель объединения" if leader else "руководителя объединения"
        return self.person or "руководителя организации"

    @property
    def tone(self) -> str:
        return {"present": "good", "excused": "warn", "absent": "bad"}.get(self.attendance, "neutral")


class QualityOfficer(models.Model):
    """Who answers for the assessment of quality in an organisation, with history; one at a time."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="quality_officers", verbose_name="организация"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="учётная запись"
    )
    name = models.CharField("фамилия, имя, отчество", max_length=150)
    post = models.CharField("должность", max_length=200)
    phone = models.CharField("телефон", max_length=60, blank=True)
    email = models.EmailField("почта", blank=True)
    since = models.DateField("с какого дня", default=timezone.localdate)
    until = models.DateField("по какой день", null=True, blank=True)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = "ответственный за оценку качества"
        verbose_name_plural = "ответственные за оценку качества"
        ordering = ("organization", "-since", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organization",), condition=Q(until__isnull=True), name="one_current_officer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"
