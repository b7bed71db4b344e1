"""Who is told what about decisions: lines of the inbox, mailed in one letter a day."""

from collections.abc import Iterable

from django.db.models import Q

from apps.accounts.models import Membership, User
from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.core import notices
from apps.organizations.models import Kind as OrganizationKind
from apps.roadmaps.decisions.control import controller_of
from apps.roadmaps.decisions.models import Assignment, Decision


def people_of(line: Assignment) -> list[User]:
    """Who executes a line: the person named while in a post, else the people of the organisation or the leader."""
    if line.person is not None and Membership.objects.current().filter(user=line.person).exists():
        return [line.person]
    if line.association is not None:
        return [line.association.leader] if line.association.leader else []
    return list(User.objects.filter(pk__in=_staff([line.organization_id])))


def _staff(organizations: Iterable[int | None]) -> set[int]:
    """Those who execute for organisations: heads and coordinators; of the authority its department."""
    held = Membership.objects.current().filter(organization__in={key for key in organizations if key})
    at_authority = Q(organization__kind=OrganizationKind.AUTHORITY, role__in=DEPARTMENT)
    return set(held.filter(at_authority | Q(role__in=SCHOOL)).values_list("user", flat=True))


def audience(lines: Iterable[Assignment]) -> set[int]:
    """Keys of all people who execute these lines; three queries, however many lines."""
    lines = list(lines)
    named = {line.person_id for line in lines if line.person_id}
    in_post = set(Membership.objects.current().filter(user__in=named).values_list("user", flat=True))
    leaders = {line.association.leader_id for line in lines if line.association and line.association.leader_id}
    places = {line.organization_id for line in lines if line.person_id not in in_post}
    return in_post | leaders | _staff(places)


def about_signing(decision: Decision) -> int:
    """Everybody who has something to execute; one line a person, however many items."""
    lines = Assignment.objects.filter(item__decision=decision).with_details().select_related("association__leader")
    return notices.tell(
        users=audience(lines),
        key=f"roadmaps.decision:{decision.pk}",
        title=f"Вам направлено решение: {decision}",
        url=decision.get_absolute_url(),
        note="Откройте свои пункты: там сроки и форма отчёта.",
    )


def about_report(line: Assignment) -> int:
    """The controller: a report has come."""
    controller = controller_of(line.item.decision)
    return notices.remind(
        users=[controller] if controller else [],
        key=f"roadmaps.assignment_reported:{line.pk}",
        title=f"Отчёт об исполнении: {line.executor}, пункт {line.item.number}",
        url=line.get_absolute_url(),
        note=line.item.decision.short,
    )


def about_review(line: Assignment) -> int:
    """Those who execute: accepted, or returned with a remark."""
    done = line.state == Assignment.State.DONE
    words = "принят" if done else "возвращён на доработку"
    notices.settle(f"roadmaps.assignment_reported:{line.pk}", f"roadmaps.assignment_soon:{line.pk}")
    if line.reported_by is None:
        return 0
    return notices.remind(
        users={line.reported_by, *people_of(line)},
        key=f"roadmaps.assignment_reviewed:{line.pk}",
        title=f"Отчёт {words}: пункт {line.item.number.rstrip('.')}, {line.item.decision.short}",
        url=line.get_absolute_url(),
        note=line.review_text,
    )


def about_term(lines: Iterable[Assignment], reason: str) -> None:
    """Those whose term has moved."""
    for line in lines:
        notices.remind(
            users=people_of(line),
            key=f"roadmaps.assignment_term:{line.pk}",
            title=f"Новый срок пункта {line.item.number.rstrip('.')}, {line.item.decision.short}",
            url=line.get_absolute_url(),
            note=f"Почему: {reason}",
            due_on=line.due_on,
        )


def about_approval(decision: Decision) -> int:
    """The next person whose look the draft waits for."""
    step = decision.steps.filter(state="waiting").order_by("position").select_related("user").first()
    if step is None:
        return 0
    return notices.remind(
        users=[step.user],
        key=f"roadmaps.approval:{step.pk}",
        title=f"На согласование: {decision.title}",
        url=decision.get_absolute_url(),
        note=str(decision.get_kind_display()),
    )
