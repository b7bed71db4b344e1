"""Drafts from confirmed signs: prepared by one click, read, mended, issued together or dropped."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.analysis.signs import services as signs
from apps.roadmaps.drafts import preparing
from apps.roadmaps.models import Recommendation, RecommendationDraft
from tests.factories.signs import counted_list, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_list(specialist, period, school):
    scene(school, others=1)
    made = counted_list(specialist, period)
    for code in ("low_exams", "failing_share"):
        sign = made.signs.get(organization=school, code=code)
        signs.decide(sign=sign, decision="confirmed", reason="Проверено.", by=specialist)
    return made


def test_one_click_prepares_and_one_issues(client_of, sign_list, school):
    client = client_of(Role.SPECIALIST)
    client.post(reverse("roadmaps:prepare_drafts", args=[sign_list.pk]))
    client.post(reverse("roadmaps:prepare_drafts", args=[sign_list.pk]))  # a second click makes nothing twice
    drafts = list(RecommendationDraft.objects.order_by("sign__code"))
    assert [draft.sign.code for draft in drafts] == ["failing_share", "low_exams"]
    assert not Recommendation.objects.exists()
    page = client.get(reverse("roadmaps:drafts")).content.decode()
    assert "Подготовка выпускников к ГИА" in page
    form = {"title": "Помощь", "text": "Свой текст.", "basis_text": drafts[0].basis_text, "due_on": "2030-01-01"}
    assert client.post(reverse("roadmaps:draft", args=[drafts[0].pk]), form).status_code == 302
    client.post(reverse("roadmaps:drafts"), {"drafts": [drafts[0].pk], "issue": "1"})
    made = Recommendation.objects.get()
    assert (made.text, made.basis[0]["sign"]) == ("Свой текст.", "failing_share")
    assert [row.organization for row in made.addressees.all()] == [school]
    client.post(reverse("roadmaps:drafts"), {"drafts": [drafts[1].pk], "drop": "1"})
    assert Recommendation.objects.count() == 1
    assert "Черновиков нет" in client.get(reverse("roadmaps:drafts")).content.decode()


def test_nothing_ticked_is_told(client_of, sign_list, specialist):
    preparing.prepare_drafts(sign_list=sign_list, by=specialist)
    page = client_of(Role.SPECIALIST).post(reverse("roadmaps:drafts"), {"issue": "1", "drafts": ["x"]}).content.decode()
    assert "Не отмечен ни один черновик" in page


@pytest.mark.parametrize("role", [Role.METHODOLOGIST, Role.DIRECTOR, Role.EXPERT])
def test_only_the_department_works_with_drafts(client_of, sign_list, specialist, role):
    preparing.prepare_drafts(sign_list=sign_list, by=specialist)
    draft = RecommendationDraft.objects.first()
    client = client_of(role)
    for url in (reverse("roadmaps:drafts"), reverse("roadmaps:draft", args=[draft.pk]), reverse("roadmaps:templates")):
        assert client.get(url).status_code == 404
    assert client.post(reverse("roadmaps:prepare_drafts", args=[sign_list.pk])).status_code == 404
