"""Who must fill each position and by which day of a school year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from apps.accounts.models import User
from apps.core.periods import PeriodSpan
from apps.indicators.models import Direction
from apps.procedures.models import Duty
from apps.roadmaps.cycle.models import PositionTerm
from apps.roadmaps.cycle.positions import ALL, day_in


@dataclass(frozen=True)
class Term:
    """`who` is the person where one is named, else the role. A proposal of the portal is not `is_set`."""

    position: int
    due_on: date
    role: str
    person: str = ""
    is_set: bool = False
    person_id: int | None = None
    binds: bool = True  # what the portal proposes to organisations asks nothing of them: it is never late

    @property
    def who(self) -> str:
        return f"{self.person} ({self.role})" if self.person else self.role


Terms = dict[tuple[str, int], Term]


def terms_of(*, span: PeriodSpan, directions: Collection[Direction], scope: str) -> Terms:
    """By direction code and position: the direction's own term, else that of all directions, else the proposed one."""
    stored = {
        (term.direction_id, term.position): term
        for term in PositionTerm.objects.filter(scope=scope).select_related("user")
    }
    leads = _leads() if scope == PositionTerm.Scope.OFFICE else {}
    terms: Terms = {}
    for direction in directions:
        for position in ALL:
            term = stored.get((direction.pk, position.number)) or stored.get((None, position.number))
            person = leads.get(direction.pk) if position.number not in {1, 8} else None
            if term and term.user and term.user.is_active:
                person = term.user
            due = day_in(span, term.month, term.day) if term else position.due_on(span)
            role = position.office if scope == PositionTerm.Scope.OFFICE else position.school
            terms[direction.code, position.number] = Term(
                position.number,
                due,
                term.role if term else role,
                str(person or ""),
                term is not None,
                person.pk if person else None,
                term is not None or scope == PositionTerm.Scope.OFFICE,
            )
    return terms


def _leads() -> dict[int, User]:
    """Who answers for each direction, by the list of duties; the newest of several."""
    duties = Duty.objects.current().filter(direction__isnull=False, part=Duty.Part.LEAD, user__is_active=True)
    return {duty.direction_id: duty.user for duty in duties.select_related("user").order_by("assigned_at")}  # type: ignore[misc]
