"""The first page of every role: its own lines, nothing foreign, the same number of queries whatever there is."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Membership, User
from apps.accounts.roles import AUTHORITY, Role
from apps.core.models import Period
from apps.desk.demo import example
from apps.desk.demo.world import World
from apps.desk.today import term_of
from apps.organizations.models import Organization
from apps.procedures.models import Procedure, ResultFile, Subject
from apps.roadmaps import services as roadmaps
from tests.desk.conftest import TODAY

URL = "/today/"


@pytest.fixture
def recommend(specialist: User, period: Period) -> Callable[..., Any]:
    def send(title: str, *addressees: Organization) -> Any:
        new = roadmaps.NewRecommendation(period=period, title=title, text="Текст", due_on=TODAY + timedelta(days=10))
        return roadmaps.issue_recommendation(new=new, addressees=addressees, by=specialist)

    return send


@pytest.fixture
def work(period: Period) -> Procedure:
    """A work of the open schedule that begins in a week."""
    subject = Subject.objects.create(name="Физика")
    starts = TODAY + timedelta(days=7)
    return Procedure.objects.create(
        kind="rdr", period=period, year=2026, subject=subject, grade=8, title="РДР. Физика, 8 класс",
        window_starts_on=starts, window_ends_on=starts + timedelta(days=1),
    )  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_its_page(client_of: Callable[..., Client], work: Procedure, role: str) -> None:
    response = client_of(role).get(URL)
    assert response.status_code == 200
    page = response.content.decode()
    assert "Здравствуйте" in page
    assert str(Role(role).label).capitalize() in page
    assert work.title in page


def test_anonymous_is_sent_to_log_in(client: Client) -> None:
    response = client.get(URL)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("url", ["/office/", "/school/"])
def test_short_addresses_lead_to_the_page(client_of: Callable[..., Client], url: str) -> None:
    assert client_of(Role.HEAD).get(url)["Location"] == URL


def test_school_sees_its_own_recommendation_and_not_the_neighbours(
    client_of: Callable[..., Client], recommend: Any, school: Organization, other_school: Organization
) -> None:
    recommend("Своя рекомендация", school)
    recommend("Чужая рекомендация", other_school)
    page = client_of(Role.DIRECTOR).get(URL).content.decode()
    assert "Своя рекомендация" in page
    assert "Подтвердить получение рекомендаций" in page
    assert "Чужая рекомендация" not in page


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE, Role.ASSOCIATION_LEADER])
def test_people_outside_the_authority_see_nothing_of_schools(
    client_of: Callable[..., Client], recommend: Any, school: Organization, role: str
) -> None:
    recommend("Своя рекомендация", school)
    page = client_of(role).get(URL).content.decode()
    assert "Своя рекомендация" not in page
    assert "с признаками проблем" not in page


@pytest.mark.parametrize("role", sorted(AUTHORITY))
def test_authority_sees_the_figures(
    client_of: Callable[..., Client], recommend: Any, school: Organization, role: str
) -> None:
    recommend("Рекомендация", school)
    page = client_of(role).get(URL).content.decode()
    assert "с признаками проблем" in page
    assert "рекомендация в работе" in page
    assert "исполнено 0 из 1" in page


def test_the_pressing_comes_first(client_of: Callable[..., Client], recommend: Any, school: Organization) -> None:
    client_of(Role.DIRECTOR)
    late = recommend("Просроченная", school)
    late.due_on = TODAY - timedelta(days=1)
    late.save()
    roadmaps.confirm_receipt(addressee=late.addressees.get(), by=Membership.objects.get(role=Role.DIRECTOR).user)
    recommend("Новая", school)
    page = client_of(Role.DIRECTOR).get(URL).content.decode()
    assert page.index("Отчитаться об исполнении") < page.index("Подтвердить получение")


def test_a_works_window_that_is_over_or_closed_to_the_public_is_not_shown(
    client_of: Callable[..., Client], work: Procedure
) -> None:
    work.is_public = False
    work.save()
    assert work.title not in client_of(Role.OBSERVER).get(URL).content.decode()
    work.is_public, work.window_starts_on, work.window_ends_on = True, TODAY - timedelta(5), TODAY - timedelta(1)
    work.save()
    assert work.title not in client_of(Role.OBSERVER).get(URL).content.decode()


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.DIRECTOR])
def test_queries_do_not_grow_with_the_data(
    client_of: Callable[..., Client],
    recommend: Any,
    school: Organization,
    other_school: Organization,
    role: str,
) -> None:
    client = client_of(role)
    recommend("Рекомендация", school)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for number in range(4):
        recommend(f"Рекомендация {number}", school, other_school)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "срок сегодня"),
        (1, "остался 1 день"),
        (3, "осталось 3 дня"),
        (11, "осталось 11 дней"),
        (-1, "просрочено на 1 день"),
        (-5, "просрочено на 5 дней"),
    ],
)
def test_terms_are_written_for_people(days: int, words: str) -> None:
    today = date(2026, 2, 10)
    assert term_of(today + timedelta(days=days), today) == words


def test_no_term_no_words() -> None:
    assert term_of(None, date(2026, 2, 10)) == ""


# --- the demonstration's example


@pytest.fixture
def demonstration(settings: Any, specialist: User) -> User:
    settings.DEMO = True
    example.load(World.begin(today=TODAY))
    return specialist


def test_newcomer_imports_the_example_by_one_press(demonstration: User, client_of: Callable[..., Client]) -> None:
    client = client_of(demonstration)
    assert "Посмотрите на примере" in client.get(URL).content.decode()
    response = client.post(reverse("desk:example_import"))
    file = ResultFile.objects.get()
    assert response["Location"] == reverse("procedures:batch", args=[file.batch_id])
    assert file.batch.created_by == demonstration
    assert "Посмотрите на примере" not in client.get(URL).content.decode()
    client.post(reverse("desk:example_import"))
    assert ResultFile.objects.count() == 1


def test_example_can_be_downloaded(demonstration: User, client_of: Callable[..., Client]) -> None:
    response = client_of(demonstration).get(reverse("desk:example_file"))
    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert f"{TODAY.year}.xlsx" in response["Content-Disposition"]


@pytest.mark.parametrize("role", [Role.METHODOLOGIST, Role.DIRECTOR, Role.OBSERVER])
def test_others_are_not_invited(demonstration: User, client_of: Callable[..., Client], role: str) -> None:
    client = client_of(role)
    assert "Посмотрите на примере" not in client.get(URL).content.decode()
    assert client.get(reverse("desk:example_file")).status_code == 404
    assert client.post(reverse("desk:example_import")).status_code == 404
    assert not ResultFile.objects.exists()


def test_outside_a_demonstration_there_is_no_example(
    demonstration: User, settings: Any, client_of: Callable[..., Client]
) -> None:
    settings.DEMO = False
    client = client_of(demonstration)
    assert "Посмотрите на примере" not in client.get(URL).content.decode()
    assert client.post(reverse("desk:example_import")).status_code == 404


def test_person_without_a_role_is_told_so(client: Client, specialist: User) -> None:
    Membership.objects.filter(user=specialist).delete()
    client.force_login(specialist)
    assert "Роль не назначена" in client.get(URL).content.decode()
