"""Documents on the sites: marked with links by the organisation, missing and broken ones seen by the authority."""

import pytest
from django.test import override_settings
from django.urls import reverse

from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.collection.models import SiteLink
from apps.collection.services import sites as services
from apps.collection.site_documents import site_documents
from apps.core.findings import Refused
from apps.core.models import Job
from apps.core.outside import Answer

pytestmark = pytest.mark.django_db
GOOD = "https://school.test.invalid/ustav.pdf"


def test_the_list_says_its_source_and_marks_what_is_not_confirmed():
    about = site_documents()
    assert "273-ФЗ" in about.source
    assert "не подтверждено" in about.note
    assert {item.code for item in about.of(["preschool"])} < {item.code for item in about.documents}


@pytest.mark.capability("S-158")
def test_a_coordinator_marks_documents_and_the_board_shows_missing_and_broken(
    client_of, coordinator, school, specialist
):
    """Links are marked; a broken and a missing one are seen by the school and by the authority."""
    client, address = client_of(coordinator), reverse("collection:site_documents")
    links = {"url-charter": GOOD, "url-license": "https://school.test.invalid/gone"}
    assert client.post(address, links).status_code == 302

    def ask(url):
        return Answer(True) if url == GOOD else Answer(False, "страницы по этому адресу нет", 404)

    assert services.check_links(organization=school.pk, ask=ask) == 2
    page = client.get(address).content.decode()
    assert "открывается" in page
    assert "Страницы по этому адресу нет" in page
    assert "нет ссылки" in page
    board = client_of(specialist).get(reverse("collection:site_board")).content.decode()
    needed = len(site_documents().of(school.programmes))
    assert f"2 из {needed}" in board
    assert "страницы по этому адресу нет" in board
    assert client_of(specialist).get(reverse("collection:site_export")).status_code == 200


def test_a_changed_link_is_unchecked_and_an_empty_one_is_taken_away(school, coordinator):
    services.save_links(organization=school, urls={"charter": GOOD}, by=coordinator)
    services.check_links(organization=school.pk, ask=lambda _: Answer(False, "сайт не отвечает"))
    assert SiteLink.objects.get().state == SiteLink.State.BROKEN
    assert services.save_links(organization=school, urls={"charter": GOOD}, by=coordinator) == 0
    assert services.save_links(organization=school, urls={"charter": GOOD + "?2"}, by=coordinator) == 1
    assert SiteLink.objects.get().state == SiteLink.State.UNCHECKED
    services.save_links(organization=school, urls={"charter": ""}, by=coordinator)
    assert not SiteLink.objects.exists()


def test_a_link_changed_while_it_was_asked_stays_unchecked(school, coordinator):
    services.save_links(organization=school, urls={"charter": GOOD}, by=coordinator)

    def ask(_):
        services.save_links(organization=school, urls={"charter": GOOD + "?new"}, by=coordinator)
        return Answer(False, "сайт не отвечает")

    services.check_links(organization=school.pk, ask=ask)
    assert SiteLink.objects.get().state == SiteLink.State.UNCHECKED


def test_all_bad_addresses_at_once_and_what_was_typed_is_kept(client_of, coordinator):
    links = {"url-charter": "javascript:alert(1)", "url-license": "нет", "url-staff": GOOD}
    response = client_of(coordinator).post(reverse("collection:site_documents"), links)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("ссылка не похожа на адрес страницы") == 2
    assert "javascript:alert(1)" in page
    assert GOOD in page
    assert not SiteLink.objects.exists()


@override_settings(SITE_LINK_CHECKS=False)
def test_checks_are_off_where_there_is_no_network_and_the_page_says_so(client_of, coordinator):
    client = client_of(coordinator)
    assert (
        "Проверка ссылок на этом портале выключена" in client.get(reverse("collection:site_documents")).content.decode()
    )
    client.post(reverse("collection:site_check"))
    assert not Job.objects.exists()


@override_settings(SITE_LINK_CHECKS=True)
def test_a_check_is_a_job_and_pressed_twice_is_one(client_of, coordinator, specialist, other_director):
    for _ in range(2):
        assert client_of(coordinator).post(reverse("collection:site_check")).status_code == 302
    assert Job.objects.count() == 1
    client_of(specialist).post(reverse("collection:site_check"))
    assert Job.objects.count() == 2
    with pytest.raises(Refused):
        services.request_check(by=other_director, organization=coordinator.organization)


@pytest.mark.parametrize("role", list(Role))
def test_who_opens_what(client_of, role):
    pages = {"site_documents": SCHOOL, "site_board": AUTHORITY, "site_export": AUTHORITY}
    client = client_of(role)
    got = {name: client.get(reverse(f"collection:{name}")).status_code for name in pages}
    assert got == {name: 200 if role in allowed else 404 for name, allowed in pages.items()}


def test_another_school_does_not_write(school, other_director):
    with pytest.raises(Refused):
        services.save_links(organization=school, urls={"charter": GOOD}, by=other_director)
