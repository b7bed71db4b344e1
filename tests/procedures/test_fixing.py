"""A held row put right: on the page by the department, judged as cells of a file are."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.procedures import services
from apps.procedures.models import QuarantinedRow, ResultAggregate, ResultBlock
from tests.factories.procedures import imported
from tests.factories.result_files import f1, pupil
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db

BAD = {"edu990101": [pupil(40001, (1, 1, 1), 4), pupil(40002, (3, "ж", 1), 4, "ж")]}


@pytest.fixture
def row():
    return imported(f1(BAD)).quarantined_rows.get()


def cells(*scores, **more):
    return {"code": "40002", "mark": "4", "journal": "5"} | {f"score_{n}": s for n, s in enumerate(scores)} | more


def test_the_department_puts_cells_right_and_the_row_counts(client_of, row):
    address = reverse("procedures:row_fix", args=[row.pk])
    client = client_of(Role.SPECIALIST)
    page = text_of(client.get(address))
    assert "задание 1: 3 при максимуме 1" in page
    wrong = client.post(address, cells("2", "две", "X"))
    assert "введите от 0 до 1" in text_of(wrong)
    assert "Введите целый балл" in text_of(wrong)
    assert 'value="две"' in wrong.content.decode()
    done = client.post(address, cells("1", "2", "X"), follow=True)
    assert "исправлена и учтена" in text_of(done)
    aggregate = ResultAggregate.objects.get()
    assert (aggregate.participants, aggregate.item_sums, aggregate.item_skipped) == (2, [2, 3, 1], [0, 0, 1])
    assert (aggregate.marks, aggregate.journal_lower) == ([0, 0, 2, 0], 1)
    assert ResultBlock.objects.get().primary == [3, 3]
    assert QuarantinedRow.objects.get().state == "fixed"
    assert "решение уже принято" in text_of(client.get(address, follow=True))


@pytest.mark.parametrize("role", [Role.METHODOLOGIST, Role.DIRECTOR, Role.HEAD])
def test_who_may_put_right(client_of, row, role):
    status = client_of(role).get(reverse("procedures:row_fix", args=[row.pk])).status_code
    assert status == (200 if role == Role.HEAD else 404)


def test_a_code_that_stands_already_is_refused(row, specialist):
    with pytest.raises(Refused) as refusal:
        services.fix_row(row=row, scores=[1, 1, 1], mark=4, journal=0, code=40001, by=specialist)
    assert refusal.value.findings[0].code == "code_repeated"
    assert QuarantinedRow.objects.get().state == "held"
