"""Many at once: one press counts once, and of two editors the second is told."""

import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.collection import services
from apps.collection.models import Answer, AnswerChange, Submission, SubmissionUpload
from apps.core.findings import Refused
from tests.collection.conftest import GOOD, filled

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each of them gave or raised, all started together on connections of their own."""
    results: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=30)
            results[place] = work()
        except Refused as refused:
            results[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.mark.fault("C02")
def test_one_file_sent_five_times_at_once_is_one_upload(
    transactional_db: None, submission: Submission, coordinator: User
) -> None:
    content = filled(submission, GOOD)

    def send() -> Any:
        return services.preview_upload(
            submission=submission, stream=BytesIO(content), name="книга.xlsx", by=coordinator
        )

    made = at_once(*[send] * 5)
    assert len({upload.pk for upload in made}) == 1
    assert SubmissionUpload.objects.count() == 1


@pytest.mark.fault("C03")
def test_of_two_confirmations_at_once_one_writes(
    transactional_db: None,
    submission: Submission,
    coordinator: User,
    director: User,
    upload: Callable[..., SubmissionUpload],
) -> None:
    first = upload(submission, filled(submission, GOOD), coordinator)
    second = upload(submission, filled(submission, {**GOOD, "1": 200}), director)
    results = at_once(
        lambda: services.confirm_upload(upload=first, digest=first.digest, by=coordinator),
        lambda: services.confirm_upload(upload=second, digest=second.digest, by=director),
    )
    assert sorted(type(result).__name__ for result in results) == ["Refused", "int"]
    assert Answer.objects.count() == AnswerChange.objects.count() == 5
