"""Empty positions on the first page of those who fill them."""

from datetime import date

import pytest

from apps.accounts.roles import Role
from apps.roadmaps.cycle import services
from apps.roadmaps.cycle.todo import todo_for
from tests.factories.cycle import moment
from tests.factories.series import DirectionFactory, GoalFactory

pytestmark = pytest.mark.django_db
AUTUMN = date(2025, 9, 10)


def test_the_head_is_asked_for_goals_and_a_named_person_for_theirs(head, specialist, director, user_of):
    first, second = DirectionFactory(code="1.3"), DirectionFactory(code="2.4")
    GoalFactory(direction=first, author=head, created_at=moment(date(2025, 9, 2)))
    [line] = todo_for(head, AUTUMN)
    assert (line.count, line.tone, line.due_on) == (1, "bad", date(2025, 9, 5))
    assert line.note == "Нет документов года: 2.4 «Цели»."
    assert line.url.endswith("/cycle/directions/2.4/")
    assert todo_for(specialist, AUTUMN) == []
    term = services.NewTerm("office", second, 3, 9, 20, "аналитик", specialist)
    services.set_term(new=term, by=head)
    [line] = todo_for(specialist, AUTUMN)
    assert (line.count, line.tone, line.due_on) == (1, "warn", date(2025, 9, 20))
    assert todo_for(director, AUTUMN) == []
    assert todo_for(user_of(Role.OBSERVER), AUTUMN) == []


def test_a_school_is_asked_only_for_what_the_authority_has_set(head, director, coordinator):
    DirectionFactory(code="1.3")
    assert todo_for(director, AUTUMN) == []
    services.set_term(new=services.NewTerm("school", None, 7, 9, 1, "руководитель организации"), by=head)
    [line] = todo_for(director, AUTUMN)
    assert (line.count, line.tone) == (1, "bad")
    assert line.url.endswith("/school/cycle/1.3/")
    assert todo_for(coordinator, AUTUMN) == []
