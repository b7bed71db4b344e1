"""The menu: each role finds its own rooms, and only rooms that exist and let it in."""

from collections.abc import Callable

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.desk import navigation
from apps.desk.navigation import Entry, menu_of


def _links(user: User, path: str = "/today/") -> list[navigation.Link]:
    return [link for _, links in menu_of(user, path) for link in links]


@pytest.mark.parametrize("role", list(Role))
def test_no_link_of_the_menu_is_closed_to_its_role(
    client_of: Callable[..., Client], user_of: Callable[..., User], role: Role
) -> None:
    client = client_of(role)
    answers = {link.url: client.get(link.url).status_code for link in _links(user_of(role))}
    assert set(answers.values()) == {200}, answers


def test_roles_have_menus_of_their_own(user_of: Callable[..., User]) -> None:
    department = {link.text for link in _links(user_of(Role.SPECIALIST))}
    school = {link.text for link in _links(user_of(Role.COORDINATOR))}
    assert "Кампании сбора" in department - school
    assert "Формы к заполнению" in school - department
    assert "Пользователи" not in school


def test_deepest_link_is_current(user_of: Callable[..., User]) -> None:
    current = [link.text for link in _links(user_of(Role.HEAD), "/office/organizations/school-01/") if link.is_current]
    assert current == ["Организации"]


def test_room_that_is_not_there_is_left_out(monkeypatch: pytest.MonkeyPatch, user_of: Callable[..., User]) -> None:
    rooms = (("", (Entry("nowhere:list", "Нигде", "house", frozenset(Role)),)),)
    monkeypatch.setattr(navigation, "SECTIONS", rooms)
    assert menu_of(user_of(Role.HEAD), "/") == []


def test_shell_has_its_landmarks_and_no_inline_code(client_of: Callable[..., Client]) -> None:
    page = client_of(Role.HEAD).get("/today/").content.decode()
    for part in ('class="skip" href="#content"', '<main class="page" id="content"', 'aria-current="page"', "<footer"):
        assert part in page
    assert " style=" not in page
    assert "onclick" not in page
    assert "<style" not in page
