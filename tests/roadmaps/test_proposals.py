"""What a school reads about itself on its profile: strong and weak indicators, drafts, a step to a decision."""

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.analysis.signs import services as signs
from tests.factories.sides import shares
from tests.factories.signs import counted_list, scene

pytestmark = pytest.mark.django_db


@pytest.mark.capability("S-020")
def test_a_director_reads_strong_and_weak_indicators_with_drafts_and_decides(
    client_of, specialist, school, other_school, period
):
    version = shares(other_school, school)
    scene(school, others=1)
    sign_list = counted_list(specialist, period)
    client = client_of(Role.DIRECTOR)
    page = client.get(reverse("desk:profile", args=[school.code]), {"year": "2025-26"})
    profile = page.context["profile"]
    assert [side.written for side in profile.weak_indicators] == ["30,0\xa0%"]
    assert [one.indicator for one in profile.proposals] == ["trial.9"]  # signs are not shown to schools yet
    words = page.content.decode()
    assert "Что школа может решить сама" in words
    assert "Показатель «Доля прошедших курсы» за 2025 год — 30,0\xa0%, в среднем по муниципалитету — 45,0\xa0%" in words
    assert "Принять решение" in words or "В программу" in words
    signs.show_to_schools(sign_list=sign_list, by=specialist)
    profile = client.get(reverse("desk:profile", args=[school.code]), {"year": "2025-26"}).context["profile"]
    assert {one.sign.code for one in profile.proposals if one.sign} >= {"failing_share", "low_exams"}
    rich = client_of(Role.DIRECTOR, other_school)
    assert rich.get(reverse("desk:profile", args=[school.code])).status_code == 404
    version.attention = 10
    version.save()
    profile = client.get(reverse("desk:profile", args=[school.code]), {"year": "2025-26"}).context["profile"]
    assert profile.weak_indicators == []
