"""Expert sheets: who gets one, points and remarks, sent once."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.procedures.people.models import ExpertSheet, ExpertTask
from apps.procedures.people.todo import todo_for
from tests.factories.people import PersonFactory, day
from tests.factories.results import SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    return SubjectFactory()


@pytest.fixture
def expert(user_of, subject):
    person = PersonFactory(user=user_of(Role.EXPERT), capacities=["expert"], last_name="Знатокова")
    person.subjects.add(subject)
    return person


def task(subject, *people, **changes: object) -> dict[str, object]:
    return {
        "title": "Задания муниципальной работы",
        "subject": subject.pk,
        "instruction": "Прочтите и оцените",
        "criteria": "Соответствуют теме; 5\n\nПонятны ученику — 3",
        "due_on": day(5).isoformat(),
        "people": [person.pk for person in people],
        **changes,
    }


@pytest.mark.capability("S-141", "S-165")
def test_an_expert_and_the_public_fill_sheets_for_an_event(client_of, specialist, subject, expert, user_of) -> None:
    public = PersonFactory(user=user_of(Role.PUBLIC_REPRESENTATIVE), capacities=["public"])
    staff = client_of(specialist)
    staff.post(reverse("procedures:expert_task_create"), task(subject, expert, public))
    made = ExpertTask.objects.get()
    first, second = made.criteria.all()
    assert [(each.text, each.maximum) for each in (first, second)] == [
        ("Соответствуют теме", 5),
        ("Понятны ученику", 3),
    ]
    sheets = {sheet.person: sheet for sheet in made.sheets.all()}
    assert set(sheets) == {expert, public}
    assert "Заполнить экспертный лист: Задания муниципальной работы" in {todo.title for todo in todo_for(expert.user)}
    own, url = client_of(expert.user), sheets[expert].get_absolute_url()
    assert url in own.get(reverse("procedures:own_assignments")).content.decode()
    told = own.post(url, {"send": "1", f"points-{first.pk}": "9", f"points-{second.pk}": ""}).content.decode()
    for text in ("вне шкалы от 0 до 5", "Нет балла: «Понятны ученику»", "Нет вывода"):
        assert text in told
    answers = {f"points-{first.pk}": "4", f"points-{second.pk}": "0", f"remark-{second.pk}": "Длинно"}
    own.post(url, {"save": "1", **answers})
    assert 'value="4"' in own.get(url).content.decode()
    own.post(url, {"send": "1", **answers, "conclusion": "Сократить"})
    own.post(url, {"send": "1", f"points-{first.pk}": "1", f"points-{second.pk}": "1", "conclusion": "Иначе"})
    sheet = ExpertSheet.objects.get(person=expert)
    assert (sheet.state, sheet.points(first), sheet.points(second), sheet.conclusion) == ("sent", 4, 0, "Сократить")
    together = client_of(public.user)
    together.post(
        sheets[public].get_absolute_url(),
        {"send": "1", f"points-{first.pk}": "5", f"points-{second.pk}": "3", "conclusion": "Годится"},
    )
    page = staff.get(made.get_absolute_url()).content.decode()
    for text in ("получено 2 из 2", "4,5", "1,5", "Длинно", "Сократить", "Годится"):
        assert text in page
    assert together.get(url).status_code == 404
    assert together.post(url, {"save": "1"}).status_code == 404


def test_an_expert_of_another_subject_gets_no_sheet(client_of, specialist, subject, expert) -> None:
    stranger = PersonFactory(capacities=["expert"], last_name="Химикова")
    stranger.subjects.add(SubjectFactory(name="Химия"))
    page = client_of(specialist).post(reverse("procedures:expert_task_create"), task(subject, expert, stranger))
    assert "Химикова В. И.: эксперт по другому предмету" in page.content.decode()
    assert not ExpertTask.objects.exists()


@pytest.mark.parametrize("criteria", ["Без балла", "Слишком; 500", "Ноль; 0"])
def test_criteria_without_points_are_told_by_line(client_of, specialist, subject, expert, criteria: str) -> None:
    url = reverse("procedures:expert_task_create")
    page = client_of(specialist).post(url, task(subject, expert, criteria=f"Хорошо; 5\n{criteria}")).content.decode()
    assert "Строка 2: укажите критерий" in page
    assert criteria in page


@pytest.mark.parametrize("typed", ["пять", "-1", "4.5", "٣"])
def test_points_that_are_no_number_are_told_and_kept(client_of, specialist, subject, expert, typed: str) -> None:
    client_of(specialist).post(reverse("procedures:expert_task_create"), task(subject, expert))
    sheet, criterion = ExpertSheet.objects.get(), ExpertTask.objects.get().criteria.first()
    page = client_of(expert.user).post(sheet.get_absolute_url(), {"save": "1", f"points-{criterion.pk}": typed})
    html = page.content.decode()
    assert "не целое число" in html
    assert f'value="{typed}"' in html
    sheet.refresh_from_db()
    assert sheet.answers == {}


def test_the_department_gives_more_sheets_later(client_of, specialist, subject, expert) -> None:
    client = client_of(specialist)
    client.post(reverse("procedures:expert_task_create"), task(subject, expert))
    made, later = ExpertTask.objects.get(), PersonFactory(capacities=["public"])
    client.post(made.get_absolute_url(), {"people": [later.pk]})
    assert made.sheets.count() == 2
    reader = client_of(Role.METHODOLOGIST)
    assert reader.get(made.get_absolute_url()).status_code == 200
    assert reader.get(reverse("procedures:expert_task_create")).status_code == 404
