"""Reads of the room's models that chain."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from apps.accounts.roles import Role


def _subjects_led_by(user: Any) -> models.QuerySet[Any]:
    """As a subquery: joined, a subject of two associations would count every result twice in the sums of a page."""
    from apps.procedures.models import Subject

    return Subject.objects.filter(associations__leader=user).values("pk")


class ProcedureQuerySet(models.QuerySet[Any]):
    def with_results(self) -> "ProcedureQuerySet":
        """Those that have results of at least one school."""
        from apps.procedures.models import ResultAggregate

        return self.filter(Exists(ResultAggregate.objects.filter(procedure=OuterRef("pk"))))

    def visible_to(self, user: Any) -> "ProcedureQuerySet":
        """The authority sees all; a school those in which it took part; the leader of an association those of its
        subjects; nobody else any."""
        from apps.procedures.models import ResultAggregate

        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            own = ResultAggregate.objects.filter(procedure=OuterRef("pk"), school__organization=user.organization)
            return self.filter(Exists(own))
        if user.role == Role.ASSOCIATION_LEADER:
            return self.filter(subject__in=_subjects_led_by(user))
        return self.none()

    def planned(self) -> "ProcedureQuerySet":
        """Those that stand on the schedule: not taken off it."""
        return self.filter(cancelled_on__isnull=True)

    def between(self, first: date, last: date) -> "ProcedureQuerySet":
        """Those whose day, or a day of whose window, lies between the two days."""
        by_window = Q(held_on__isnull=True, window_starts_on__lte=last, window_ends_on__gte=first)
        open_end = Q(held_on__isnull=True, window_ends_on__isnull=True, window_starts_on__range=(first, last))
        return self.filter(Q(held_on__range=(first, last)) | by_window | open_end)

    def plan_visible_to(self, user: Any) -> "ProcedureQuerySet":
        """Plans: the authority reads all, a school those of all and its own; results are another matter."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.filter(Q(organization__isnull=True) | Q(organization=user.organization))
        return self.none()


class AggregateQuerySet(models.QuerySet[Any]):
    def ours(self) -> "AggregateQuerySet":
        """Of our own organisations; other schools of a file are benchmarks."""
        return self.filter(school__organization__isnull=False)

    def visible_to(self, user: Any) -> "AggregateQuerySet":
        """Results of single schools: all for the authority, its own for a school, its subjects for an association."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.filter(school__organization=user.organization)
        if user.role == Role.ASSOCIATION_LEADER:
            return self.filter(procedure__subject__in=_subjects_led_by(user))
        return self.none()


class BatchQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "BatchQuerySet":
        """Uploads are the department's work; the rest of the authority may look."""
        return self if user.is_authenticated and user.is_authority else self.none()


class ResultFileQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ResultFileQuerySet":
        return self if user.is_authenticated and user.is_authority else self.none()

    def awaiting_decision(self) -> "ResultFileQuerySet":
        """Files that a person has to look at: their work is not named, or rows are held."""
        return self.filter(models.Q(state="unclear") | models.Q(quarantined_rows__state="held")).distinct()
