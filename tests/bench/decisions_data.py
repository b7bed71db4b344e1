"""Lines of execution in great number, invented and the same each time."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.organizations.models import Organization
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionItem
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import AuthorityFactory, SchoolFactory

STATES = ("given", "received", "reported", "done", "done")


def five_thousand_lines(*, organizations: int = 100, items: int = 50) -> None:
    """Ten items an order; a line for each organisation and item, in all states, a third of them late."""
    author: Any = MembershipFactory(role="specialist", organization=AuthorityFactory()).user
    places: list[Organization] = SchoolFactory.create_batch(organizations)
    today, now = timezone.localdate(), timezone.now()
    for start in range(0, items, 10):
        order = Decision.objects.create(
            title=f"О мерах, часть {start}", number=f"{author.pk}-{start}", signed_on=today, state="in_force",
            author=author, signed_at=now, signed_by=author, controller=author,
        )  # fmt: skip
        made = DecisionItem.objects.bulk_create(
            DecisionItem(decision=order, position=place, number=f"{place}.", text="Сделать в срок. " * 20,
                         due_on=today + timedelta(days=place - 4))
            for place in range(1, min(10, items - start) + 1)
        )  # fmt: skip
        Assignment.objects.bulk_create(
            _line(item, organization, STATES[(number + place) % len(STATES)], author)
            for place, item in enumerate(made)
            for number, organization in enumerate(places)
        )


def _line(item: DecisionItem, organization: Organization, state: str, by: Any) -> Assignment:
    line = Assignment(item=item, organization=organization, state=state, due_on=item.due_on)
    if state in {"reported", "done"}:
        line.reported_at, line.reported_by, line.closed_on = timezone.now(), by, timezone.localdate()
    return line
