"""Whom an item is addressed to, turned into executors when the act comes into force."""

from dataclasses import dataclass

from apps.accounts.models import Membership, User
from apps.organizations.models import Kind, Organization
from apps.procedures.people.models import Association
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionItem


@dataclass(frozen=True)
class Executor:
    """Exactly one of organisation and association; a person when one is named."""

    organization: Organization | None = None
    association: Association | None = None
    person: User | None = None


def organization_of(user: User) -> Organization | None:
    """Where a person works now; the first post counts."""
    held = Membership.objects.current().filter(user=user).select_related("organization").order_by("created_at", "pk")
    found = held.first()
    return found.organization if found else None


def names_somebody(item: DecisionItem) -> bool:
    """Whether the item itself says to whom it goes."""
    chosen = item.person_id or item.kinds
    return bool(chosen) or any(many.exists() for many in (item.groups, item.organizations, item.associations))


def heading_of(item: DecisionItem) -> DecisionItem | None:
    """The heading above, whose number the item's number continues: «1.» for «1.2.»."""
    number = item.number.strip()
    above = item.decision.items.filter(is_heading=True, position__lt=item.position).order_by("-position")
    for heading in above:
        if heading.number and number.startswith(f"{heading.number.strip().rstrip('.')}."):
            return heading
    return None


def addressed_by(item: DecisionItem) -> DecisionItem:
    """The item that says to whom this one goes: itself, or the heading above it."""
    if not names_somebody(item):
        heading = heading_of(item)
        if heading is not None and names_somebody(heading):
            return heading
    return item


def executors_of(item: DecisionItem) -> list[Executor]:
    """Everybody whom the item or its heading names, once; where nobody is named it is the deciding body's own.

    Closed organisations are left out.
    """
    if item.is_heading:
        return []
    decision, item = item.decision, addressed_by(item)
    found = [Executor(organization=each) for each in organizations_of(item)]
    found += [Executor(association=each) for each in item.associations.all()]
    if item.person is not None:
        place = organization_of(item.person)
        named = {executor.organization for executor in found}
        if place is not None and place not in named:
            found.append(Executor(organization=place, person=item.person))
        elif place is not None:
            found = [
                Executor(each.organization, each.association, item.person) if each.organization == place else each
                for each in found
            ]
    own = None if found else owner_of(decision)
    return [Executor(organization=own)] if own else found


def organizations_of(item: DecisionItem) -> list[Organization]:
    """Named one by one, by group or by kind; active ones in the order of the register."""
    active = Organization.objects.active()
    keys = set(item.organizations.values_list("pk", flat=True))
    keys |= set(active.filter(groups__in=item.groups.all()).values_list("pk", flat=True))
    if item.kinds:
        keys |= set(active.filter(kind__in=item.kinds).values_list("pk", flat=True))
    return list(active.filter(pk__in=keys))


def owner_of(decision: Decision) -> Organization | None:
    """The body that decided: a school, or the authority itself."""
    return decision.organization or Organization.objects.filter(kind=Kind.AUTHORITY).first()


def open_lines(item: DecisionItem) -> list[Assignment]:
    """Lines for those executors who have none yet; not stored."""
    known = set(item.lines.values_list("organization", "association"))
    return [
        Assignment(
            item=item,
            organization=executor.organization,
            association=executor.association,
            person=executor.person,
            due_on=item.due_on,
        )
        for executor in executors_of(item)
        if (
            executor.organization.pk if executor.organization else None,
            executor.association.pk if executor.association else None,
        )
        not in known
    ]


def words_of(item: DecisionItem) -> str:
    """«все школы; группа «Городские»; Школа № 1» as pages and files write it; empty where nobody is named."""
    return own_words_of(addressed_by(item))


def own_words_of(item: DecisionItem) -> str:
    """The same without what the heading above says."""
    words = [f"все организации вида «{Kind(kind).label}»" for kind in item.kinds]
    words += [f"группа «{group}»" for group in item.groups.all()]
    words += [str(association) for association in item.associations.all()]
    words += [str(organization) for organization in item.organizations.all()]
    if item.person:
        words.append(item.person.get_short_name())
    return "; ".join(words)
