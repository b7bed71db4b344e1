"""A draft opened to the public council: comments with author and date, one vote a member."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.library.documents.models import DocumentVersion


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    def visible_to(self, user: Any) -> "DiscussionQuerySet":
        """The authority and the members of the council."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_authority or user.role == Role.PUBLIC_REPRESENTATIVE else self.none()

    def running(self) -> "DiscussionQuerySet":
        return self.filter(closed_at__isnull=True, closes_on__gte=timezone.localdate())


class Discussion(models.Model):
    """A draft of a document before the council, with the question to vote on. Its last day is wholly open."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="discussions", verbose_name="проект")
    question = models.CharField("вопрос", max_length=500)
    closes_on = models.DateField("обсуждение до")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто открыл")
    opened_at = models.DateTimeField("открыто", default=timezone.now)
    closed_at = models.DateTimeField("закрыто раньше срока", null=True, blank=True)
    outcome = models.TextField("итог", max_length=5000, blank=True)

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        verbose_name = "обсуждение с советом"
        verbose_name_plural = "обсуждения с советом"
        ordering = ("-opened_at", "-pk")

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("library:discussion", args=[self.pk])

    @property
    def is_running(self) -> bool:
        """To the last second of `closes_on` in the municipality's time."""
        return self.closed_at is None and timezone.localdate() <= self.closes_on

    @property
    def state_text(self) -> str:
        return f"идёт до {self.closes_on:%d.%m.%Y} включительно" if self.is_running else "завершено"

    @property
    def tone(self) -> str:
        return "info" if self.is_running else "neutral"


class Comment(models.Model):
    """What somebody wrote about a draft. Never changed, never deleted."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="comments", verbose_name="обсуждение")
    text = models.TextField("комментарий", max_length=20_000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "комментарий"
        verbose_name_plural = "комментарии"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:60]


class Vote(models.Model):
    """A member's vote; it may be changed while the discussion runs."""

    class Choice(models.TextChoices):
        FOR = "for", "за"
        AGAINST = "against", "против"
        ABSTAIN = "abstain", "воздерживаюсь"

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="votes", verbose_name="обсуждение")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто")
    choice = models.CharField("голос", max_length=8, choices=Choice.choices)
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "голос"
        verbose_name_plural = "голоса"
        ordering = ("at", "pk")
        constraints = [models.UniqueConstraint(fields=("discussion", "member"), name="one_vote")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_choice_display()}"
