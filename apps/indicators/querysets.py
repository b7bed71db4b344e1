"""Reads of the indicators: who sees which number, which version counts in a period."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from apps.core.periods import PeriodSpan

if TYPE_CHECKING:
    from apps.organizations.querysets import OrganizationQuerySet


LEAST_REPORTED = 3
LEAST_SIMILAR = 5
SUMS_FOR_SCHOOLS = ("municipality", "kind", "locality")


class PackQuerySet(models.QuerySet[Any]):
    def for_organization(self, organization: Any) -> list[Any]:
        """Packs that the organisation is expected to fill, by its kind and programmes."""
        own = set(organization.programmes)
        return [
            pack
            for pack in self
            if (not pack.kinds or organization.kind in pack.kinds)
            and (not pack.programmes or own.intersection(pack.programmes))
        ]


def organizations_of(pack: Any, span: PeriodSpan) -> "OrganizationQuerySet":
    """Organisations that are expected to fill the pack for the period: those open on its last day."""
    from apps.organizations.models import Organization

    found = Organization.objects.educational().active(span.ends_on)
    if pack.kinds:
        found = found.filter(kind__in=pack.kinds)
    return found.delivering(pack.programmes) if pack.programmes else found


class IndicatorQuerySet(models.QuerySet[Any]):
    def measured(self) -> "IndicatorQuerySet":
        """Used indicators without the headings."""
        return self.filter(is_group=False, is_active=True)


class VersionQuerySet(models.QuerySet[Any]):
    def current(self) -> "VersionQuerySet":
        return self.filter(valid_to__isnull=True)

    def in_force(self, on: date) -> "VersionQuerySet":
        """Versions that count on the day; of a period its last day decides."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        return self.filter(begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=on)))

    def counted(self, on: date) -> "VersionQuerySet":
        """Of indicators in use on the day: one switched off later keeps its figures of the years before."""
        return self.filter(Q(indicator__is_active=True) | Q(indicator__switched_off_on__gt=on))


class ValueQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ValueQuerySet":
        """The authority sees all values, a school its own; what is published is read from releases."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school:
            return self.filter(organization=user.organization)
        return self.none()


class AggregateQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "AggregateQuerySet":
        """The authority sees all figures; a school its own and the sums that give away no other organisation.

        A sum over fewer than three organisations would: subtract your own and the other remains. Groups are the
        authority's own way of looking and stay with it; of clusters a school sees its own, from five members on.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not (user.is_school and user.organization):
            return self.none()
        own = Q(scope="organization", scope_key=str(user.organization.pk))
        similar = Q(scope="group", scope_key__in=_own_clusters(user), reported__gte=LEAST_SIMILAR)
        return self.filter(own | similar | Q(scope__in=SUMS_FOR_SCHOOLS, reported__gte=LEAST_REPORTED))


def _own_clusters(user: Any) -> list[str]:
    from apps.organizations.models import Group

    found = user.organization.groups.filter(kind=Group.Kind.CLUSTER).values_list("pk", flat=True)
    return [str(pk) for pk in found]


class DirectionQuerySet(models.QuerySet[Any]):
    def in_use(self) -> "DirectionQuerySet":
        """Those switched on: the others are in no menu and no form to come; their history stays."""
        return self.filter(is_active=True)


class TargetQuerySet(models.QuerySet[Any]):
    def current(self) -> "TargetQuerySet":
        """Those in force; the others are history."""
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: Any) -> "TargetQuerySet":
        """The authority sees all; a school those of the municipality, of its kind and its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not (user.is_school and user.organization):
            return self.none()
        own = Q(scope="organization", scope_key=str(user.organization.pk))
        similar = Q(scope="group", scope_key__in=_own_clusters(user))
        return self.filter(own | similar | Q(scope="municipality") | Q(scope="kind", scope_key=user.organization.kind))


class ApprovedSetQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ApprovedSetQuerySet":
        """What is measured is open to everybody who is measured."""
        return self if user.is_authenticated else self.none()


class CauseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "CauseQuerySet":
        """The words of the authority may name organisations: the authority reads them, others in the annual report."""
        return self if user.is_authenticated and user.is_authority else self.none()


class GoalQuerySet(models.QuerySet[Any]):
    def current(self) -> "GoalQuerySet":
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: Any) -> "GoalQuerySet":
        """Goals of the region and the municipality are open to every school; of organisations it sees its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not (user.is_school and user.organization):
            return self.none()
        return self.filter(Q(organization__isnull=True) | Q(organization=user.organization))

    def without_link(self) -> "GoalQuerySet":
        """Goals that serve no goal of the level above."""
        return self.filter(parent__isnull=True).exclude(level="regional")
