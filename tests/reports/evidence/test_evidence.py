"""The evidence file: contents, documents, gaps, breaks; who may ask for it and take it."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.reports.evidence.models import EvidenceFile
from apps.reports.models import EvidenceFile as Exported
from apps.roadmaps.models import Measure
from apps.roadmaps.plans.models import MeasureProof
from tests.factories.cycle import proof, whole_cycle
from tests.factories.series import DirectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(specialist, head, school, other_school):
    DirectionFactory(code="2.1", name="Эффективность руководителей")
    return whole_cycle(by=specialist, head=head, schools=[school, other_school])


def body(response):
    return b"".join(response.streaming_content)


def told(docx):
    from docx import Document

    return "\n".join(one.text for one in Document(BytesIO(docx)).paragraphs)


def test_one_action_gives_the_file_with_documents_gaps_and_breaks(client_of, scene, specialist, run_jobs):
    second = proof(specialist, "../../Протокол.pdf")
    MeasureProof.objects.create(measure=scene.measure, file=second, created_by=specialist)
    gone = proof(specialist, "Пропал.pdf")
    gone.file.storage.delete(gone.file.name)
    MeasureProof.objects.create(measure=scene.measure, file=gone, created_by=specialist)
    Measure.objects.filter(pk=scene.measure.pk).update(starts_on=date(2025, 11, 1))
    client = client_of(Role.SPECIALIST)
    answer = client.post(reverse("reports:evidence"), {"year": "2025-26"})
    assert answer.status_code == 302
    assert [job.state for job in run_jobs()] == ["done"]
    made = EvidenceFile.objects.get()
    assert (made.counts["papers"], made.counts["missing"], made.counts["filled"]) == (3, 1, 9)
    page = client.get(answer.url).content.decode()
    assert "Не вложено документов: 1" in page
    files = {kind: body(client.get(reverse("reports:evidence_file", args=[made.pk, kind]))) for kind in
             ("docx", "pdf", "zip")}  # fmt: skip
    assert files["pdf"].startswith(b"%PDF-")
    archive = zipfile.ZipFile(BytesIO(files["zip"]))
    assert set(archive.namelist()) == {
        "00 Опись.docx", "00 Опись.pdf", "00 Не вложено.txt", "1.3/7 Меры/Протокол.pdf", "1.3/7 Меры/Протокол (2).pdf",
    }  # fmt: skip
    assert archive.read("1.3/7 Меры/Протокол.pdf") == b"%PDF-1.4 proof"
    words = told(files["docx"])
    assert "2.1. Эффективность руководителей — заполнено 0 из 9" in words
    assert "Пробел. Заполняет: руководитель управления, до 05.09.2025" in words
    assert "Разрыв. Документ старше своего основания" in words
    assert "Документ: 1.3/7 Меры/Протокол.pdf" in words
    assert f"http://127.0.0.1:8000{scene.measure.get_absolute_url()}" in words


def test_a_school_takes_only_its_own_file_without_papers_of_others(
    client_of, scene, director, other_director, school, run_jobs
):
    client = client_of(director)
    client.post(reverse("reports:evidence"), {"year": "2025-26", "school": "school-02"})
    run_jobs()
    made = EvidenceFile.objects.get()
    assert (made.organization, made.counts["papers"]) == (school, 0)
    url = reverse("reports:evidence_file", args=[made.pk, "zip"])
    assert client.get(url).status_code == 200
    assert client_of(other_director).get(url).status_code == 404
    assert client_of(Role.SPECIALIST).get(url).status_code == 200
    assert client_of(Role.OBSERVER).get(reverse("reports:evidence")).status_code == 404
    assert client.get(reverse("reports:evidence_file", args=[made.pk, "exe"])).status_code == 404
    assert Exported is EvidenceFile


def test_a_second_run_of_the_job_changes_nothing(client_of, scene, specialist, run_jobs):
    from apps.reports.evidence.making import make

    client_of(Role.SPECIALIST).post(reverse("reports:evidence"), {"year": "2025-26"})
    run_jobs()
    made = EvidenceFile.objects.select_related("period", "organization", "created_by").get()
    assert make(made).archive_id == made.archive_id
