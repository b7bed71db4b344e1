"""The bank of instruments: who adds, who approves, who opens the file until when."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.core import events
from apps.procedures.instruments.models import Instrument
from apps.procedures.instruments.todo import todo_for
from tests.factories.instruments import PDF, InstrumentFactory, pdf
from tests.factories.people import AssociationFactory, day
from tests.factories.results import SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    return SubjectFactory()


@pytest.fixture
def leader(user_of, subject):
    user = user_of(Role.ASSOCIATION_LEADER)
    AssociationFactory(leader=user, subjects=[subject])
    return user


def words(subject, **changes: object) -> dict[str, object]:
    return {
        "title": "Входная работа", "kind": "diagnostic", "subject": subject.pk, "grade": 5,
        "skill": "Решение задач", "open_until": day(30).isoformat(), "opening": ["schools"], "file": pdf(), **changes,
    }  # fmt: skip


@pytest.mark.capability("S-127")
def test_a_methodologist_keeps_an_instrument_that_schools_open_until_its_day(
    client_of, methodologist, coordinator, subject
) -> None:
    made = client_of(methodologist).post(reverse("procedures:instrument_create"), words(subject))
    row = Instrument.objects.get()
    assert (made.url, row.state, row.subject, row.grade) == (row.get_absolute_url(), "approved", subject, 5)
    school = client_of(coordinator)
    listed = school.get(reverse("procedures:instruments")).content.decode()
    assert "Решение задач" in listed
    file = reverse("procedures:instrument_file", args=[row.pk])
    assert b"".join(school.get(file).streaming_content) == PDF
    assert ("procedures.instrument_opened", coordinator.pk) in events.history(row).values_list("kind", "actor")
    Instrument.objects.update(open_until=day(-1))
    assert school.get(file).status_code == 404
    assert "Решение задач" not in school.get(reverse("procedures:instruments")).content.decode()
    assert client_of(methodologist).get(file).status_code == 200


@pytest.mark.parametrize(
    ("opening", "reads"),
    [
        (["schools"], {Role.DIRECTOR}),
        (["leaders"], {Role.ASSOCIATION_LEADER}),
        (["experts"], {Role.EXPERT}),
        ([], set()),
    ],
)
def test_a_file_opens_only_for_those_named(client_of, methodologist, opening, reads) -> None:
    row = InstrumentFactory(created_by=methodologist, opening=opening)
    asked = (Role.DIRECTOR, Role.ASSOCIATION_LEADER, Role.EXPERT, Role.OBSERVER, Role.PUBLIC_REPRESENTATIVE)
    for url in (row.get_absolute_url(), reverse("procedures:instrument_file", args=[row.pk])):
        answers = {role for role in asked if client_of(role).get(url).status_code == 200}
        assert answers == reads


@pytest.mark.capability("S-152")
def test_a_leader_adds_and_a_methodologist_approves(client_of, leader, methodologist, coordinator, subject) -> None:
    own, staff = client_of(leader), client_of(methodologist)
    own.post(reverse("procedures:instrument_create"), words(subject))
    row = Instrument.objects.get()
    url = row.get_absolute_url()
    assert row.state == "proposed"
    assert client_of(coordinator).get(url).status_code == 404
    assert "Согласовать материалы банка КИМ" in {todo.title for todo in todo_for(methodologist)}
    assert "Не указана причина возврата" in staff.post(url, {"returned": "1", "answer": ""}).content.decode()
    staff.post(url, {"returned": "1", "answer": "Нет ключа"})
    assert [todo.note for todo in todo_for(leader) if todo.title.startswith("Исправить")] == ["Нет ключа"]
    own.post(reverse("procedures:instrument_edit", args=[row.pk]), words(subject, title="С ключом", file=""))
    row.refresh_from_db()
    assert (row.state, row.title) == ("proposed", "С ключом")
    assert own.post(url, {"approved": "1"}).status_code == 200
    row.refresh_from_db()
    assert row.state == "proposed"
    staff.post(url, {"approved": "1", "answer": ""})
    assert client_of(coordinator).get(url).status_code == 200
    assert own.get(reverse("procedures:instrument_edit", args=[row.pk])).status_code == 404


def test_a_leader_adds_only_for_own_subjects_and_faults_are_kept(client_of, leader, subject) -> None:
    foreign = SubjectFactory(name="Химия")
    client, url = client_of(leader), reverse("procedures:instrument_create")
    assert "Решение задач" in client.post(url, words(foreign)).content.decode()
    html = client.post(url, words(subject, file=pdf("вирус.exe"))).content.decode()
    assert "Такие файлы не принимаются" in html
    assert not Instrument.objects.exists()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.EXPERT, Role.ADMIN])
def test_readers_do_not_add(client_of, subject, role) -> None:
    assert client_of(role).post(reverse("procedures:instrument_create"), words(subject)).status_code == 404
    assert client_of(role).get(reverse("procedures:instruments")).status_code == 200
