"""Municipal studies, and requests of directors for one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.organizations.models import ExternalId
from apps.procedures.models import Procedure
from apps.procedures.studies.models import Study, StudyRequest
from apps.procedures.studies.todo import todo_for
from tests.factories.procedures import imported
from tests.factories.result_files import f1, pupil

pytestmark = pytest.mark.django_db


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def words(**changes: str) -> dict[str, str]:
    return {
        "title": "Счёт в начальной школе",
        "aim": "Узнать, почему падает выполнение задания 3.",
        "sample": "4 классы двух школ",
        "instrument": "Работа из трёх заданий",
        "starts_on": day(-20),
        "ends_on": day(-10),
        **changes,
    }


@pytest.fixture
def results(school, other_school):
    """Two classes of school 1, one of school 2; maxima of the tasks are 1, 2, 1."""
    ExternalId.objects.create(organization=school, system="fis_oko", value="990101")
    ExternalId.objects.create(organization=other_school, system="fis_oko", value="990102")
    imported(
        f1(
            {
                "edu990101": [
                    pupil(40001, (1, 2, 1), 5, klass="4А"),
                    pupil(40002, (1, 1, 0), 4, klass="4А"),
                    pupil(40003, (0, 0, 1), 3, klass="4Б"),
                ],
                "edu990102": [pupil(40001, (1, 0, 0), 3, klass="4А")],
            }
        )
    )
    return Procedure.objects.get()


@pytest.mark.capability("S-016")
def test_a_specialist_makes_a_study_and_reads_it_by_class_and_task(client_of, specialist, results) -> None:
    client = client_of(specialist)
    made = client.post(reverse("procedures:study_create"), words())
    study = Study.objects.get()
    assert made.url == study.get_absolute_url()
    page = client.get(made.url).content.decode()
    for text in ("Узнать, почему падает", "4 классы двух школ", "Работа из трёх заданий", "Результатов ещё нет"):
        assert text in page
    saved = client.post(made.url, {"procedures": [results.pk], "conclusion": "Задание 3 не отработано."})
    assert saved.status_code == 302
    shown = client.get(made.url)
    rows = [(row.school, row.class_label, row.n, [*map(int, row.tasks)]) for row in shown.context["works"][0].classes]
    # Of 4А at school 1: task 1 two of two points, task 2 three of four, task 3 one of two.
    assert rows == [
        ("Школа № 1", "4А", 2, [100, 75, 50]),
        ("Школа № 1", "4Б", 1, [0, 0, 100]),
        ("Школа № 2", "4А", 1, [100, 0, 0]),
    ]
    html = shown.content.decode()
    assert "Задание 3 не отработано." in html
    assert "4Б" in html


def test_faults_of_a_study_are_told_and_kept(client_of, specialist) -> None:
    html = (
        client_of(specialist).post(reverse("procedures:study_create"), words(ends_on=day(-30), aim="")).content.decode()
    )
    assert "Окончание раньше начала." in html
    assert "4 классы двух школ" in html
    assert not Study.objects.exists()


def test_schools_and_strangers_do_not_open_studies(client_of, director) -> None:
    study = Study.objects.create(**words())
    for role in (Role.DIRECTOR, Role.OBSERVER, Role.EXPERT):
        client = client_of(role)
        for url in (reverse("procedures:studies"), study.get_absolute_url(), reverse("procedures:study_create")):
            assert client.get(url).status_code == 404
    reader = client_of(Role.ADMIN)
    assert reader.get(study.get_absolute_url()).status_code == 200
    assert reader.get(reverse("procedures:study_create")).status_code == 404
    assert reader.post(study.get_absolute_url(), {"conclusion": "x"}).status_code == 200
    study.refresh_from_db()
    assert study.conclusion == ""


@pytest.mark.capability("S-139")
def test_a_director_asks_and_reads_the_answer(client_of, specialist, director, other_director) -> None:
    own, staff = client_of(director), client_of(specialist)
    own.post(
        reverse("procedures:request_create"),
        {"topic": "Читательская грамотность, 6 класс", "reason": "Не видно причины", "wanted_by": day(40)},
    )
    asked = StudyRequest.objects.get()
    assert "Рассмотреть запросы на обследование" in {todo.title for todo in todo_for(specialist)}
    assert "Читательская грамотность" in staff.get(reverse("procedures:studies")).content.decode()
    url = asked.get_absolute_url()
    refused = staff.post(url, {"accept": "1", "answer": "Проведём в марте"}).content.decode()
    assert "Не указан срок обследования" in refused
    assert "Проведём в марте" in refused
    staff.post(url, {"accept": "1", "answer": "Проведём вместе с МДР", "due_on": day(60)})
    asked.refresh_from_db()
    assert asked.state == "accepted"
    page = own.get(url).content.decode()
    assert "Проведём вместе с МДР" in page
    assert "принят" in page
    assert "Ответ на запрос: Читательская грамотность, 6 класс" in {todo.title for todo in todo_for(director)}
    assert client_of(other_director).get(url).status_code == 404
    assert "Провести обещанные обследования" in {todo.title for todo in todo_for(specialist)}
    begun = staff.get(reverse("procedures:study_create") + f"?request={asked.pk}").content.decode()
    assert "Не видно причины" in begun
    staff.post(reverse("procedures:study_create") + f"?request={asked.pk}", words())
    assert Study.objects.get().request == asked
    assert "Провести обещанные обследования" not in {todo.title for todo in todo_for(specialist)}


def test_a_request_is_rejected_with_a_reason_and_once(client_of, specialist, director) -> None:
    asked = StudyRequest.objects.create(
        organization=director.organization, topic="Тема", reason="Зачем", created_by=director
    )
    staff, url = client_of(specialist), asked.get_absolute_url()
    assert "Обязательное поле" in staff.post(url, {"reject": "1", "answer": " "}).content.decode()
    staff.post(url, {"reject": "1", "answer": "Данные уже есть", "due_on": day(9)})
    asked.refresh_from_db()
    assert (asked.state, asked.due_on) == ("rejected", None)
    staff.post(url, {"accept": "1", "answer": "Передумали", "due_on": day(9)})
    asked.refresh_from_db()
    assert asked.state == "rejected"
    titles = {todo.title: todo.tone for todo in todo_for(director)}
    assert titles["Ответ на запрос: Тема"] == "warn"


def test_a_coordinator_reads_but_only_the_director_asks(client_of, coordinator) -> None:
    client = client_of(coordinator)
    assert client.get(reverse("procedures:own_requests")).status_code == 200
    assert client.get(reverse("procedures:request_create")).status_code == 404


@pytest.mark.parametrize("number", ["x", "-1", "٣", "9" * 30])
def test_a_request_of_nowhere_is_left_aside(client_of, specialist, number: str) -> None:
    url = reverse("procedures:study_create")
    assert client_of(specialist).get(url, {"request": number}).status_code == 200
