"""Goals: of the region, of the municipality, of an organisation; each may stand under a goal of the level above."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.indicators.models.measures import Direction, Indicator
from apps.indicators.querysets import GoalQuerySet
from apps.organizations.models import Organization


class Goal(models.Model):
    """What is to be achieved and why. The figure to reach by year stands in the targets of its indicator."""

    class Level(models.TextChoices):
        REGIONAL = "regional", "региональная цель"
        MUNICIPAL = "municipal", "муниципальная цель"
        ORGANIZATION = "organization", "цель организации"

    direction = models.ForeignKey(Direction, models.PROTECT, related_name="goals", verbose_name="направление")
    level = models.CharField("уровень", max_length=12, choices=Level.choices)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="goals", verbose_name="организация"
    )
    title = models.CharField("цель", max_length=300)
    rationale = models.TextField("обоснование", max_length=2000)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="goals", verbose_name="показатель"
    )
    # Of the level above: a school's goal serves a municipal one, a municipal goal a regional one.
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="какой цели служит"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("записана", default=timezone.now)
    ended_at = models.DateTimeField("снята", null=True, blank=True)
    end_reason = models.CharField("почему снята", max_length=300, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = "цель"
        verbose_name_plural = "цели"
        ordering = ("direction", "level", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(level="organization", organization__isnull=False)
                | ~Q(level="organization") & Q(organization__isnull=True),
                name="goal_of_organization",
            ),
            models.CheckConstraint(
                condition=~Q(level="regional") | Q(parent__isnull=True), name="regional_goal_is_top"
            ),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(end_reason=""), name="goal_ended_why"),
        ]

    def __str__(self) -> str:
        return self.title
