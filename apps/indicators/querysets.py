"""Reads of the indicators: who sees which number, which version counts in a period."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from apps.core.periods import PeriodSpan

if TYPE_CHECKING:
    from apps.organizations.querysets import OrganizationQuerySet


LEAST_REPORTED = 3
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
        authority's own way of looking and stay with it.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not (user.is_school and user.organization):
            return self.none()
        own = Q(scope="organization", scope_key=str(user.organization.pk))
        return self.filter(own | Q(scope__in=SUMS_FOR_SCHOOLS, reported__gte=LEAST_REPORTED))
