"""Reads of campaigns and submissions."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.collection.states import State

AWAITING_ORGANIZATION = (State.NOT_STARTED, State.DRAFT, State.RETURNED)


def _past(own: str, common: str, today: date) -> Q:
    """Whether the own day, or the common one where there is no own, is over."""
    return Q(**{f"{own}__lt": today}) | Q(**{f"{own}__isnull": True, f"{common}__lt": today})


class FormQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "FormQuerySet":
        """The authority sees drafts too; whoever fills forms sees those that were published."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_authority else self.filter(published_at__isnull=False)


class CampaignQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "CampaignQuerySet":
        """The authority sees all; a school the opened ones that ask something of it."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not user.is_school or user.organization is None:
            return self.none()
        return self.filter(submissions__organization=user.organization, opens_on__lte=timezone.localdate()).distinct()

    def with_counts(self, today: date | None = None) -> "CampaignQuerySet":
        """`asked`, `handed_in`, `accepted`, `late` submissions of each."""
        today = today or timezone.localdate()
        waiting = Q(submissions__state__in=AWAITING_ORGANIZATION)
        return self.annotate(
            asked=Count("submissions"),
            handed_in=Count("submissions", filter=Q(submissions__state=State.SUBMITTED)),
            accepted=Count("submissions", filter=Q(submissions__state=State.ACCEPTED)),
            late=Count("submissions", filter=waiting & _past("submissions__extended_to", "due_on", today)),
        )


class SubmissionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "SubmissionQuerySet":
        """The authority sees all; a school its own of opened campaigns; others none."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not user.is_school or user.organization is None:
            return self.none()
        return self.filter(organization=user.organization, campaign__opens_on__lte=timezone.localdate())

    def awaiting_organization(self) -> "SubmissionQuerySet":
        return self.filter(state__in=AWAITING_ORGANIZATION)

    def late(self, today: date | None = None) -> "SubmissionQuerySet":
        """Due passed and not handed in."""
        return self.with_due().filter(due__lt=today or timezone.localdate(), state__in=AWAITING_ORGANIZATION)

    def with_due(self) -> "SubmissionQuerySet":
        """`due`: the organisation's own day of delivery, or the campaign's."""
        return self.annotate(due=Coalesce("extended_to", "campaign__due_on"))

    def of_open_campaigns(self, today: date | None = None) -> "SubmissionQuerySet":
        """Those that can still be handed in or reviewed."""
        return self.filter(campaign__state="open", campaign__opens_on__lte=today or timezone.localdate())

    def with_progress(self) -> "SubmissionQuerySet":
        """`filled`: required rows that have a value or a reason; `needed` stands in the form."""
        answered = Q(answers__number__isnull=False) | ~Q(answers__absence_reason="") | ~Q(answers__text="")
        return self.annotate(
            filled=Count(
                "answers",
                filter=Q(answers__field__is_required=True) & ~Q(answers__field__reuse="take") & answered,
                distinct=True,
            )
        )


class UploadQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "UploadQuerySet":
        """Who may see the submission may see its uploaded workbooks."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not user.is_school or user.organization is None:
            return self.none()
        opened = Q(submission__campaign__opens_on__lte=timezone.localdate())
        return self.filter(opened, submission__organization=user.organization)


class OwnQuerySet(models.QuerySet[Any]):
    """What belongs to one organisation from the beginning."""

    def visible_to(self, user: Any) -> Self:
        """The authority sees all; a school its own; others none."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not user.is_school or user.organization is None:
            return self.none()
        return self.filter(organization=user.organization)


class SelfExaminationQuerySet(OwnQuerySet):
    """Reports on self-examination."""


class AchievementQuerySet(OwnQuerySet):
    """Counts of achievements."""


class SiteLinkQuerySet(OwnQuerySet):
    """Required documents of sites."""


class StatisticsQuerySet(OwnQuerySet):
    """Forms of federal statistics; a school sees those known as its own."""
