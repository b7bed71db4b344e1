"""Pages of effects: named with its least effect, approved, measured by a worker, read by those it concerns."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.roadmaps.effect.models import Expectation
from tests.factories.roadmaps import AddresseeFactory, RecommendationFactory
from tests.roadmaps.effect import scene

pytestmark = pytest.mark.django_db


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


@pytest.fixture
def named(specialist):
    """A recommendation to twelve of forty schools, with figures of three years."""
    version, found, addressed = scene.municipality(effect=12)
    recommendation = RecommendationFactory(title="Занятия по дробям", author=specialist)
    for one in addressed:
        AddresseeFactory(recommendation=recommendation, organization=one)
    return version, found, addressed, recommendation


@pytest.mark.capability("S-103")
def test_an_effect_is_expected_seen_to_be_measurable_approved_and_measured(client_of, named, run_jobs):
    version, _, addressed, recommendation = named
    client = client_of(Role.SPECIALIST)
    url = f"{reverse('roadmaps:effect_new')}?of=roadmaps.Recommendation&id={recommendation.pk}"
    assert "Занятия по дробям" in text_of(client.get(url))
    form = {
        "figure": f"i:{version.indicator.code}",
        "expected_change": "10,5",
        "starts_on": "2025-02-01",
        "years": "1",
        "rationale": "Так было в соседнем округе.",
        "organizations": [one.pk for one in addressed],
    }
    wrong = text_of(client.post(url, {**form, "rationale": " ", "expected_change": "-4"}))
    assert "Ожидаемое изменение — в худшую сторону" in wrong or "Напишите, почему ждёте" in wrong
    assert client.post(url, form).status_code == 302
    made = Expectation.objects.get()
    page = text_of(client.get(made.get_absolute_url()))
    assert "12 организаций могут показать эффект от" in page
    assert "Вы ожидаете +10,5 п. п." in page
    assert "не утверждено" in page
    assert client.post(reverse("roadmaps:effect_approve", args=[made.pk])).status_code == 302
    assert client.post(reverse("roadmaps:effect_measure", args=[made.pk])).status_code == 302
    run_jobs()
    page = text_of(client.get(made.get_absolute_url()))
    assert "Эффект есть: у адресованных значение выросло на" in page
    assert "доказательством это не является" in page
    assert "Пересчитать" not in page
    assert "эффект есть" in text_of(client.get(reverse("roadmaps:effects")))
