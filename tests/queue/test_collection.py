"""What was confirmed to a user survives the death of web, worker or Redis; a burst loses and doubles nothing."""

import http.client
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
import redis
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.collection.models import Submission
from apps.core import jobs
from apps.core.models import Event, Job
from apps.indicators.models import Aggregate, ChangedOrganization, Value
from msoko.celery import app
from tests.queue import burst
from tests.queue.conftest import Worker, forget_connections, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

BURST = 40  # `make bench ONLY=Q1` takes 250


def figure(code: str = "trial.1") -> Aggregate | None:
    return Aggregate.objects.filter(version__indicator__code=code, scope="municipality", value__isnull=False).first()


def all_over() -> bool:
    return not Job.objects.filter(finished_at=None).exists()


@pytest.fixture
def handed_in(settings: Any, tmp_path: Any) -> tuple[Submission, User]:
    """A form handed in by workbook, waiting for the specialist."""
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    _, (sender,), (specialist, *_) = burst.prepare(1)
    burst.hand_in(sender, again=False)
    return Submission.objects.get(), specialist


def accept(submission: Submission, specialist: User) -> str:
    """Accept on the page; what it told the specialist."""
    client = Client()
    client.force_login(specialist)
    url = reverse("collection:accept", args=[submission.pk])
    page = client.post(url, {"revision": submission.revision}, follow=True)
    return str(page.content.decode())


def assert_effect(submission: Submission) -> None:
    """Accepted once, its values written once, the figures counted."""
    submission.refresh_from_db()
    assert submission.state == "accepted"
    assert Event.objects.filter(kind="submission.accepted").count() == 1
    assert Value.objects.count() == 5
    found = figure()
    assert found is not None
    assert (found.value, found.reported) == (Decimal(100), 1)
    assert not ChangedOrganization.objects.exists()


# --- the outbox promise


def test_redis_out_of_reach_when_it_was_confirmed(
    queue: dict[str, str], start_worker: Callable[[], Worker], handed_in: tuple[Submission, User]
) -> None:
    alive = app.conf.broker_url
    app.conf.broker_url = "redis://127.0.0.1:1/0"  # nobody listens there
    forget_connections()
    started = time.monotonic()
    assert "Данные приняты" in accept(*handed_in)
    assert time.monotonic() - started < 10
    assert Job.objects.get().state == Job.State.QUEUED
    assert figure() is None

    app.conf.broker_url = alive
    forget_connections()
    start_worker()
    Job.objects.update(send_after=timezone.now())  # half a minute later
    assert jobs.sweep() == 1
    wait_for(all_over)
    assert_effect(handed_in[0])


def test_redis_forgot_everything_after_it_was_confirmed(
    queue: dict[str, str], start_worker: Callable[[], Worker], handed_in: tuple[Submission, User]
) -> None:
    assert "Данные приняты" in accept(*handed_in)
    store = redis.Redis.from_url(queue["REDIS_URL"])
    keys = list(store.scan_iter(f"{queue['REDIS_PREFIX']}*"))
    assert keys, "the message was on its way"
    store.delete(*keys)

    start_worker()
    time.sleep(1)
    assert Job.objects.get().state == Job.State.QUEUED
    Job.objects.update(send_after=timezone.now())
    assert jobs.sweep() == 1
    wait_for(all_over)
    assert_effect(handed_in[0])


def test_the_worker_dies_in_the_middle_of_the_recount(
    start_worker: Callable[[], Worker], handed_in: tuple[Submission, User]
) -> None:
    submission = handed_in[0]
    first = start_worker()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [7_301, submission.period_id])  # it waits for us
        with_its_own_connection(accept, *handed_in)
        wait_for(lambda: Job.objects.get().state == Job.State.RUNNING)
        first.kill()
    assert figure() is None
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))  # a minute later
    start_worker()
    assert jobs.sweep() == 1
    wait_for(all_over)
    assert Job.objects.get().attempt == 2
    assert_effect(submission)


def with_its_own_connection(work: Callable[..., Any], *arguments: Any) -> None:
    import threading

    def body() -> None:
        work(*arguments)
        connection.close()

    thread = threading.Thread(target=body)
    thread.start()
    thread.join(30)


def test_the_web_process_dies_between_the_commit_and_the_queue(
    queue: dict[str, str], start_worker: Callable[[], Worker], handed_in: tuple[Submission, User]
) -> None:
    submission, specialist = handed_in
    client = Client()
    client.force_login(specialist)
    command = [sys.executable, "-m", "tests.queue.dying_web"]
    web = subprocess.Popen(
        command, env=queue | {"DEBUG": "0", "HTTPS": "0"}, cwd=settings.BASE_DIR, stdout=-1, text=True
    )
    assert web.stdout
    port = int(web.stdout.readline())
    token = "t" * 32
    body = urlencode({"revision": submission.revision, "csrfmiddlewaretoken": token})
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    call = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    call.request("POST", reverse("collection:accept", args=[submission.pk]), body, headers)
    with pytest.raises(http.client.RemoteDisconnected):
        call.getresponse()
    assert web.wait(10) == -9
    web.stdout.close()
    assert Job.objects.get().state == Job.State.QUEUED

    start_worker()
    Job.objects.update(send_after=timezone.now())
    assert jobs.sweep() == 1
    wait_for(all_over)
    assert_effect(submission)


# --- the burst


def test_a_burst_loses_and_doubles_nothing(
    queue: dict[str, str], start_worker: Callable[[], Worker], settings: Any, tmp_path: Any
) -> None:
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    campaign, senders, specialists = burst.prepare(BURST)
    start_worker()
    start_worker()
    assert burst.Burst(senders, specialists).run() == []
    wait_for(all_over)

    assert not Job.objects.exclude(state=Job.State.DONE).exists()
    assert burst.wrong(campaign, senders) == []
