"""Jobs: what a row remembers, whoever runs it and however often. Real workers are in tests/queue."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.core import jobs
from apps.core.models import Event, Job
from msoko.celery import app
from tests.factories.core import JobFactory
from tests.queue.conftest import forget_connections
from tests.queue.handlers import KIND

pytestmark = pytest.mark.django_db
Commit = Callable[[], AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    drain()


def drain() -> list[str]:
    """Take what was sent out of the tests' queue in memory: the ids of jobs."""
    sent = []
    with app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        while queue.qsize():
            message = queue.get(block=False)
            sent.append(str(message.payload[0][0]))
            message.ack()
    return sent


def enqueue(**arguments: Any) -> Job:
    return jobs.enqueue(kind=KIND, arguments={"steps": 4, **arguments}, by=None)


def queued(**fields: Any) -> Job:
    return JobFactory(kind=KIND, arguments=fields.pop("arguments", {"steps": 4}), **fields)


def runs_of(job: Job) -> int:
    return Event.objects.filter(kind=KIND, subject_id=str(job.pk)).count()


def past(seconds: int = 1) -> Any:
    return timezone.now() - timedelta(seconds=seconds)


def test_sent_only_after_the_commit(commit: Commit) -> None:
    with commit():
        job = enqueue()
        assert drain() == []
    assert drain() == [str(job.pk)]
    assert (job.state, job.title) == (Job.State.QUEUED, "Проверочный счёт")


def test_a_broker_out_of_reach_is_no_failure(
    commit: Commit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app.conf, "broker_url", "redis://127.0.0.1:1/0")
    forget_connections()
    with commit():
        job = enqueue()
    forget_connections()
    job.refresh_from_db()
    assert "was not sent" in caplog.text
    assert job.state == Job.State.QUEUED  # the sweeper will find it


def test_done_with_result_and_full_progress() -> None:
    job = queued()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.total, job.percent) == (Job.State.DONE, {"sum": 10}, 4, 4, 100)
    assert job.lease_until is None


def test_a_message_that_comes_twice_is_done_once() -> None:
    job = queued()
    jobs.run(job.pk)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (runs_of(job), job.attempt, job.result) == (1, 1, {"sum": 10})


def test_a_vanished_job_is_no_failure() -> None:
    jobs.run("00000000-0000-4000-8000-000000000000")
    assert not Event.objects.exists()


def test_refused_keeps_the_findings_and_is_not_tried_again() -> None:
    job = queued(arguments={"steps": 1, "fail": "refuse"})
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.failure) == (Job.State.REFUSED, 1, "")
    assert job.findings == [{"severity": "error", "code": "wrong", "message": "Неверный файл."}]


def test_crashing_is_tried_three_times_and_then_said() -> None:
    job = queued(arguments={"steps": 1, "fail": "crash"})
    for attempt in (1, 2):
        jobs.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.attempt) == (Job.State.QUEUED, attempt)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, runs_of(job)) == (Job.State.FAILED, 3, 3)
    assert str(job.pk)[:8] in job.failure
    assert "crash" not in job.failure  # people are told what to do, not the inside


def test_a_held_lease_keeps_others_away() -> None:
    job = queued(state=Job.State.RUNNING, attempt=1, lease_until=timezone.now() + jobs.LEASE)
    jobs.run(job.pk)
    assert runs_of(job) == 0


def test_an_ended_lease_is_taken_over_and_the_first_runner_stops() -> None:
    job = queued(state=Job.State.RUNNING, attempt=1, lease_until=past())
    first = jobs.Run(Job.objects.get(pk=job.pk))
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.result) == (Job.State.DONE, 2, {"sum": 10})
    with pytest.raises(jobs.LeaseLost):
        first.progress(1, 4)


def test_sweeper_sends_lost_messages_and_dead_runners_again() -> None:
    lost = queued(send_after=past())
    dead = queued(state=Job.State.RUNNING, attempt=1, lease_until=past())
    queued(send_after=timezone.now() + timedelta(minutes=1))
    queued(state=Job.State.RUNNING, attempt=1, lease_until=timezone.now() + jobs.LEASE)
    queued(state=Job.State.DONE)
    assert jobs.sweep() == 2
    assert sorted(drain()) == sorted([str(lost.pk), str(dead.pk)])


def test_sweeper_gives_up_a_job_that_kills_its_runners() -> None:
    job = queued(state=Job.State.RUNNING, attempt=jobs.MAX_ATTEMPTS, lease_until=past())
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.failure
    assert drain() == []


def test_run_jobs_fixture(run_jobs: Callable[[], list[Job]]) -> None:
    job = queued()
    assert [(done.pk, done.state) for done in run_jobs()] == [(job.pk, Job.State.DONE)]
