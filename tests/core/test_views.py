"""Jobs, robots, error pages."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import views
from apps.core.models import Job
from tests.factories.core import JobFactory


@pytest.fixture
def job(coordinator: User) -> Job:
    return JobFactory(created_by=coordinator, title="Загрузка файла", state=Job.State.QUEUED)


def test_owner_and_authority_see_a_job_strangers_do_not(
    client_of: Callable[..., Client], job: Job, other_school: object
) -> None:
    url = f"/jobs/{job.pk}/"
    assert client_of(Role.COORDINATOR).get(url).status_code == 200
    assert client_of(Role.SPECIALIST).get(url).status_code == 200
    assert client_of(Role.DIRECTOR, other_school).get(url).status_code == 404
    assert client_of(Role.COORDINATOR).get(f"/jobs/{uuid.uuid4()}/").status_code == 404


def test_list_holds_only_what_one_may_see(client_of: Callable[..., Client], job: Job, other_school: object) -> None:
    assert "Загрузка файла" in client_of(Role.COORDINATOR).get("/jobs/").content.decode()
    assert "Загрузка файла" not in client_of(Role.DIRECTOR, other_school).get("/jobs/").content.decode()


def test_progress_asks_again_until_the_job_is_over(client_of: Callable[..., Client], job: Job) -> None:
    client = client_of(Role.COORDINATOR)
    running = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" in running
    assert "<html" not in running
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, failure="Не удалось.")
    over = client.get(f"/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in over
    assert "Не удалось." in over


def test_robots_stay_out_of_the_signed_in_pages(client: Client, db: None) -> None:
    assert "Disallow: /office/" in client.get("/robots.txt").content.decode()


def test_error_pages_speak_russian_and_touch_no_database(client: Client) -> None:
    request = RequestFactory().get("/")
    pages = {
        400: views.bad_request(request),
        403: views.permission_denied(request),
        404: views.page_not_found(request),
        429: views.too_many_requests(request),
        500: views.server_error(request),
    }
    for status, page in pages.items():
        assert page.status_code == status
        assert "На главную" in page.content.decode()
    assert "Форма устарела" in views.csrf_failure(request).content.decode()


def test_form_without_token_gets_a_page_that_helps(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@b.ru"})
    assert answer.status_code == 403
    assert "Вернитесь назад" in answer.content.decode()


def test_answer_comes_even_when_no_template_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> str:
        raise OSError

    monkeypatch.setattr(views, "render_to_string", broken)
    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "На портале произошёл сбой" in answer.content.decode()
