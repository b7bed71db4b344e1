"""Where results come from: system, day, person and the very file stay with an import; minimums of exams come along."""

import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core import events
from apps.procedures.models import Procedure, ResultAggregate
from tests.factories.procedures import imported
from tests.factories.result_files import TWO_SCHOOLS, f1, xlsx
from tests.procedures.test_layouts import DENSE_11, ROW_DENSE_11, protocol
from tests.procedures.test_views import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.capability("S-030")
def test_an_export_is_reused_with_its_system_day_person_and_file(client_of, specialist):
    stream = f1(TWO_SCHOOLS)
    digest = hashlib.sha256(stream.getvalue()).hexdigest()
    file = imported(stream, by=specialist)
    client = client_of(Role.SPECIALIST)
    page = text_of(client.get(reverse("procedures:file", args=[file.pk])))
    for words in (
        "ГИС ФИС ОКО",
        f"{timezone.localtime(file.batch.created_at):%d.%m.%Y}",
        specialist.get_full_name(),
        digest,
        "ВПР 2026",
    ):
        assert words in page, words
    download = reverse("procedures:file_download", args=[file.pk])
    kept = b"".join(client.get(download).streaming_content)
    assert hashlib.sha256(kept).hexdigest() == digest
    assert "Файл скачан" in [event.text for event in events.history(file)]
    for role in (Role.METHODOLOGIST, Role.DIRECTOR):
        assert client_of(role).get(download).status_code == 404


def test_a_protocol_of_the_unified_exam_brings_test_scores_and_the_minimum():
    rows = protocol(DENSE_11, ROW_DENSE_11, rows=3)
    for line, score in zip(rows[5:8], (35, 36, 100), strict=True):
        line[-1] = score
    imported(xlsx({"Page 1": rows}))
    assert Procedure.objects.get().pass_score == 36  # chemistry of 2026
    row = ResultAggregate.objects.get()
    assert [score for score, count in enumerate(row.test_histogram) if count] == [35, 36, 100]
    assert (row.test_sum, row.test_count, sum(row.marks)) == (171, 3, 0)
