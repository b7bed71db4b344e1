"""The bank of practices and trials: proposed, published, recommended, shown to the public; spread or stopped."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.library.models import Practice, PracticeAdvice, Trial
from apps.library.practices import services
from apps.library.todo import todo_for
from tests.factories.library import PracticeFactory

pytestmark = pytest.mark.django_db
TOLD = {
    "title": "Разбор заданий",
    "problem": "Низкие результаты.",
    "done": "Разобрали <b>задания</b>.",
    "effect": "Доля справившихся выросла.",
}


def page(client, url, **asked):
    return client.get(url, asked).content.decode()


@pytest.mark.capability("S-047")
def test_a_practice_is_published_and_recommended(client_of, specialist, school, other_school, other_director):
    office = client_of(Role.SPECIALIST)
    sent = office.post(reverse("library:practice_new"), {**TOLD, "organization": school.pk, "category": "support"})
    practice = Practice.objects.get()
    assert sent.url == practice.get_absolute_url()
    stranger = client_of(other_director)
    assert stranger.get(sent.url).status_code == 404
    office.post(reverse("library:practice_decide", args=[practice.pk]), {"publish": "1"})
    shown = page(stranger, sent.url)
    for told in ("Низкие результаты.", "Доля справившихся выросла.", str(school)):
        assert told in shown
    assert "<b>задания" not in shown
    advise = reverse("library:practice_advise", args=[practice.pk])
    assert stranger.post(advise, {}).status_code == 404
    assert "Отметьте, кому" in office.post(advise, {"text": "Подойдёт."}).content.decode()
    office.post(advise, {"text": "У вас то же.", "organizations": [other_school.pk, school.pk]})
    office.post(advise, {"text": "Ещё раз.", "organizations": [other_school.pk]})
    advice = PracticeAdvice.objects.get()
    assert "У вас то же." in page(stranger, reverse("library:practices"))
    assert "Рекомендованы практики других школ" in [line.title for line in todo_for(other_director)]
    assert "У вас то же." not in page(client_of(Role.DIRECTOR), sent.url)
    answer = reverse("library:advice_answer", args=[advice.pk])
    assert client_of(Role.DIRECTOR).post(answer, {"text": "Мы"}).status_code == 404
    stranger.post(answer, {"text": "Берём с января."})
    assert "Берём с января." in page(office, sent.url)
    assert todo_for(other_director) == []


@pytest.mark.parametrize(
    ("category", "name"),
    [
        pytest.param("procedures", "процедуры и инструментарий оценки", marks=pytest.mark.capability("S-235")),
        pytest.param("analysis", "приёмы анализа результатов", marks=pytest.mark.capability("S-236")),
        pytest.param(
            "teaching", "методы обучения и воспитания по результатам ВСОКО", marks=pytest.mark.capability("S-237")
        ),
    ],
)
def test_practices_are_collected_by_category_and_published(client_of, director, specialist, category, name):
    school = client_of(director)
    school.post(reverse("library:practice_new"), {**TOLD, "category": category})
    practice = Practice.objects.get()
    office = client_of(specialist)
    assert "Рассмотреть предложенные практики" in [line.title for line in todo_for(specialist)]
    listed = page(office, reverse("library:practices"), state="proposed", category=category)
    assert "Разбор заданий" in listed
    assert name.lower() in listed.lower()
    other = "support" if category != "support" else "analysis"
    assert "Разбор заданий" not in page(office, reverse("library:practices"), category=other)
    decide = reverse("library:practice_decide", args=[practice.pk])
    office.post(decide, {"return": "1", "remark": ""})
    assert Practice.objects.get().state == "proposed"
    office.post(decide, {"return": "1", "remark": "Допишите эффект."})
    assert "Допишите эффект." in page(school, reverse("library:practice_edit", args=[practice.pk]))
    school.post(reverse("library:practice_edit", args=[practice.pk]), {**TOLD, "category": category, "effect": "Есть."})
    assert Practice.objects.get().state == "proposed"
    public = Client()
    assert "Разбор заданий" not in page(public, reverse("portal:practices"))
    office.post(decide, {"publish": "1", "is_open": "1"})
    assert "Разбор заданий" in page(public, reverse("portal:practices"))
    assert school.get(reverse("library:practice_edit", args=[practice.pk])).status_code == 404
    office.post(decide, {"withdraw": "1", "remark": "Устарела."})
    assert "Разбор заданий" not in page(public, reverse("portal:practices"))


def test_two_people_decide_one_practice(specialist, methodologist, director, school):
    new = services.NewPractice("analysis", "Практика", "Проблема", "Сделано", "Эффект")
    practice = services.propose(new=new, organization=school, by=director)
    services.give_back(practice=practice, remark="Допишите.", by=specialist)
    with pytest.raises(Refused) as refused:
        services.give_back(practice=practice, remark="Ещё.", by=methodologist)
    assert [finding.code for finding in refused.value.findings] == ["wrong_state"]
    with pytest.raises(Refused) as refused:
        services.propose(new=services.NewPractice("no", "", "", "", "я" * 20_001), organization=school, by=director)
    assert [finding.code for finding in refused.value.findings] == ["empty", "empty", "empty", "too_long", "category"]


@pytest.mark.capability("S-213")
def test_a_trial_has_places_a_result_and_is_spread_or_stopped(client_of, specialist, school, other_school):
    client = client_of(Role.SPECIALIST)
    start = timezone.localdate() - timedelta(days=60)
    told = {
        "title": "Перекрёстная проверка",
        "description": "Учителя проверяют работы другой школы.",
        "starts_on": start.isoformat(),
        "ends_on": (start + timedelta(days=50)).isoformat(),
    }
    assert "Есть ошибки" in client.post(reverse("library:trial_new"), told).content.decode()
    client.post(reverse("library:trial_new"), {**told, "organizations": [school.pk]})
    trial = Trial.objects.get()
    assert "пора подвести итог" in page(client, trial.get_absolute_url())
    assert "Подвести итог апробаций" in [line.title for line in todo_for(specialist)]
    assert "Перекрёстная" in page(client_of(Role.DIRECTOR), reverse("library:trials"))
    stranger = client_of(Role.DIRECTOR, other_school)
    assert stranger.get(trial.get_absolute_url()).status_code == 404
    decision = {"state": "spread", "result": "Расхождение снизилось.", "reason": "Работает."}
    assert "Отметьте, куда" in client.post(trial.get_absolute_url(), decision).content.decode()
    client.post(trial.get_absolute_url(), {**decision, "spread_to": [other_school.pk]})
    assert "Расхождение снизилось." in page(stranger, trial.get_absolute_url())
    new = services.NewTrial("Другой", "Иначе", [school], date(2026, 1, 1), date(2026, 2, 1))
    stopped = services.save_trial(new=new, by=specialist)
    client.post(stopped.get_absolute_url(), {"state": "stopped", "result": "Не вышло.", "reason": "Дорого."})
    assert "прекращена" in page(client, reverse("library:trials"), state="stopped")
    with pytest.raises(Refused):
        services.save_trial(new=new, by=specialist, trial=stopped)


def test_the_public_page_shows_open_practices_only(db):
    PracticeFactory(title="Открытая", is_open=True)
    PracticeFactory(title="Внутренняя")
    shown = page(Client(), reverse("portal:practices"))
    assert "Открытая" in shown
    assert "Внутренняя" not in shown
