"""Who is told what about decisions: lines of the inbox, mailed in one letter a day."""

from collections.abc import Iterable

from django.db.models import Q

from apps.accounts.models import Membership, User
from apps.accounts.roles import DEPARTMENT, SCHOOL
from apps.core import notices
from apps.organizations.models import Kind as OrganizationKind
from apps.organizations.models import Organization
from apps.roadmaps.decisions.control import overseers_of
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionItem, TermExtension


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


def about_executors(item: DecisionItem, lines: Iterable[Assignment]) -> int:
    """Those to whom an item of an act in force was given afterwards, whatever else of the act they had."""
    return notices.tell(
        users=audience(lines),
        key=f"roadmaps.item_given:{item.pk}",
        title=f"Вам направлен пункт {item.number.rstrip('.')}: {item.decision}",
        url=item.decision.get_absolute_url(),
        due_on=item.due_on,
    )


def about_moved(decision: Decision, lines: Iterable[Assignment], old: Organization) -> int:
    """Those who have to execute what an organisation that joined theirs had: one line a person."""
    return notices.tell(
        users=audience(lines),
        key=f"roadmaps.decision_moved:{decision.pk}:{old.pk}",
        title=f"К вам перешли пункты решения: {decision}",
        url=decision.get_absolute_url(),
        note=f"Их исполняла организация «{old}», которая присоединена к вашей.",
    )


def _report_key(line: Assignment) -> str:
    """Of one report: a second one of the same day is told anew."""
    return f"roadmaps.assignment_reported:{line.pk}:{line.reported_at:%Y%m%d%H%M%S%f}"


def _review_key(line: Assignment) -> str:
    return f"roadmaps.assignment_reviewed:{line.pk}:{line.reviewed_at:%Y%m%d%H%M%S%f}"


def about_report(line: Assignment) -> int:
    """The controller: a report has come. What was said of the report before it asks nothing any more."""
    if line.reviewed_at is not None:
        notices.settle(_review_key(line))
    return notices.tell(
        users=overseers_of(line.item.decision),
        key=_report_key(line),
        title=f"Отчёт об исполнении: {line.executor}, пункт {line.item.number}",
        url=line.get_absolute_url(),
        note=line.item.decision.short,
    )


def about_review(line: Assignment) -> int:
    """Those who execute: accepted, returned with a remark, or not asked of them any more."""
    if line.reported_at is not None:
        notices.settle(_report_key(line))
    words = {
        Assignment.State.DONE: "Отчёт принят",
        Assignment.State.RETURNED: "Отчёт возвращён на доработку",
        Assignment.State.WITHDRAWN: "Пункт снят с исполнения",
    }[Assignment.State(line.state)]
    people = {user.pk for user in people_of(line)} | ({line.reported_by_id} if line.reported_by_id else set())
    return notices.tell(
        users=people,
        key=_review_key(line),
        title=f"{words}: пункт {line.item.number.rstrip('.')}, {line.item.decision.short}",
        url=line.get_absolute_url(),
        note=line.review_text,
    )


def about_term(lines: Iterable[Assignment], made: TermExtension) -> None:
    """Those whose term has moved; each move is told, two of one day are two."""
    for line in lines:
        notices.tell(
            users=people_of(line),
            key=f"roadmaps.assignment_term:{line.pk}:{made.pk}",
            title=f"Новый срок пункта {line.item.number.rstrip('.')}, {line.item.decision.short}",
            url=line.get_absolute_url(),
            note=f"Почему: {made.reason}",
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
