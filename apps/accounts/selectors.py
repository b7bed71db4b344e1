"""Reads that join several models of the accounts."""

from dataclasses import dataclass

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.accounts.services import may_grant
from apps.core import events
from apps.core.models import Event

DEMO_DOMAIN = "@demo.invalid"


def demo_memberships() -> list[Membership]:
    """The accounts of a demonstration, in the order of roles; only invented addresses are ever offered."""
    order = {role.value: place for place, role in enumerate(Role)}
    found = Membership.objects.current().filter(user__email__endswith=DEMO_DOMAIN)
    return sorted(
        found.select_related("user", "organization"), key=lambda m: (order[m.role], m.organization.number or 0, m.pk)
    )


@dataclass(frozen=True)
class DemoAccounts:
    """What the log-in page offers: the named accounts of the roles, and the many of single organisations."""

    main: list[Membership]
    others: list[Membership]


def demo_accounts() -> DemoAccounts:
    every = demo_memberships()
    main = [membership for membership in every if "-" not in membership.user.email]
    return DemoAccounts(main, [membership for membership in every if "-" in membership.user.email])


@dataclass(frozen=True)
class RoleLine:
    """A role of a person as the page shows it."""

    membership: Membership
    may_end: bool


def roles_of(user: User, *, seen_by: User) -> list[RoleLine]:
    """The roles of a person that the reader may see, the current first."""
    found = Membership.objects.visible_to(seen_by).filter(user=user).select_related("organization")
    return [
        RoleLine(
            membership=membership,
            may_end=membership.ended_at is None
            and user != seen_by
            and may_grant(by=seen_by, role=membership.role, organization=membership.organization),
        )
        for membership in found.order_by("-ended_at", "created_at")
    ]


def history_of(user: User) -> list[Event]:
    return list(events.history(user)[:20])
