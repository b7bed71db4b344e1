"""Who controls a decision: the person named; when that one has no post any more, the head; without a head the office.

A school that joined another one has no posts: the successor controls what it decided.
"""

from typing import Any

from apps.accounts.models import Membership, User
from apps.accounts.roles import AUTHORITY, DEPARTMENT, SCHOOL, Role
from apps.organizations.models import Organization
from apps.roadmaps.decisions.models import Decision


def body_of(organization: Organization | None) -> Organization | None:
    """Who stands for the organisation today: itself, or the one that it joined."""
    while organization is not None and organization.is_closed and organization.successor:
        organization = organization.successor
    return organization


def head_of(organization: Organization | None) -> User | None:
    """The head of the authority, or the director of an organisation; the one in the post longest."""
    organization = body_of(organization)
    current = Membership.objects.current().select_related("user").order_by("created_at", "pk")
    wanted = {"role": Role.DIRECTOR, "organization": organization} if organization else {"role": Role.HEAD}
    found = current.filter(**wanted).first()
    return found.user if found else None


def usual_signer(organization: Organization | None) -> str:
    """The head with the post, as offered for the signature; empty where nobody holds it."""
    head = head_of(organization)
    if head is None:
        return ""
    return f"{head.get_full_name()}, {head.post[:1].lower()}{head.post[1:]}" if head.post else head.get_full_name()


def usual_place(organization: Organization | None) -> str:
    """Where the body signed its last decision; empty before the first."""
    signed = Decision.objects.filter(organization=organization, signed_at__isnull=False).exclude(place="")
    return signed.order_by("-signed_at").values_list("place", flat=True).first() or ""


def holds_post(user: User | None, decision: Decision) -> bool:
    """Whether the person may still control it: has a post at the authority or at the deciding organisation."""
    if user is None:
        return False
    body = body_of(decision.organization)
    for held in Membership.objects.current().filter(user=user):
        if held.role in AUTHORITY or (held.role in SCHOOL and body and held.organization_id == body.pk):
            return True
    return False


def controller_of(decision: Decision) -> User | None:
    """Who controls it today; None where nobody can."""
    stays = getattr(decision, "controller_stays", None)
    if stays is None:
        stays = holds_post(decision.controller, decision)
    return decision.controller if stays else head_of(decision.organization)


def overseers_of(decision: Decision) -> list[User]:
    """Who is told of reports and overdue items: the controller; where there is none, those who keep the register."""
    controller = controller_of(decision)
    if controller is not None:
        return [controller]
    body = body_of(decision.organization)
    held = Membership.objects.current()
    held = held.filter(organization=body, role__in=SCHOOL) if body else held.filter(role__in=DEPARTMENT)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("pk"))


def may_control(user: Any, decision: Decision) -> bool:
    """Accepts reports: the department for the authority's acts, the director for the school's, and the controller."""
    if decision.organization_id is None:
        own = user.is_department
    else:
        own = user.role == Role.DIRECTOR and user.organization == body_of(decision.organization)
    return own or controller_of(decision) == user
