"""What present signs say should stand on an agenda."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.models import Sign, SignList
from apps.analysis.signs.kinds import BY_CODE
from apps.core.figures import plural
from apps.indicators.models import Direction
from apps.roadmaps.decisions.models import Assignment
from apps.roadmaps.meetings.models import Meeting
from apps.roadmaps.models import Measure, RecommendationAddressee, Roadmap

NAMED = 5
MINUTES = 15
# Directions of the concept that a sign is about.
DIRECTIONS = {
    "low_exams": ("1.1",),
    "biased_results": ("ОБ",),
    "unstable": ("1.1", "1.2"),
    "failing_share": ("1.1",),
    "contests": ("1.3",),
    "social": ("1.2",),
    "low_results": ("1.2",),
}


@dataclass(frozen=True)
class Proposal:
    """A question that the portal proposes, with the figures that are its reason."""

    key: str
    text: str
    reason: str
    directions: Collection[str]
    url: str = ""


def proposals_for(meeting: Meeting, user: User) -> list[Proposal]:
    """From the newest list of signs, recommendations and lines of decisions past their term, measures of directions.

    About the organisations that are invited; about all while nobody is. What is on the agenda already is not proposed.
    """
    places = meeting.invitees.filter(organization__isnull=False)
    invited = set(places.values_list("organization", flat=True))
    found = [*_signs(invited), *_recommendations(user, invited), *_decisions(user, invited), *_measures(user)]
    taken = set(meeting.items.exclude(reason_key="").values_list("reason_key", flat=True))
    return [one for one in found if one.key not in taken]


def _named(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" и ещё {more}" if more > 0 else "")


def _signs(invited: set[int]) -> list[Proposal]:
    newest = SignList.objects.exclude(state="superseded").select_related("period").first()
    if newest is None:
        return []
    rows = newest.signs.marked().exclude(decision=Sign.Decision.REJECTED).select_related("organization")
    if invited:
        rows = rows.filter(organization__in=invited)
    by_code: dict[str, list[str]] = defaultdict(list)
    for sign in rows.order_by("organization__number", "organization__name_key"):
        by_code[sign.code].append(str(sign.organization))
    found = []
    for code, names in by_code.items():
        kind = BY_CODE[code]
        words = plural(len(names), "организация", "организации", "организаций")
        reason = f"{kind.name}, {newest.period}: {len(names)} {words} — {_named(names)}. Маркер требует проверки."
        text = f"О причинах и мерах поддержки: {kind.short}"
        url = newest.get_absolute_url()
        found.append(Proposal(f"sign:{newest.pk}:{code}", text, reason, DIRECTIONS.get(code, ()), url))
    return found


def _recommendations(user: User, invited: set[int]) -> list[Proposal]:
    rows = RecommendationAddressee.objects.visible_to(user).overdue().filter(organization__isnull=False)
    if invited:
        rows = rows.filter(organization__in=invited)
    late: dict[int, list[RecommendationAddressee]] = defaultdict(list)
    for row in rows.select_related("recommendation", "organization").order_by("organization__number", "pk"):
        late[row.recommendation_id].append(row)
    found = []
    for pk, lines in late.items():
        one = lines[0].recommendation
        names = _named([str(line.organization) for line in lines])
        reason = f"Срок исполнения {one.due_on:%d.%m.%Y} прошёл, отчёта нет: {names}."
        text = f"О ходе исполнения рекомендации «{one.title}»"
        found.append(Proposal(f"recommendation:{pk}", text, reason, (), one.get_absolute_url()))
    return found


def _decisions(user: User, invited: set[int]) -> list[Proposal]:
    rows = Assignment.objects.visible_to(user).filter(
        state__in=["given", "received", "returned"],
        due_on__lt=timezone.localdate(),
        item__decision__state="in_force",
        organization__isnull=False,
    )
    if invited:
        rows = rows.filter(organization__in=invited)
    late: dict[int, list[Assignment]] = defaultdict(list)
    rows = rows.select_related("item__decision", "organization").prefetch_related("item__decision__directions")
    for row in rows.order_by("organization__number", "pk"):
        late[row.item.decision_id].append(row)
    found = []
    for pk, lines in late.items():
        one = lines[0].item.decision
        names = _named(sorted({str(line.organization) for line in lines}))
        reason = f"Поручения с прошедшим сроком — {len(lines)}: {names}."
        codes = [direction.code for direction in one.directions.all()]
        text = f"Об исполнении решения «{one.title}»"[:900]
        found.append(Proposal(f"decision:{pk}", text, reason, codes, one.get_absolute_url()))
    return found


def _measures(user: User) -> list[Proposal]:
    rows = Measure.objects.visible_to(user).overdue().exclude(roadmap__kind=Roadmap.Kind.SCHOOL)
    late: dict[Direction, list[Measure]] = defaultdict(list)
    for row in rows.filter(direction__is_active=True).select_related("direction"):
        if row.direction:
            late[row.direction].append(row)
    found = []
    for direction, lines in late.items():
        code = direction.code
        reason = f"Мероприятия с прошедшим сроком — {len(lines)}: {_named([line.title for line in lines])}."
        text = f"О ходе мероприятий направления «{direction}»"
        found.append(Proposal(f"measures:{code}", text, reason[:900], (code,), direction.get_absolute_url()))
    return found
