from decimal import Decimal

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.analysis.models import SignRule
from apps.analysis.todo import todo_for
from tests.factories.results import ProcedureFactory, ResultAggregateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def marked(period, school, other_school):
    work = ProcedureFactory(period=period)
    ResultAggregateFactory(procedure=work, school__organization=school, marks=[4, 3, 2, 1])
    ResultAggregateFactory(procedure=work, school__organization=other_school, marks=[0, 10, 0, 0])
    return work


def test_the_page_lists_who_needs_attention_with_the_step_to_a_recommendation(client_of, marked):
    page = client_of(Role.SPECIALIST).get(reverse("analysis:signs")).content.decode()
    assert "Школа № 1" in page
    assert "Школа № 2" not in page
    assert "4 из 10" in page
    assert "не подтверждено" in page
    assert f"{reverse('roadmaps:create')}?organization=school-01&amp;period=2025%2F26" in page


def test_all_are_shown_on_request(client_of, marked):
    page = client_of(Role.METHODOLOGIST).get(reverse("analysis:signs"), {"show": "all"}).content.decode()
    assert "Школа № 2" in page
    assert "Дать рекомендацию" not in page


def test_odd_parameters_show_the_usual_page(client_of, marked):
    client = client_of(Role.HEAD)
    response = client.get(reverse("analysis:signs"), {"period": "' or 1=1", "show": "\x00", "page": "-1"})
    assert response.status_code == 200


def test_without_results_the_page_says_so(client_of):
    page = client_of(Role.HEAD).get(reverse("analysis:signs")).content.decode()
    assert "Результатов ВПР ещё нет" in page


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COORDINATOR, Role.OBSERVER, Role.EXPERT])
def test_others_do_not_find_the_page(client_of, marked, role):
    for name in ("analysis:signs", "analysis:rule"):
        assert client_of(role).get(reverse(name)).status_code == 404


def test_the_threshold_is_changed_by_the_department_only(client_of, marked):
    data = {"threshold": "50", "minimum_participants": "10", "source_state": "municipal", "act": "", "reason": "Совет"}
    assert client_of(Role.METHODOLOGIST).post(reverse("analysis:rule"), data).status_code == 404
    response = client_of(Role.SPECIALIST).post(reverse("analysis:rule"), data)
    assert response.status_code == 302
    assert SignRule.objects.current(SignRule.Code.FAILING_SHARE).threshold == Decimal(50)
    page = client_of(Role.SPECIALIST).get(reverse("analysis:signs")).content.decode()
    assert "4 из 10" not in page


def test_a_senseless_threshold_is_told_at_the_field(client_of):
    data = {"threshold": "0", "minimum_participants": "2", "source_state": "municipal", "act": "", "reason": "Совет"}
    page = client_of(Role.SPECIALIST).post(reverse("analysis:rule"), data).content.decode()
    assert "Есть ошибки" in page
    assert SignRule.objects.history(SignRule.Code.FAILING_SHARE).count() == 1


def test_todo_tells_the_department_only(marked, specialist, director):
    assert [todo.count for todo in todo_for(specialist)] == [1]
    assert todo_for(director) == []
