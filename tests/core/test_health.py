import pytest
from django.test import Client


@pytest.mark.django_db
def test_answers_without_an_account() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]
