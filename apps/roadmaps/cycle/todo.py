"""Empty positions of the cycle on the first page of those who fill them."""

from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core import periods
from apps.core.periods import PeriodSpan
from apps.core.todo import Todo
from apps.indicators.models import Direction
from apps.organizations.models import Organization
from apps.roadmaps.cycle.models import PositionTerm
from apps.roadmaps.cycle.positions import BY_NUMBER, HEAD
from apps.roadmaps.cycle.reading import cycle_of
from apps.roadmaps.cycle.terms import Term, terms_of

SOON = timedelta(days=14)
NAMED = 3  # positions in the words of the line
KEPT = 300  # seconds: the whole cycle is read for a few words of a page that everybody opens

Place = tuple[str, int]  # code of the direction and number of the position


def todo_for(user: Any, today: date | None = None) -> list[Todo]:
    """One line for what is empty and due within two weeks, or late. Without such a term the cycle is not read."""
    today = today or timezone.localdate()
    span = periods.school_year_of(today)
    due = {place: term for place, term in _asked_of(user, span).items() if term.due_on <= today + SOON}
    if not due:
        return []
    empty = [place for place in _empty(user, span, today) if place in due]
    return [_line(user, sorted(empty, key=lambda place: (due[place].due_on, place)), due, today)] if empty else []


def _asked_of(user: Any, span: PeriodSpan) -> dict[Place, Term]:
    """The positions that this person fills: by name, else the head of the authority or of the organisation.

    An organisation is asked only for what the authority has set a term for.
    """
    scope = _scope(user)
    if scope is None:
        return {}
    found = terms_of(span=span, directions=list(Direction.objects.in_use()), scope=scope)
    return {place: term for place, term in found.items() if _is_asked(user, place[1], term)}


def _scope(user: Any) -> str | None:
    if user.is_authority:
        return str(PositionTerm.Scope.OFFICE)
    return str(PositionTerm.Scope.SCHOOL) if user.is_school and user.organization else None


def _is_asked(user: Any, number: int, term: Term) -> bool:
    if term.person_id:
        return bool(term.person_id == user.pk)
    if user.is_school:
        return term.is_set and user.role == Role.DIRECTOR
    return bool(user.role == Role.HEAD and BY_NUMBER[number].office == HEAD and term.role == HEAD)


def _empty(user: Any, span: PeriodSpan, today: date) -> list[Place]:
    """Positions without a finished document of the year, as read within the last minutes."""
    organization: Organization | None = user.organization if user.is_school else None
    key = f"cycle.empty.{organization.pk if organization else 'office'}.{span.code}.{today}"
    found: list[Place] | None = cache.get(key)
    if found is None:
        cycle = cycle_of(user=user, span=span, organization=organization, today=today)
        found = [(line.direction.code, cell.position.number) for line in cycle.lines for cell in line.cells
                 if cell.is_empty]  # fmt: skip
        cache.set(key, found, KEPT)
    return found


def _line(user: Any, places: list[Place], due: dict[Place, Term], today: date) -> Todo:
    first = due[places[0]].due_on
    words = [f"{code} «{BY_NUMBER[number].title}»" for code, number in places[:NAMED]]
    more = f" и ещё {len(places) - NAMED}" if len(places) > NAMED else ""
    return Todo(
        "Заполнить позиции управленческого цикла",
        _page(user, {code for code, _ in places}),
        f"Нет документов года: {', '.join(words)}{more}.",
        "bad" if first < today else "warn",
        first,
        len(places),
        order=60,
    )


def _page(user: Any, codes: set[str]) -> str:
    whole, one = ("own_cycle", "own_cycle_direction") if user.is_school else ("cycle", "cycle_direction")
    if len(codes) == 1:
        return reverse(f"roadmaps:{one}", args=[codes.pop()])
    return reverse(f"roadmaps:{whole}")
