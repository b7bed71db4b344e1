"""Requests of external users: who asked, what for, what was answered; the indicators they need."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.indicators.models import InformationRequest
from apps.indicators.services.requests import answer_request
from apps.indicators.todo import todo_for
from tests.factories.indicators import PackFactory, RequestFactory, VersionFactory

pytestmark = pytest.mark.django_db

LIST = "/indicators/requests/"


@pytest.fixture
def indicator():
    PackFactory()
    return VersionFactory(indicator__number="1", name="Численность").indicator


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def typed(**changed):
    today = timezone.localdate()
    given = {
        "asker": "Министерство образования", "asker_kind": "region", "subject": "Численность по школам",
        "purpose": "Планирование сети", "need": "regular", "received_on": today.isoformat(),
        "due_on": (today + timedelta(days=7)).isoformat(), "indicators": ["trial.1"],
    }  # fmt: skip
    return {**given, **changed}


@pytest.mark.capability("S-088")
def test_a_request_is_recorded_linked_and_answered(client_of, indicator):
    client = client_of(Role.SPECIALIST)
    answer = client.post(f"{LIST}new/", typed())
    row = InformationRequest.objects.get()
    assert answer.headers["Location"] == f"{LIST}{row.pk}/"
    assert list(row.indicators.all()) == [indicator]
    page = text(client.get(LIST))
    assert "Министерство образования" in page
    assert "регулярно" in page
    assert "Министерство образования" in text(client.get("/indicators/trial.1/"))  # «Где используется»
    assert "Напишите, что отвечено" in text(client.post(f"{LIST}{row.pk}/", {"state": "answered"}))
    assert client.post(f"{LIST}{row.pk}/", {"state": "answered", "answer": "Письмо № 5"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answer) == ("answered", "Письмо № 5")
    assert "Письмо № 5" in text(client.get(f"{LIST}{row.pk}/"))
    assert client.get(f"{LIST}{row.pk}/edit/").status_code == 404  # what was answered is not rewritten


def test_all_faults_at_once_and_what_was_typed_is_kept(client_of, indicator):
    today = timezone.localdate()
    early = typed(asker="", purpose="", due_on=(today - timedelta(days=1)).isoformat(), indicators=["no.such"])
    page = text(client_of(Role.SPECIALIST).post(f"{LIST}new/", early))
    assert "Есть ошибки" in page
    for words in ("Кто запрашивает", "Для чего нужно", "no.such", "Численность по школам"):
        assert words in page
    late = text(client_of(Role.SPECIALIST).post(f"{LIST}new/", typed(due_on=early["due_on"])))
    assert "Срок ответа — не раньше дня" in late
    assert not InformationRequest.objects.exists()


def test_private_persons_are_not_written_down(client_of, indicator):
    page = text(client_of(Role.SPECIALIST).post(f"{LIST}new/", typed(asker="Петров Иван Сергеевич")))
    assert "личные данные: фамилия и имя человека" in page
    assert not InformationRequest.objects.exists()


def test_today_reminds_of_requests(specialist, methodologist, director):
    today = timezone.localdate()
    RequestFactory()
    assert [(one.title, one.tone) for one in todo_for(specialist)] == [("Ответить на запросы информации", "info")]
    RequestFactory(received_on=today - timedelta(days=9), due_on=today - timedelta(days=1))
    assert [(one.count, one.tone) for one in todo_for(specialist)] == [(2, "bad")]
    assert todo_for(methodologist) == todo_for(director) == []


def test_who_may_what(client_of, indicator):
    row = RequestFactory(asker="Тайный орган")
    for role in (Role.DIRECTOR, Role.OBSERVER, Role.EXPERT):
        assert client_of(role).get(LIST).status_code == 404
        assert client_of(role).get(f"{LIST}{row.pk}/").status_code == 404
    assert "Тайный орган" in text(client_of(Role.METHODOLOGIST).get(LIST))
    assert client_of(Role.METHODOLOGIST).get(f"{LIST}new/").status_code == 404
    client_of(Role.METHODOLOGIST).post(f"{LIST}{row.pk}/", {"state": "answered", "answer": "да"})
    row.refresh_from_db()
    assert row.state == "open"


def test_filters_and_overdue(client_of):
    today = timezone.localdate()
    RequestFactory(asker="Старый", received_on=today - timedelta(days=9), due_on=today - timedelta(days=1))
    RequestFactory(asker="Новый", asker_kind="federal")
    client = client_of(Role.HEAD)
    late = text(client.get(f"{LIST}?state=overdue"))
    assert "Старый" in late
    assert "Новый" not in late
    assert "Новый" in text(client.get(f"{LIST}?kind=federal"))
    assert "ничего не найдено" in text(client.get(f"{LIST}?kind=public"))
    for strange in ("?state=x", "?kind=%00", "?page=z"):
        assert client.get(LIST + strange).status_code == 200


def test_a_closed_request_is_not_answered_again(specialist):
    row = RequestFactory()
    answer_request(request=row, state="declined", answer="Не ведётся", by=specialist)
    with pytest.raises(Refused) as refusal:
        answer_request(request=row, state="answered", answer="да", by=specialist)
    assert refusal.value.findings[0].code == "closed"
