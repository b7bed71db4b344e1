"""The register of people: entries, flags of accreditation, nominations, invitations; who sees what."""

import pytest
from django.core import mail
from django.urls import reverse

from apps.accounts.models import Invitation
from apps.accounts.roles import Role
from apps.accounts.services import accept_as_new_user
from apps.procedures.people.models import Person
from apps.procedures.people.todo import todo_for
from tests.factories.people import AssociationFactory, PersonFactory, day
from tests.factories.results import SubjectFactory

pytestmark = pytest.mark.django_db


def words(**changes: object) -> dict[str, object]:
    return {
        "last_name": "Родникова",
        "first_name": "Ольга",
        "patronymic": "Петровна",
        "capacities": ["observer"],
        "employer": "Совет ветеранов",
        "email": "rodnikova@test.invalid",
        "consent_on": day(-2).isoformat(),
        **changes,
    }


@pytest.mark.capability("S-140")
def test_a_specialist_enters_a_person_with_accreditation_and_training(client_of, specialist, other_school) -> None:
    client = client_of(specialist)
    made = client.post(reverse("procedures:person_create"), words(avoids=[other_school.pk]))
    person = Person.objects.get()
    assert made.url == person.get_absolute_url()
    client.post(
        made.url,
        {
            "accreditation": "1", "a-issuer": "Региональный центр", "a-number": "17",
            "a-valid_from": day(-10).isoformat(), "a-valid_to": day(90).isoformat(),
        },
    )  # fmt: skip
    client.post(made.url, {"training": "1", "t-title": "Курс наблюдателей", "t-completed_on": day(-5).isoformat()})
    page = client.get(made.url).content.decode()
    for text in ("Родникова Ольга Петровна", "№ 17", "Региональный центр", "Курс наблюдателей", other_school.name):
        assert text in page
    listed = client.get(reverse("procedures:people")).content.decode()
    assert "Родникова" in listed
    assert "действует" in listed


def test_faults_of_a_person_are_told_together_and_kept(client_of, specialist) -> None:
    page = client_of(specialist).post(
        reverse("procedures:person_create"), words(capacities=["expert"], consent_on=day(3).isoformat(), last_name="")
    )
    html = page.content.decode()
    for text in ("Этот день ещё не наступил", "У эксперта отметьте хотя бы один предмет", "Совет ветеранов"):
        assert text in html
    assert not Person.objects.exists()


def test_accreditation_is_found_by_its_state(client_of, specialist) -> None:
    people = {
        "valid": PersonFactory(accredited=100),
        "soon": PersonFactory(accredited=10),
        "expired": PersonFactory(accredited=-1),
        "none": PersonFactory(accredited=0),
    }
    assert {name: person.accreditation_state() for name, person in people.items()} == {name: name for name in people}
    client = client_of(specialist)
    for name in ("soon", "expired", "none"):
        html = client.get(reverse("procedures:people"), {"accreditation": name}).content.decode()
        shown = {each for each, person in people.items() if str(person) in html}
        assert shown == {name}
    assert "Обновить аккредитации" in {todo.title for todo in todo_for(specialist)}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.OBSERVER, Role.EXPERT, Role.ASSOCIATION_LEADER])
def test_the_register_is_closed_to_others(client_of, role) -> None:
    person = PersonFactory()
    client = client_of(role)
    for url in (
        reverse("procedures:people"), person.get_absolute_url(), reverse("procedures:person_create"),
        reverse("procedures:coverage"), reverse("procedures:acts"), reverse("procedures:expert_tasks"),
        reverse("procedures:public_participation"), reverse("procedures:associations"),
    ):  # fmt: skip
        assert client.get(url).status_code == 404
    reader = client_of(Role.METHODOLOGIST)
    assert reader.get(person.get_absolute_url()).status_code == 200
    assert reader.get(reverse("procedures:person_create")).status_code == 404
    assert reader.post(person.get_absolute_url(), {"training": "1", "t-title": "x"}).status_code == 200
    assert not person.trainings.exists()


