"""Personal data in notes and explanations: refused on the page and in the workbook, kept nowhere, repeated nowhere."""

import logging
from decimal import Decimal

import pytest
from django.urls import reverse

from apps.collection import services
from apps.collection.definition import Given
from apps.collection.models import Answer, SubmissionUpload
from apps.core.findings import Refused
from apps.core.models import Event, PrivateFile
from tests.collection.conftest import GOOD, filled

SECRETS = ["Иванов Иван Петрович", "8 (900) 123-45-67", "112-233-445 95", "petrova@mail.example"]


@pytest.mark.fault("U29")
@pytest.mark.parametrize("secret", SECRETS)
def test_a_note_on_the_page(client_of, coordinator, submission, form, secret, caplog):
    field = form.fields.get(version__indicator__number="1")
    address = reverse("collection:field", args=[submission.pk, field.pk])
    data = {f"value-{field.pk}": "100", f"note-{field.pk}": f"Выбыл {secret}", f"seen-{field.pk}": "0"}
    with caplog.at_level(logging.DEBUG):
        response = client_of(coordinator).post(address, data, headers={"HX-Request": "true"})
    said = response.content.decode()
    assert "похоже на личные данные" in said
    assert "Найдено" not in said
    assert not Answer.objects.exists()
    assert secret not in caplog.text
    assert not any(secret in event.text + str(event.data) for event in Event.objects.all())


@pytest.mark.fault("U29")
@pytest.mark.parametrize("secret", SECRETS)
def test_a_note_in_the_workbook_refuses_the_file_and_keeps_nothing(submission, coordinator, upload, secret, caplog):
    content = filled(submission, GOOD, {"1": f"Выбыл {secret}"})
    with caplog.at_level(logging.DEBUG), pytest.raises(Refused) as refusal:
        upload(submission, content, coordinator)
    (finding,) = refusal.value.findings
    assert (finding.code, finding.cell[0]) == ("personal_data", "F")
    assert secret not in str(finding)
    assert secret not in caplog.text
    assert not SubmissionUpload.objects.exists()
    assert not PrivateFile.objects.exists()


def test_an_explanation_is_refused_whole(submission, coordinator):
    services.save_answers(submission=submission, answers={"trial.1": Given(number=Decimal(100))}, by=coordinator)
    with pytest.raises(Refused) as refusal:
        services.explain(submission=submission, texts={"trial.1": f"Причина: {SECRETS[0]}"}, by=coordinator)
    assert [finding.code for finding in refusal.value.findings] == ["personal_data"]
    assert SECRETS[0] not in str(refusal.value)
    assert not Answer.objects.exclude(explanation="").exists()


def test_an_innocent_note_is_written(submission, coordinator, upload):
    note = "Школа имени А. С. Пушкина присоединена"
    made = upload(submission, filled(submission, GOOD, {"1": note}), coordinator)
    services.confirm_upload(upload=made, digest=made.digest, by=coordinator)
    assert Answer.objects.get(field__version__indicator__number="1").explanation == note
