"""Real workers: a Celery process of its own on the tests' database and a key prefix of its own."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from msoko.celery import app

WAIT_SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("queue")


def wait_for(condition: Callable[[], Any], seconds: float = WAIT_SECONDS) -> Any:
    """The first truth of the condition; fails when it does not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.05)
    pytest.fail(f"не дождались за {seconds} с")


def _database_url() -> str:
    database = connection.settings_dict
    user, password = quote(database["USER"]), quote(database["PASSWORD"], safe="")
    return f"postgres://{user}:{password}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


@contextmanager
def real_queue() -> Iterator[dict[str, str]]:
    """Send to the real broker, under a prefix that nobody else uses. Gives the environment of a worker."""
    url = os.environ["REDIS_URL"]
    prefix = f"test-{uuid.uuid4()}:"
    before = (app.conf.broker_url, app.conf.broker_transport_options)
    app.conf.broker_url = url
    app.conf.broker_transport_options = {**before[1], "global_keyprefix": prefix}
    forget_connections()
    yield os.environ | {
        "DATABASE_URL": _database_url(),
        "REDIS_URL": url,
        "REDIS_PREFIX": prefix,
        "DJANGO_SETTINGS_MODULE": "msoko.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    app.conf.broker_url, app.conf.broker_transport_options = before
    forget_connections()


@pytest.fixture
def queue(transactional_db: None) -> Iterator[dict[str, str]]:
    """The environment of a worker on the real broker."""
    with real_queue() as env:
        yield env


def forget_connections() -> None:
    from kombu import pools

    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None


class Worker:
    """A Celery worker with one process for tasks."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self.log = log
        command = [sys.executable, "-m", "celery", "-A", "msoko.celery", "worker", "-c", "1", "-l", "INFO"]
        command += ["--without-gossip", "--without-mingle", "-I", "tests.queue.handlers", "-n", f"{uuid.uuid4()}@test"]
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                command, env=env, cwd=settings.BASE_DIR, stdout=output, stderr=output, start_new_session=True
            )
        wait_for(lambda: self.process.poll() is not None or " ready." in log.read_text(errors="replace"))
        assert self.process.poll() is None, log.read_text(errors="replace")[-2000:]

    def kill(self) -> None:
        """As a power cut: the worker and its children at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


@pytest.fixture
def start_worker(queue: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """`start_worker()` starts a worker and waits until it is ready; all are stopped at the end."""
    workers: list[Worker] = []

    def start() -> Worker:
        workers.append(Worker(queue, tmp_path / f"worker{len(workers)}.log"))
        return workers[-1]

    yield start
    for worker in workers:
        worker.stop()
