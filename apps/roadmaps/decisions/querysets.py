"""Reads of decisions and of the lines in which they are executed."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from apps.accounts.models import Membership
from apps.accounts.roles import AUTHORITY, SCHOOL, Role

OPEN = ("given", "received", "returned")  # the executor has something to do
ACTIVE = (*OPEN, "reported")
ADDRESSED = ("in_force", "cancelled")  # what is only prepared reaches nobody outside


def _reaches(user: Any, prefix: str = "") -> Q:
    """Lines that reach a person outside the authority."""
    mine = Q(**{f"{prefix}person": user})
    if user.is_school and user.organization:
        return mine | Q(**{f"{prefix}organization": user.organization})
    if user.role == Role.ASSOCIATION_LEADER:
        return mine | Q(**{f"{prefix}association__leader": user})
    return Q(pk__in=[])


def _controls_still(user_field: str, organization: str) -> Exists:
    """Whether the person named as controller still has a post: at the authority, or at the deciding organisation."""
    current = Membership.objects.current().filter(user=OuterRef(user_field))
    at_authority = Q(role__in=AUTHORITY)
    is_open = Q(organization__closed_on=None) | Q(organization__closed_on__gt=timezone.localdate())
    at_school = Q(role__in=SCHOOL, organization=OuterRef(organization)) & is_open
    at_successor = Q(role__in=SCHOOL, organization__predecessors=OuterRef(organization)) & is_open
    return Exists(current.filter(at_authority | at_school | at_successor))


class DecisionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """The authority sees all; an organisation its own and those addressed to it; a leader those to theirs."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not user.is_school and user.role != Role.ASSOCIATION_LEADER:
            return self.none()
        from apps.roadmaps.decisions.models import Assignment

        addressed = Assignment.objects.filter(_reaches(user), item__decision=OuterRef("pk"))
        seen = Q(Exists(addressed), state__in=ADDRESSED)
        return self.filter(seen | Q(organization=user.organization) if user.is_school else seen)

    def editable_by(self, user: Any) -> "DecisionQuerySet":
        """The department keeps the authority's register, a school its own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_department:
            return self.filter(organization=None)
        if user.is_school and user.organization:
            return self.filter(organization=user.organization)
        return self.none()

    def of_authority(self) -> "DecisionQuerySet":
        return self.filter(organization=None)

    def in_force(self) -> "DecisionQuerySet":
        return self.filter(state="in_force")

    def with_progress(self) -> "DecisionQuerySet":
        """With how many lines there are, done, overdue."""
        late = Q(items__lines__state__in=OPEN, items__lines__due_on__lt=timezone.localdate())
        return self.annotate(
            line_count=Count("items__lines", filter=~Q(items__lines__state="withdrawn")),
            done_count=Count("items__lines", filter=Q(items__lines__state="done")),
            overdue_count=Count("items__lines", filter=late),
        )

    def with_control(self) -> "DecisionQuerySet":
        """With `controller_stays`: false where the person named has no post any more."""
        return self.annotate(controller_stays=_controls_still("controller", "organization"))

    def controlled_by(self, user: Any) -> "DecisionQuerySet":
        """Those the person controls: named, or as the head those whose controller is gone or was never named."""
        found = self.with_control()
        named = Q(controller=user)
        if user.role == Role.HEAD:
            return found.filter(named | Q(organization=None) & Q(controller_stays=False))
        if user.role == Role.DIRECTOR:
            own = Q(organization=user.organization) | Q(organization__successor=user.organization)
            return found.filter(named | own & Q(controller_stays=False))
        return found.filter(named)


class ItemQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ItemQuerySet":
        """Items of the decisions one keeps or oversees; others see those that reach them."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not user.is_school and user.role != Role.ASSOCIATION_LEADER:
            return self.none()
        from apps.roadmaps.decisions.models import Assignment

        reached = Exists(Assignment.objects.filter(_reaches(user), item=OuterRef("pk")))
        seen = Q(reached, decision__state__in=ADDRESSED)
        return self.filter(seen | Q(decision__organization=user.organization) if user.is_school else seen)

    def undated(self) -> "ItemQuerySet":
        """Asked of somebody in a decision in force, and without a term."""
        asked = Q(decision__state="in_force", is_heading=False, due_on=None)
        return self.filter(asked).exclude(kind="note")


class ExecutionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "ExecutionQuerySet":
        """The authority sees all; others their own lines, never who else was addressed."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if not user.is_school and user.role != Role.ASSOCIATION_LEADER:
            return self.none()
        seen = _reaches(user) & Q(item__decision__state__in=ADDRESSED)
        return self.filter(seen | Q(item__decision__organization=user.organization) if user.is_school else seen)

    def in_force(self) -> "ExecutionQuerySet":
        return self.filter(item__decision__state="in_force").exclude(state="withdrawn")

    def of_authority(self) -> "ExecutionQuerySet":
        return self.filter(item__decision__organization=None)

    def with_details(self) -> "ExecutionQuerySet":
        return self.select_related(
            "item__decision__controller", "item__decision__organization", "organization", "association", "person"
        )

    def with_executors(self) -> "ExecutionQuerySet":
        """What a row of a board shows: no more is joined."""
        return self.select_related("item__decision", "organization", "association")

    def waiting(self) -> "ExecutionQuerySet":
        """Of a decision in force, and the executor has not reported."""
        return self.filter(item__decision__state="in_force", state__in=OPEN)

    def overdue(self) -> "ExecutionQuerySet":
        return self.waiting().filter(due_on__lt=timezone.localdate())

    def closed_late(self) -> "ExecutionQuerySet":
        return self.filter(closed_on__gt=F("due_on"))

    def due_between(self, start: date, end: date) -> "ExecutionQuerySet":
        return self.in_force().filter(due_on__range=(start, end))

    def by_urgency(self) -> "ExecutionQuerySet":
        """What waits for executors first, the earliest term above; then reports to review; what is done last."""
        rank = Case(
            When(state__in=("done", "withdrawn"), then=Value(2)),
            When(state="reported", then=Value(1)),
            default=Value(0),
        )
        return self.order_by(rank, F("due_on").asc(nulls_last=True), "item__decision", "item__position", "pk")

    def count_by_state(self) -> dict[str, int]:
        """How many in each state, overdue, done late; one query."""
        states = {state: Count("pk", filter=Q(state=state)) for state in (*ACTIVE, "done", "withdrawn")}
        late = Q(state__in=OPEN, due_on__lt=timezone.localdate())
        return self.order_by().aggregate(
            **states,
            total=Count("pk"),
            open=Count("pk", filter=Q(state__in=OPEN)),
            overdue=Count("pk", filter=late),
            undated=Count("pk", filter=Q(state__in=OPEN, due_on=None)),
            late=Count("pk", filter=Q(closed_on__gt=F("due_on"))),
        )