def test_an_invited_person_becomes_the_one_who_logs_in(client_of, specialist, commit) -> None:
    person = PersonFactory(email="new@people.test.invalid")
    url = reverse("procedures:person_invite", args=[person.pk])
    with commit():
        client_of(specialist).post(url, {"capacity": "observer"})
    assert "new@people.test.invalid" in mail.outbox[-1].to
    assert Person.objects.get().account is None
    invitation = Invitation.objects.get()
    assert invitation.role == Role.OBSERVER
    user = accept_as_new_user(
        invitation=invitation, last_name="Н", first_name="Н", patronymic="", post="", password="проверочный-пароль-123"
    )
    assert list(Person.objects.of_user(user)) == [person]
    again = client_of(specialist).post(url, {"capacity": "observer"}, follow=True)
    assert "уже связана" in again.content.decode()


def test_one_who_has_the_role_is_linked_at_once(client_of, specialist, user_of) -> None:
    user = user_of(Role.EXPERT)
    person = PersonFactory(email=user.email, capacities=["expert"])
    client_of(specialist).post(reverse("procedures:person_invite", args=[person.pk]), {"capacity": "expert"})
    person.refresh_from_db()
    assert person.account == user
    assert not Invitation.objects.exists()


@pytest.mark.capability("S-154")
def test_a_leader_nominates_and_a_specialist_decides(client_of, specialist, user_of, school) -> None:
    leader, subject = user_of(Role.ASSOCIATION_LEADER), SubjectFactory()
    foreign = SubjectFactory(name="Химия")
    AssociationFactory(leader=leader, subjects=[subject])
    own, staff = client_of(leader), client_of(specialist)
    data = words(subjects=[subject.pk], workplace=school.pk, reason="Проверяет олимпиады")
    refused = own.post(reverse("procedures:nominate"), data | {"subjects": [foreign.pk]})
    assert refused.status_code == 200
    own.post(reverse("procedures:nominate"), data)
    own.post(reverse("procedures:nominate"), data | {"last_name": "Ветлугина"})
    first, second = Person.objects.order_by("pk")
    assert first.capacities == ["expert"]
    assert "Проверяет олимпиады" in staff.get(first.get_absolute_url()).content.decode()
    assert "Рассмотреть предложенных экспертов" in {todo.title for todo in todo_for(specialist)}
    html = staff.post(first.get_absolute_url(), {"decline": "1", "d-reason": ""}).content.decode()
    assert "Не указана причина отказа" in html
    staff.post(first.get_absolute_url(), {"decline": "1", "d-reason": "Нет стажа"})
    staff.post(second.get_absolute_url(), {"accept": "1", "d-reason": ""})
    assert [person.state for person in Person.objects.order_by("pk")] == ["declined", "active"]
    page = own.get(reverse("procedures:nominations")).content.decode()
    assert "Нет стажа" in page
    assert "в реестре" in page
    another = client_of(user_of(Role.ASSOCIATION_LEADER, specialist.organization))
    assert "Ветлугина" not in another.get(reverse("procedures:nominations")).content.decode()


def test_archive_takes_contacts_away_and_asks_for_a_reason(client_of, specialist) -> None:
    person = PersonFactory(phone="123")
    url = reverse("procedures:person_archive", args=[person.pk])
    client = client_of(specialist)
    assert client.post(url, {"reason": ""}).status_code == 200
    client.post(url, {"reason": "Уехал"})
    person.refresh_from_db()
    assert (person.state, person.email, person.phone) == ("archived", "", "")
    assert str(person) not in client.get(reverse("procedures:people")).content.decode()


def test_an_association_has_a_leader_of_that_role(client_of, specialist, user_of) -> None:
    leader, stranger, subject = user_of(Role.ASSOCIATION_LEADER), user_of(Role.OBSERVER), SubjectFactory()
    client, url = client_of(specialist), reverse("procedures:association_create")
    data = {"name": "Математики", "subjects": [subject.pk]}
    assert client.post(url, data | {"leader": stranger.pk}).status_code == 200
    client.post(url, data | {"leader": leader.pk})
    page = client.get(reverse("procedures:associations")).content.decode()
    assert "Математики" in page
    assert leader.get_short_name() in page
    assert "уже есть" in client.post(url, data | {"leader": ""}).content.decode()
