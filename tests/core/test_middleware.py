import pytest
from django.test import Client

from apps.accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/cycle/directions/%00/", "/cycle/directions/%00/analysis/"])
def test_an_address_with_a_nul_letter_is_not_found(client_of, address):
    assert client_of(Role.SPECIALIST).get(address).status_code == 404


def test_so_is_the_open_sheet_of_a_meeting():
    assert Client().get("/m/%00/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/office/recommendations/new/?organization=%00", "/roadmaps/new/?direction=1%00", "/m/a/?choose=%00"]
)
def test_a_question_with_one_is_asked_without_it(client_of, address):
    assert client_of(Role.SPECIALIST).get(address).status_code in {200, 404}
