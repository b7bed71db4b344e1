"""The first page of the library: each role finds the shelves that it may open."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.library.selectors import shelves

pytestmark = pytest.mark.django_db
EVERYBODY = {"Документы и методические рекомендации", "Нормативные акты"}
SCHOOL = EVERYBODY | {"Банк практик", "Апробации", "Контрольные мероприятия", "Материалы нам"}


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        (Role.DIRECTOR, SCHOOL),
        (Role.EXPERT, EVERYBODY | {"Банк практик"}),
        (Role.PUBLIC_REPRESENTATIVE, EVERYBODY | {"Общественный совет"}),
        (Role.SPECIALIST, SCHOOL - {"Материалы нам"} | {"Общественный совет", "Рассылки материалов"}),
    ],
)
def test_shelves_of_a_role_open(client_of, user_of, role, titles):
    found = shelves(user_of(role))
    assert {shelf.title for shelf in found} == titles
    client = client_of(role)
    assert client.get(reverse("library:index")).status_code == 200
    assert {client.get(shelf.url).status_code for shelf in found} == {200}


def test_an_observer_has_no_library(client_of):
    assert client_of(Role.OBSERVER).get(reverse("library:index")).status_code == 404
