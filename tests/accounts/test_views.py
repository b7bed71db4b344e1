"""Pages of the accounts: what is seen, what is hidden, what a stranger can find out."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from apps.accounts.models import Invitation, Membership, User
from apps.accounts.roles import Role
from apps.organizations.models import Organization
from tests.factories.accounts import PASSWORD, InvitationFactory, MembershipFactory, UserFactory

NEW_PASSWORD = "совсем новая длинная фраза"


@pytest.fixture(autouse=True)
def _no_limits_left_over(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def _text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# --- people


def test_people_are_seen_by_keepers_in_their_reach(
    client_of: Callable[..., Client], coordinator: User, other_coordinator: User
) -> None:
    for role, sees_stranger in ((Role.SPECIALIST, True), (Role.ADMIN, True), (Role.DIRECTOR, False)):
        page = client_of(role).get("/accounts/people/").content.decode()
        assert coordinator.email in page
        assert (other_coordinator.email in page) is sees_stranger
    for role in (Role.COORDINATOR, Role.METHODOLOGIST, Role.OBSERVER):
        assert client_of(role).get("/accounts/people/").status_code == 404


def test_search_forgives_letters_and_narrows_only(
    client_of: Callable[..., Client], school: Organization, other_school: Organization
) -> None:
    MembershipFactory(organization=school, user=UserFactory(last_name="Семёнов", email="semenov@test.invalid"))
    MembershipFactory(organization=other_school, user=UserFactory(last_name="Семенов", email="other@test.invalid"))
    page = client_of(Role.DIRECTOR).get("/accounts/people/?q=семенов").content.decode()
    assert "semenov@test.invalid" in page
    assert "other@test.invalid" not in page


@pytest.mark.parametrize("query", ["?q=%00", "?role=boss", "?organization=нет", "?sort=user__password", "?page=999999"])
def test_strange_addresses_do_no_harm(client_of: Callable[..., Client], query: str) -> None:
    assert client_of(Role.SPECIALIST).get("/accounts/people/" + query).status_code == 200


def test_person_of_another_school_does_not_exist(client_of: Callable[..., Client], other_coordinator: User) -> None:
    assert client_of(Role.DIRECTOR).get(f"/accounts/people/{other_coordinator.pk}/").status_code == 404
    assert client_of(Role.SPECIALIST).get(f"/accounts/people/{other_coordinator.pk}/").status_code == 200
    membership = Membership.objects.get(user=other_coordinator)
    assert client_of(Role.DIRECTOR).post(f"/accounts/memberships/{membership.pk}/end/").status_code == 404
    assert Membership.objects.current().filter(pk=membership.pk).exists()


def test_closed_account_is_out_at_the_next_request(client_of: Callable[..., Client], coordinator: User) -> None:
    theirs = client_of(coordinator)
    assert theirs.get("/today/").status_code == 200
    client_of(Role.SPECIALIST).post(f"/accounts/people/{coordinator.pk}/active/", {"active": "0"})
    assert theirs.get("/today/").status_code == 302
    client_of(Role.SPECIALIST).post(f"/accounts/people/{coordinator.pk}/active/", {"active": "1"})
    assert theirs.get("/today/").status_code == 302  # the old session does not come back


def test_ended_role_counts_at_the_next_request(client_of: Callable[..., Client], director: User) -> None:
    theirs = client_of(director)
    assert theirs.get("/accounts/people/").status_code == 200
    membership = Membership.objects.get(user=director)
    client_of(Role.SPECIALIST).post(f"/accounts/memberships/{membership.pk}/end/")
    assert theirs.get("/accounts/people/").status_code == 404


# --- invitations


def test_invitation_offers_only_what_one_may_give(client_of: Callable[..., Client], other_school: Organization) -> None:
    page = client_of(Role.DIRECTOR).get("/accounts/invitations/new/").content.decode()
    assert "Координатор организации" in page
    assert "Администратор" not in page
    assert other_school.name not in page
    data = {"email": "x@test.invalid", "organization": other_school.pk, "role": "admin"}
    answer = client_of(Role.DIRECTOR).post("/accounts/invitations/new/", data)
    assert "Есть ошибки" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_invited_person_names_themselves_and_is_in(client: Client, school: Organization) -> None:
    invitation = InvitationFactory(email="new@test.invalid", organization=school)
    url = f"/accounts/invitations/{invitation.token}/"
    data = {"last_name": "Новикова", "first_name": "Ольга", "password": "qwerty", "role": "admin", "is_superuser": "1"}
    refused = client.post(url, data)
    assert "Есть ошибки" in refused.content.decode()
    assert "Новикова" in refused.content.decode()
    answer = client.post(url, {**data, "password": NEW_PASSWORD})
    assert answer.status_code == 302
    user = User.objects.get(email="new@test.invalid")
    assert user.role == Role.COORDINATOR
    assert not user.is_superuser
    assert client.get("/today/").status_code == 200
    again = Client().get(url)
    assert again.status_code == 410
    assert "уже создана" in again.content.decode()


def test_link_of_a_known_person_asks_to_log_in(client: Client, director: User, other_school: Organization) -> None:
    invitation = InvitationFactory(email=director.email, organization=other_school)
    page = client.get(f"/accounts/invitations/{invitation.token}/").content.decode()
    assert "Войдите, чтобы принять" in page
    assert 'name="password"' not in page


def test_link_sent_to_another_person_is_refused(
    client_of: Callable[..., Client], director: User, other_school: Organization
) -> None:
    invitation = InvitationFactory(email=director.email, organization=other_school)
    url = f"/accounts/invitations/{invitation.token}/"
    assert client_of(Role.COORDINATOR).post(url).status_code == 403
    assert client_of(director).post(url).status_code == 302
    assert director.memberships.count() == 2


def test_unknown_link_is_explained(client: Client) -> None:
    answer = client.get("/accounts/invitations/nonsense/")
    assert answer.status_code == 410
    assert "ссылка скопирована не полностью" in answer.content.decode()


# --- context


def test_switch_takes_own_current_roles_only(
    client_of: Callable[..., Client], director: User, other_school: Organization, other_coordinator: User
) -> None:
    second = MembershipFactory(user=director, organization=other_school, role=Role.COORDINATOR)
    client = client_of(director)
    assert client.get("/accounts/people/").status_code == 200
    assert client.post("/accounts/switch/", {"membership": second.pk}).status_code == 302
    assert client.get("/accounts/people/").status_code == 404  # a coordinator now: no union of rights
    strange = Membership.objects.get(user=other_coordinator)
    for value in (strange.pk, "", "x", "9" * 30):
        assert client.post("/accounts/switch/", {"membership": value}).status_code == 404


# --- logging in


def test_log_in_says_the_same_of_known_and_unknown_accounts(client: Client, coordinator: User) -> None:
    known = client.post("/accounts/login/", {"login": coordinator.email, "password": "x"})
    unknown = client.post("/accounts/login/", {"login": "nobody@test.invalid", "password": "x"})
    assert "не подходят" in _text(known)
    assert _text(known).replace(coordinator.email, "") == _text(unknown).replace("nobody@test.invalid", "")


def test_reset_says_the_same_of_known_and_unknown_accounts(client: Client, coordinator: User) -> None:
    answers = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in (coordinator.email, "nobody@test.invalid")
    ]
    assert _text(answers[0]) == _text(answers[1])
    assert "Проверьте почту" in _text(answers[0])
    assert len(mail.outbox) == 2


def test_guessing_is_stopped_and_a_new_password_lifts_the_stop(
    client: Client, coordinator: User, settings: Any
) -> None:
    settings.SITE_URL = "https://msoko.example"
    for _ in range(5):
        client.post("/accounts/login/", {"login": coordinator.email, "password": "x"})
    right = client.post("/accounts/login/", {"login": coordinator.email, "password": PASSWORD})
    assert "Слишком много неудачных попыток" in _text(right)
    client.post("/accounts/password/reset/", {"email": coordinator.email}, headers={"host": "localhost"})
    link = re.search(r"https://msoko\.example(/accounts/password/reset/key/\S+)", mail.outbox[-1].body)
    assert link
    page = client.get(link[1], follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    entered = client.post("/accounts/login/", {"login": coordinator.email, "password": NEW_PASSWORD})
    assert entered.status_code == 302
    assert Client().get(link[1], follow=True).content.decode().count("Ссылка не действует")


def test_log_in_leads_only_to_own_pages(client: Client, coordinator: User) -> None:
    data = {"login": coordinator.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/accounts/login/", data)["Location"] == "/today/"


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "3rdparty/"])
def test_pages_of_allauth_that_are_not_in_use_do_not_exist(client: Client, path: str, coordinator: User) -> None:
    client.force_login(coordinator)
    answer = client.get(f"/accounts/{path}")
    assert answer.status_code in {301, 302, 404}
    assert answer.get("Location", "/accounts/login/") == "/accounts/login/"


# --- demonstration


def test_demonstration_offers_its_own_accounts_only(client: Client, school: Organization, settings: Any) -> None:
    settings.DEMO = True
    demo = MembershipFactory(organization=school, user__email="director@demo.invalid", role=Role.DIRECTOR)
    real = MembershipFactory(organization=school, user__email="real@test.invalid", role=Role.DIRECTOR)
    page = client.get("/accounts/login/").content.decode()
    assert "director@demo.invalid" in page
    assert "real@test.invalid" not in page
    assert client.post("/accounts/demo/", {"membership": real.pk}).status_code == 404
    assert client.post("/accounts/demo/", {"membership": demo.pk})["Location"] == "/today/"
    assert client.get("/today/").status_code == 200


def test_without_demonstration_there_is_no_such_page(client: Client, school: Organization) -> None:
    demo = MembershipFactory(organization=school, user__email="director@demo.invalid")
    assert "director@demo.invalid" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/demo/", {"membership": demo.pk}).status_code == 404
    assert client.get("/accounts/demo/").status_code == 405
