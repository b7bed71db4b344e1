"""Jobs on a real worker and a real broker: visible progress, death in the middle, messages lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from apps.core import jobs
from apps.core.models import Event, Job
from tests.queue.conftest import Worker, wait_for
from tests.queue.handlers import KIND

pytestmark = pytest.mark.django_db(transaction=True)


def enqueue(**arguments: Any) -> Job:
    with transaction.atomic():
        return jobs.enqueue(kind=KIND, arguments=arguments, by=None)


def state(job: Job) -> Job:
    job.refresh_from_db()
    return job


def test_progress_is_seen_while_it_works(start_worker: Callable[[], Worker]) -> None:
    start_worker()
    job = enqueue(steps=10, pause=0.2)
    wait_for(lambda: state(job).state == Job.State.RUNNING and 0 < job.done < job.total)
    assert job.stage.startswith("шаг ")
    wait_for(lambda: state(job).is_over)
    assert (job.state, job.result, job.attempt) == (Job.State.DONE, {"sum": 55}, 1)


def test_killed_in_the_middle_it_is_finished_by_another_worker(start_worker: Callable[[], Worker]) -> None:
    first = start_worker()
    job = enqueue(steps=20, pause=0.2)
    wait_for(lambda: state(job).done >= 2)
    first.kill()
    assert state(job).state == Job.State.RUNNING

    assert jobs.sweep() == 0  # its lease still runs: perhaps it is only slow
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))  # a minute later
    start_worker()
    assert jobs.sweep() == 1
    wait_for(lambda: state(job).is_over)
    assert (job.state, job.result, job.attempt) == (Job.State.DONE, {"sum": 210}, 2)
    attempts = Event.objects.filter(subject_id=str(job.pk)).order_by("pk").values_list("text", flat=True)
    assert list(attempts) == ["попытка 1", "попытка 2"]


def test_a_lost_message_is_sent_again(start_worker: Callable[[], Worker]) -> None:
    job = Job.objects.create(
        kind=KIND, arguments={"steps": 3}, title="Счёт", send_after=timezone.now() - timedelta(seconds=1)
    )  # committed, but never sent: the web process died between
    start_worker()
    assert jobs.sweep() == 1
    wait_for(lambda: state(job).is_over)
    assert job.result == {"sum": 6}
