"""A worker killed in the middle of an import: after a restart the results are the same as without the death."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from apps.core import jobs
from apps.core.models import Job
from apps.procedures import services
from apps.procedures.intake import Incoming
from apps.procedures.models import ResultFile
from tests.factories.result_files import TWO_SCHOOLS, f1
from tests.procedures.test_importing import digest
from tests.queue.conftest import Worker, wait_for

pytestmark = pytest.mark.django_db(transaction=True)

SUBJECTS = ("Математика", "Русский язык", "Биология", "История", "Физика", "Химия")


def files():
    return [Incoming(f"{name}.xlsx", f1(TWO_SCHOOLS, subject=name)) for name in SUBJECTS]


@pytest.fixture
def one_media(queue: dict[str, str], settings: Any, tmp_path: Path) -> None:
    """The worker, a process of its own, keeps its files where the test does."""
    queue["VAR_DIR"] = str(tmp_path)
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.mark.usefixtures("one_media")
def test_killed_in_the_middle_of_a_batch(start_worker: Callable[[], Worker]) -> None:
    untouched = services.create_batch(incoming=files(), by=None)
    services.import_batch(batch=untouched, by=None)
    expected = digest()
    for file in untouched.files.all():
        services.undo_file(file=file, by=None)

    first = start_worker()
    batch = services.upload(incoming=files(), by=None)
    job = batch.job
    assert job
    wait_for(lambda: batch.files.filter(state=ResultFile.State.DONE).exists())
    first.kill()
    assert batch.files.filter(state=ResultFile.State.WAITING).exists()

    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    start_worker()
    assert jobs.sweep() == 1
    wait_for(lambda: Job.objects.get(pk=job.pk).is_over)
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE
    assert set(batch.files.values_list("state", flat=True)) == {ResultFile.State.DONE}
    assert digest() == expected
