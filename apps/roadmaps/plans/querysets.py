"""Reads of roadmaps and measures: who sees what, and measures by their state."""

from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils import timezone

IN_FORCE = ("in_force", "finished")


def _addressed_to(organization: Any) -> Q:
    """Measures that name the organisation, or its kind and features, or nobody: then they are for all."""
    from apps.roadmaps.plans.models import Measure

    named = Measure.organizations.through.objects.filter(measure=OuterRef("pk"))
    kind = Q(kinds=[]) | Q(kinds__contains=[organization.kind])
    feature = Q(features=[]) | Q(features__overlap=sorted(organization.all_features))
    return Q(Exists(named.filter(organization=organization))) | (~Exists(named) & kind & feature)


class RoadmapMeasureQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "RoadmapMeasureQuerySet":
        """The authority sees all; a school its own programme and what is addressed to it; a person what they answer
        for. Drafts of others are not seen."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        mine = Q(person=user, roadmap__state__in=IN_FORCE)
        if not user.is_school or user.organization is None:
            return self.filter(mine)
        place = user.organization
        own = Q(roadmap__kind="school", roadmap__organization=place)
        based_here = Q(roadmap__organization=place, roadmap__state__in=IN_FORCE)
        addressed = (
            _addressed_to(place)
            & ~Q(roadmap__kind="school")
            & Q(roadmap__state__in=IN_FORCE)
            & (Q(direction=None) | Q(direction__is_active=True))
            & (Q(roadmap__kind="direction") | Q(organizations=place))
        )
        shown = type(self)(self.model).filter(own | based_here | mine | addressed)
        return self.filter(pk__in=shown.values("pk"))

    def with_details(self) -> "RoadmapMeasureQuerySet":
        found = self.select_related("roadmap__organization", "roadmap__direction", "direction", "stage", "person")
        return found.prefetch_related("organizations")

    def in_plan_order(self) -> "RoadmapMeasureQuerySet":
        return self.order_by("starts_on", "due_on", "pk")

    def by_urgency(self) -> "RoadmapMeasureQuerySet":
        """What is to be done first, the earliest term above; what is closed last."""
        closed = Case(When(done_on=None, dropped_on=None, then=Value(0)), default=Value(1))
        return self.order_by(closed, "due_on", "pk")

    def unfinished(self) -> "RoadmapMeasureQuerySet":
        """Neither done nor taken off, in a roadmap that is carried out."""
        return self.filter(done_on=None, dropped_on=None, roadmap__state="in_force")

    def overdue(self) -> "RoadmapMeasureQuerySet":
        return self.unfinished().filter(due_on__lt=timezone.localdate())

    def in_state(self, state: str) -> "RoadmapMeasureQuerySet":
        """The state as `Measure.state` says it."""
        today = timezone.localdate()
        open_ = Q(done_on=None, dropped_on=None)
        on_time = open_ & Q(due_on__gte=today)
        moved = Q(moved_from__isnull=False)
        states = {
            "done": Q(done_on__isnull=False),
            "dropped": Q(dropped_on__isnull=False),
            "overdue": open_ & Q(due_on__lt=today),
            "moved": on_time & moved,
            "planned": on_time & ~moved & Q(starts_on__gt=today),
            "on_time": on_time & ~moved & Q(starts_on__lte=today),
        }
        return self.filter(states[state])

    def without_person(self) -> "RoadmapMeasureQuerySet":
        """Unfinished measures of the authority's plans that nobody with a current role answers for."""
        from apps.accounts.models import Membership

        working = Membership.objects.current().filter(user=OuterRef("person"))
        return self.unfinished().exclude(roadmap__kind="school").filter(~Exists(working))


class RoadmapQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "RoadmapQuerySet":
        """The authority sees all; a school its own, those of directions in force and those that name it; a person
        those in which they answer for something."""
        from apps.roadmaps.plans.models import Measure

        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        has_measures = Q(pk__in=Measure.objects.visible_to(user).values("roadmap"))
        if not user.is_school or user.organization is None:
            return self.filter(has_measures)
        own = Q(organization=user.organization) & (Q(kind="school") | Q(state__in=IN_FORCE))
        common = Q(kind="direction", state__in=IN_FORCE, direction__is_active=True)
        return self.filter(own | common | has_measures)

    def editable_by(self, user: Any) -> "RoadmapQuerySet":
        """The department keeps the authority's plans; a school its own programme."""
        if not user.is_authenticated:
            return self.none()
        if user.is_department:
            return self.exclude(kind="school")
        if user.is_school and user.organization is not None:
            return self.filter(kind="school", organization=user.organization)
        return self.none()

    def with_counts(self) -> "RoadmapQuerySet":
        """`total` without those taken off, `done`, `late`."""
        kept = Q(measures__dropped_on=None)
        late = kept & Q(measures__done_on=None, measures__due_on__lt=timezone.localdate())
        return self.annotate(
            total=Count("measures", filter=kept),
            done=Count("measures", filter=Q(measures__done_on__isnull=False)),
            late=Count("measures", filter=late),
        )
