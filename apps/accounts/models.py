"""Users, their memberships (role in an organisation) and invitations."""

import secrets
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Lower, Replace
from django.utils import timezone

from apps.accounts import roles
from apps.accounts.roles import Role
from apps.core.models import Notice
from apps.organizations.models import Organization


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """A person who logs in by mail address. What they may do comes from the membership they act in."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("почта", unique=True)
    patronymic = models.CharField("отчество", max_length=150, blank=True)
    post = models.CharField("должность", max_length=150, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        verbose_name = "пользователь"
        verbose_name_plural = "пользователи"
        ordering = ("last_name", "first_name", "email")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)

    def get_short_name(self) -> str:
        """«Фамилия И. О.»"""
        initials = " ".join(f"{name[0]}." for name in (self.first_name, self.patronymic) if name)
        return f"{self.last_name} {initials}".strip() or self.email

    @cached_property
    def acting(self) -> "Membership | None":
        """The one membership the person acts in; the middleware sets the chosen one, else the first counts."""
        return Membership.objects.current().filter(user=self).acting().first()

    @property
    def role(self) -> str:
        return self.acting.role if self.acting else ""

    @property
    def organization(self) -> Organization | None:
        return self.acting.organization if self.acting else None

    def has_role(self, *wanted: str) -> bool:
        return self.role in wanted

    @property
    def is_authority(self) -> bool:
        """Reads everything of the municipality."""
        return self.role in roles.AUTHORITY

    @property
    def is_department(self) -> bool:
        """Does the authority's work: campaigns, acceptance, imports, recommendations, reports."""
        return self.role in roles.DEPARTMENT

    @property
    def is_school(self) -> bool:
        return self.role in roles.SCHOOL

    @property
    def can_manage_register(self) -> bool:
        return self.role in roles.DEPARTMENT or self.role == Role.ADMIN


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(ended_at__isnull=True, user__is_active=True)

    def acting(self) -> "MembershipQuerySet":
        """With the organisation and how many notices the person has not read: what every page shows."""
        unread = Notice.objects.unread().filter(user=OuterRef("user")).order_by().values("user")
        counted = Subquery(unread.annotate(count=Count("pk")).values("count"))
        return self.select_related("organization").annotate(unread=Coalesce(counted, 0))

    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Accounts: an administrator and the department see all, a director their organisation's, others their own."""
        if not user.is_authenticated:
            return self.none()
        if user.can_manage_register:
            return self
        if user.role == Role.DIRECTOR:
            return self.filter(organization=user.organization)
        return self.filter(user=user)

    def matching(self, text: str) -> "MembershipQuerySet":
        """Those whose name or mail address holds every word of the text; «ё» is «е»."""
        gap = Value(" ")
        name = Concat(
            "user__last_name",
            gap,
            "user__first_name",
            gap,
            "user__patronymic",
            gap,
            "user__email",
            output_field=models.TextField(),
        )
        found = self.annotate(search_key=Replace(Lower(name), Value("ё"), Value("е"), output_field=models.TextField()))
        for word in text.lower().replace("ё", "е").replace("\x00", "").split():
            found = found.filter(search_key__contains=word)
        return found


class Membership(models.Model):
    """A role of a person in an organisation (the authority is one too)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="пользователь")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="memberships", verbose_name="организация"
    )
    role = models.CharField("роль", max_length=24, choices=Role.choices)
    created_at = models.DateTimeField("назначена", default=timezone.now)
    ended_at = models.DateTimeField("прекращена", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "роль пользователя"
        verbose_name_plural = "роли пользователей"
        ordering = ("created_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "organization", "role"),
                condition=Q(ended_at__isnull=True),
                name="one_current_membership",
                violation_error_message="Эта роль у пользователя уже есть.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organization}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Not yet accepted, withdrawn or expired."""
        since = timezone.now() - Invitation.LIFETIME
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, created_at__gt=since)

    def visible_to(self, user: Any) -> "InvitationQuerySet":
        """The authority's keepers see all, a director those to their organisation."""
        if not user.is_authenticated:
            return self.none()
        if user.can_manage_register:
            return self
        return self.filter(organization=user.organization) if user.role == Role.DIRECTOR else self.none()


def _token() -> str:
    return secrets.token_urlsafe(32)


secret_token = _token  # migrations know it by its first name


class CalendarKey(models.Model):
    """The secret part of the address by which a person's calendar is read without a log-in."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_key", verbose_name="чей календарь")
    token = models.CharField("ключ", max_length=64, unique=True, default=_token, editable=False)
    created_at = models.DateTimeField("выдан", default=timezone.now)

    class Meta:
        verbose_name = "адрес календаря"
        verbose_name_plural = "адреса календарей"

    def __str__(self) -> str:
        return f"календарь: {self.user}"


class Invitation(models.Model):
    """An offer of a role, sent by mail; the only way to an account."""

    LIFETIME = timedelta(days=14)

    token = models.CharField("ключ", max_length=64, unique=True, default=_token, editable=False)
    email = models.EmailField("почта")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="организация")
    role = models.CharField("роль", max_length=24, choices=Role.choices)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("создано", default=timezone.now)
    accepted_at = models.DateTimeField("принято", null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("отозвано", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}, {self.organization}"

    @property
    def is_open(self) -> bool:
        return not self.accepted_at and not self.withdrawn_at and timezone.now() < self.created_at + self.LIFETIME
