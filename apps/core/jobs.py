"""Jobs: long work as a row with state, progress, lease and result.

A room registers a handler once::

    @jobs.handler("procedures.import_results", title="Загрузка результатов")
    def import_results(run: jobs.Run, *, batch_id: int) -> dict: ...

and starts it inside its own transaction with `enqueue(...)`. The handler may be called again after a crash:
it must be safe to run twice. Raising `Refused` ends the job as refused with the findings; any other
exception is tried again, at most `MAX_ATTEMPTS` times.
"""

import logging
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from apps.core.findings import Refused
from apps.core.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
HEARTBEAT_SECONDS = 15
RESEND_AFTER = timedelta(seconds=30)
MAX_ATTEMPTS = 3

Handler = Callable[..., dict[str, Any]]
_handlers: dict[str, tuple[Handler, str]] = {}


class LeaseLost(Exception):
    """Another runner has taken the job over; this one must stop without writing."""


def handler(kind: str, *, title: str) -> Callable[[Handler], Handler]:
    """Register what does the work of a kind of job; `title` is what people see."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = (function, title)
        return function

    return register


def enqueue(*, kind: str, arguments: dict[str, Any], by: Any, url: str = "", title: str = "") -> Job:
    """Make the job in the running transaction and send it when that commits. `url` is the page of its result."""
    job = Job.objects.create(
        kind=kind,
        title=title or _handlers[kind][1],
        arguments=arguments,
        created_by=by,
        url=url,
        send_after=timezone.now() + RESEND_AFTER,
    )
    transaction.on_commit(partial(send, job.pk))
    return job


def send(job_id: uuid.UUID) -> None:
    """Hand the job to Celery. A broker out of reach is no failure: the sweeper sends it again."""
    from apps.core.tasks import run_job

    try:
        run_job.apply_async(args=[str(job_id)], retry=False)
    except Exception:
        logger.warning("job %s was not sent; the sweeper will send it again", job_id, exc_info=True)


class Run:
    """One attempt at a job, handed to its handler."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def progress(self, done: int, total: int, stage: str = "") -> None:
        """Show how far the work is. Call it outside transactions, or people see it only at their end."""
        now = timezone.now()
        mine = Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, state=Job.State.RUNNING)
        if not mine.update(done=done, total=total, stage=stage[:200], lease_until=now + LEASE):
            raise LeaseLost(str(self.job.pk))


def _take(job_id: uuid.UUID | str) -> Job | None:
    """Take the job if it is free: queued, or left by a runner whose lease has ended."""
    now = timezone.now()
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    taken = Job.objects.filter(free, pk=job_id).update(
        state=Job.State.RUNNING, attempt=F("attempt") + 1, lease_until=now + LEASE, started_at=now, failure=""
    )
    return Job.objects.get(pk=job_id) if taken else None


def _finish(job: Job, state: str, **fields: Any) -> None:
    mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=Job.State.RUNNING)
    mine.update(state=state, lease_until=None, finished_at=timezone.now(), **fields)


def _give_back(job: Job, failure: Exception) -> None:
    """After an unexpected failure: another attempt, or the end with a sentence for people."""
    if job.attempt < MAX_ATTEMPTS:
        mine = Job.objects.filter(pk=job.pk, attempt=job.attempt)
        mine.update(state=Job.State.QUEUED, lease_until=None, send_after=timezone.now() + RESEND_AFTER)
        return
    number = str(job.pk)[:8]
    text = f"Не удалось выполнить за {MAX_ATTEMPTS} попытки. Сообщите администратору номер {number}."
    _finish(job, Job.State.FAILED, failure=text)


class _Heartbeat:
    """Keeps the lease while the handler works; a killed process stops beating, and the job is free again."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.beat, daemon=True)

    def beat(self) -> None:
        try:
            while not self.stop.wait(HEARTBEAT_SECONDS):
                mine = Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, state=Job.State.RUNNING)
                mine.update(lease_until=timezone.now() + LEASE)
        finally:
            connection.close()

    def __enter__(self) -> "_Heartbeat":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()


def run(job_id: uuid.UUID | str) -> None:
    """Do the job if it is free; a job that is gone, over or in other hands is left alone."""
    job = _take(job_id)
    if job is None:
        return
    function, _ = _handlers[job.kind]
    try:
        with _Heartbeat(job):
            result = function(Run(job), **job.arguments)
    except Refused as refusal:
        _finish(job, Job.State.REFUSED, findings=[finding.as_dict() for finding in refusal.findings])
    except LeaseLost:
        logger.warning("job %s was taken over by another runner", job.pk)
    except Exception as failure:
        logger.exception("job %s failed, attempt %s", job.pk, job.attempt)
        _give_back(job, failure)
    else:
        _finish(job, Job.State.DONE, result=result or {}, done=F("total"))


def sweep() -> int:
    """Send again what got lost: messages that never arrived and jobs whose runner died. Returns how many."""
    now = timezone.now()
    lost = list(Job.objects.abandoned(now).values_list("pk", "attempt"))
    for job_id, attempt in lost:
        if attempt >= MAX_ATTEMPTS:
            _finish(Job.objects.get(pk=job_id), Job.State.FAILED, failure="Выполнение прерывалось несколько раз.")
            continue
        Job.objects.filter(pk=job_id).update(send_after=now + RESEND_AFTER)
        send(job_id)
    return len(lost)
