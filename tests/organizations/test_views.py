"""Pages of the register: what is seen, what is hidden, what a stranger cannot change."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.models import PrivateFile
from apps.organizations.models import Organization
from apps.workbooks.writing import export_table
from tests.factories.organizations import ExternalIdFactory, GroupFactory, SchoolFactory

LIST = "/office/organizations/"


def _names(answer: Any) -> list[str]:
    return re.findall(r"<td data-label=\"Название\"[^>]*><a[^>]*>([^<]+)</a>", answer.content.decode())


def test_list_is_sorted_by_number_and_not_as_text(client_of: Callable[..., Client], school: Organization) -> None:
    for number in (10, 2):
        SchoolFactory(number=number)
    assert _names(client_of(Role.OBSERVER).get(LIST)) == ["Школа № 1", "Школа № 2", "Школа № 10"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("?q=елочка", ["Ёлочка"], id="ё is е"),
        pytest.param("?q=ЁЛОЧКА", ["Ёлочка"], id="any case"),
        pytest.param("?q=kindergarten-01", ["Ёлочка"], id="our code"),
        pytest.param("?q=sch990001", ["Школа № 1"], id="login of another system"),
        pytest.param("?q=990001", ["Школа № 1"], id="its digits"),
        pytest.param("?kind=kindergarten", ["Ёлочка"], id="kind"),
        pytest.param("?programme=secondary", ["Школа № 1"], id="programme"),
        pytest.param("?group=rural", ["Школа № 1"], id="group"),
        pytest.param("?state=closed", ["Школа № 7"], id="closed"),
        pytest.param("?state=all&kind=school", ["Школа № 1", "Школа № 7"], id="all"),
        pytest.param("?q=%25", [], id="a sign of the query language is a letter"),
    ],
)
def test_search_and_filters(
    client_of: Callable[..., Client],
    school: Organization,
    kindergarten: Organization,
    query: str,
    found: list[str],
) -> None:
    Organization.objects.filter(pk=kindergarten.pk).update(name="Ёлочка")
    ExternalIdFactory(organization=school, prefix="edu", value="990001")
    GroupFactory(code="rural").organizations.add(school)
    SchoolFactory(number=7, closed_on="2020-01-01")
    assert [name.replace(" (закрыта)", "") for name in _names(client_of(Role.SPECIALIST).get(LIST + query))] == found


@pytest.mark.parametrize("query", ["?q=%00", "?kind=boss", "?group=нет", "?sort=-name,email", "?page=x", "?state="])
def test_strange_addresses_do_no_harm(client_of: Callable[..., Client], school: Organization, query: str) -> None:
    assert client_of(Role.SPECIALIST).get(LIST + query).status_code == 200


def test_codes_and_history_are_for_those_who_edit(client_of: Callable[..., Client], school: Organization) -> None:
    ExternalIdFactory(organization=school, value="990001")
    url = f"{LIST}school-01/"
    for who, sees in (
        (Role.SPECIALIST, True),
        (Role.DIRECTOR, True),
        (Role.METHODOLOGIST, True),
        (Role.OBSERVER, False),
    ):
        assert ("990001" in client_of(who).get(url).content.decode()) is sees


def test_stranger_cannot_edit(client_of: Callable[..., Client], school: Organization, other_director: User) -> None:
    stranger = client_of(other_director)
    assert "Изменить контакты" not in stranger.get(f"{LIST}school-01/").content.decode()
    assert stranger.post(f"{LIST}school-01/contacts/", {"phone": "1"}).status_code == 404
    for change in ("rename", "merge", "close"):
        assert client_of(Role.DIRECTOR).post(f"{LIST}school-01/{change}/", {"on": "2026-09-01"}).status_code == 404
    assert Organization.objects.get(code="school-01").phone == ""


def test_school_edits_contacts_and_nothing_else(client_of: Callable[..., Client], school: Organization) -> None:
    data = {"phone": "8 800", "website": "https://one.example", "code": "hacked", "kind": "authority", "name": "Лучшая"}
    assert client_of(Role.DIRECTOR).post(f"{LIST}school-01/contacts/", data).status_code == 302
    school.refresh_from_db()
    assert (school.code, school.kind, school.name, school.phone) == ("school-01", "school", "Школа № 1", "8 800")
    assert "https://one.example/sveden/" in client_of(Role.OBSERVER).get(f"{LIST}school-01/").content.decode()
    bad = client_of(Role.DIRECTOR).post(f"{LIST}school-01/contacts/", {"website": "javascript:alert(1)", "phone": "9"})
    assert "Есть ошибки" in bad.content.decode()


def test_keeper_merges_with_a_reason_when_refused(
    client_of: Callable[..., Client], school: Organization, other_school: Organization
) -> None:
    client = client_of(Role.SPECIALIST)
    data = {"into": "school-02", "on": "2026-09-01", "note": "Постановление 12"}
    assert client.post(f"{LIST}school-01/merge/", data).status_code == 302
    again = client.post(f"{LIST}school-01/merge/", data).content.decode()
    assert "Организация уже закрыта 01.09.2026." in again
    assert client.get(f"{LIST}school-01/explode/").status_code == 404


def _upload(*rows: list[Any]) -> io.BytesIO:
    stream = io.BytesIO(export_table(["Код", "Вид", "Краткое название"], rows))
    stream.name = "register.xlsx"
    return stream


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


def test_import_shows_first_and_writes_on_confirmation(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.SPECIALIST)
    page = client.post(f"{LIST}import/", {"file": _upload(["school-05", "школа", "Школа № 5"])}).content.decode()
    assert "Школа № 5" in page
    assert not Organization.objects.filter(code="school-05").exists()
    data = {"confirm": "1", "file": _hidden(page, "file"), "digest": _hidden(page, "digest")}
    assert client_of(Role.HEAD).post(f"{LIST}import/", data).status_code == 404  # another person's file
    wrong = client.post(f"{LIST}import/", {**data, "digest": ""}).content.decode()
    assert "реестр изменился" in wrong
    assert not Organization.objects.filter(code="school-05").exists()
    assert client.post(f"{LIST}import/", data).status_code == 302
    assert Organization.objects.get(code="school-05").name == "Школа № 5"


def test_bad_file_shows_its_findings_and_offers_no_confirmation(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.SPECIALIST)
    page = client.post(f"{LIST}import/", {"file": _upload(["плохой код", "школа", "Школа"])}).content.decode()
    assert "ячейка A2" in page
    assert "Подтвердить" not in page
    broken = io.BytesIO(b"PK\x03\x04 broken")
    broken.name = "register.xlsx"
    assert client.post(f"{LIST}import/", {"file": broken}).status_code == 200
    assert not PrivateFile.objects.exists()


@pytest.mark.parametrize("data", [{"confirm": "1"}, {"confirm": "1", "file": "x"}, {}])
def test_empty_and_forged_posts_do_no_harm(client_of: Callable[..., Client], data: dict[str, str]) -> None:
    assert client_of(Role.SPECIALIST).post(f"{LIST}import/", data).status_code in {200, 404}


def test_import_and_export_are_closed_to_schools(client_of: Callable[..., Client], school: Organization) -> None:
    for path in ("import/", "import/template/", "export/xlsx/", "export/csv/"):
        assert client_of(Role.DIRECTOR).get(LIST + path).status_code == 404
        assert client_of(Role.SPECIALIST).get(LIST + path).status_code == 200
    assert client_of(Role.SPECIALIST).get(f"{LIST}export/pdf/").status_code == 404


def test_list_costs_the_same_for_many(
    client_of: Callable[..., Client], school: Organization, django_assert_max_num_queries: Any
) -> None:
    client = client_of(Role.SPECIALIST)
    for number in range(100, 140):
        SchoolFactory(number=number)
    with django_assert_max_num_queries(14):
        client.get(LIST)
